"""A made-up federation as a folder under ``data/raw``: settings, ledger, follow-up and economics."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from made.follow_up import towns_of, write_economics, write_follow_up
from made.ledger import BROKEN, interventions_of, unit_of, write_ledger
from made.nation import NOTHING, YEAR, Plan, plans


def make_fleet(data: Path, *, federations: int, seed: int, scale: float = 1.0, broken: int = 0) -> list[Plan]:
    """Makes the federations under ``data/raw``, ``broken`` of them with a ledger that is refused; their plans.

    The same seed gives the same bytes. Raises ValueError where the numbers can't be met.
    """
    if not 0 <= broken <= federations:
        raise ValueError(f"broken is {broken}; 0 to {federations} are possible")
    faults = [BROKEN[n % len(BROKEN)] for n in range(broken)]
    made = plans(federations=federations, seed=seed, scale=scale, broken=faults)
    for plan in made:
        make_federation(plan, data / "raw" / plan.key, seed=seed)
    return made


def make_federation(plan: Plan, folder: Path, *, seed: int) -> None:
    """Makes one federation's folder. What it draws hangs on the seed and its place alone."""
    draw = random.Random(f"{seed} {plan.place}")
    folder.mkdir(parents=True, exist_ok=True)
    made = interventions_of(plan, draw)
    ledger = write_ledger(plan, made, folder, draw)
    follow_up = {} if plan.follow_up == NOTHING else write_follow_up(plan, made, folder, draw)
    economics = write_economics(plan, folder, draw) if plan.economics else {}
    settings = _settings(plan, ledger, follow_up, economics)
    (folder / "federation.toml").write_bytes(settings.encode())


def _settings(plan: Plan, ledger: str, follow_up: Mapping[str, str], economics: Mapping[str, str]) -> str:
    lines = [
        f'name = "Samordningsförbundet {plan.place}"',
        'contact = "Ett påhittat förbund för provkörning"',
        f'period = "{YEAR}"',
        "[notice]",
        'title = "Påhittat förbund"',
        'text = "Förbundet, insatserna och deltagarna är påhittade. Ingen rad handlar om en verklig person."',
        "[ledger]",
        f'files = ["{ledger}"]',
        f'unit = "{unit_of(plan)}"',
        "[classification]",
        f'basis = "{("stated", "described", "named")[plan.number % 3]}"',
        f"derive_orientation = {str(plan.number % 4 == 0).lower()}",
    ]
    if follow_up:
        lines += ["[followup]", *_files(follow_up)]
    if "participations" in follow_up:
        lines += ["invented = true", "[followup.words.municipality]"]
        lines += [f'"{town}" = ["{town.lower()}"]' for town in towns_of(plan)]
    if economics:
        lines += ["[economics]", *_files(economics)]
    return "\n".join(lines) + "\n"


def _files(files: Mapping[str, str]) -> Sequence[str]:
    return [f'{setting} = ["{file}"]' for setting, file in files.items()]
