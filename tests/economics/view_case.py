"""The calculation of a federation that a test makes up: files as read, rows of follow-up, and values of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.economics.reading import EconomicsFiles, empty_frame
from portfolj.economics.reading.files import frame_of
from portfolj.economics.stated import AS_THE_FEDERATION, Stated
from portfolj.economics.unit_values import labels_of_keys, units_of_keys
from portfolj.economics.values import Value
from portfolj.economics.view import EconomicsView, economics_of
from portfolj.federation.economics import EconomicsSettings
from portfolj.followup.rows import FollowUp, frame_from_records
from portfolj.followup.view import FollowUpView, view_of
from small_ledger import portfolio_of, row

LEDGER = [row("1", "Insats", applicant="Flens kommun", group="unga", amount="300000")]
NO_ROWS = FollowUp()
PERSON: Mapping[str, Any] = {
    "anonymous": False, "intervention": "Insats", "start": pd.Timestamp("2019-01-10"),
    "end": pd.Timestamp("2019-09-10"), "start_year": 2019, "end_year": 2019, "sex": "woman", "age_band": "missing",
    "municipality": "missing", "referrer": "missing", "occupation_before": "seeking", "occupation_after": "seeking",
    "income_before": "none", "income_after": "none", "end_reason": "missing",
}  # fmt: skip


def value(key: str, figure: float, *, actor: str = "", year: int | None = None, confidence: str = "O") -> Value:
    """A row of the federation's own file of values."""
    unit, label = units_of_keys()[key], labels_of_keys()[key]
    return Value(key, actor, year, figure, unit, label, "Provet", confidence, file="v.csv")


def costs_per_participant(**kronor: float) -> list[Value]:
    """What a participant costs each actor, any year."""
    return [value("cost_per_participant_sek", sek, actor=actor) for actor, sek in kronor.items()]


def incomes(*rows: tuple[int, int, str, float], cost_sek: float = float("nan"), derived: bool = False) -> pd.DataFrame:
    """Year, participants, actor and income of a year."""
    names = ("year", "participants", "actor", "income_1y_sek")
    data: dict[str, list[Any]] = {name: [each[n] for each in rows] for n, name in enumerate(names)}
    constant = {"cost_sek": cost_sek, "derived": derived, "note": ""}
    return frame_of("incomes", {**data, **{name: [same] * len(rows) for name, same in constant.items()}})


def transitions(*rows: tuple[str, str, int], year: int | None = 2019) -> pd.DataFrame:
    """State before, state after and how many, all of one year."""
    data: dict[str, list[Any]] = {
        name: [each[n] for each in rows] for n, name in enumerate(("state_before", "state_after", "count"))
    }
    return frame_of("transitions", {**data, "year": [year] * len(rows)})


def files_of(*, values: Sequence[Value] = (), **frames: pd.DataFrame) -> EconomicsFiles:
    """The files as read; those that are not given are not there."""
    kinds = ("incomes", "transitions", "break_even", "published")
    told = {kind: frames.get(kind, empty_frame(kind)) for kind in kinds}
    nothing = pd.DataFrame()
    return EconomicsFiles(**told, values=tuple(values), set_aside=nothing, sources=nothing)


def people(*groups: tuple[int, Mapping[str, Any]]) -> FollowUp:
    """So many participations of each kind, every one of a person of its own, all of them ended in 2019."""
    records = []
    for number, told in groups:
        records += [{**PERSON, "person": f"p{len(records) + n}", **told} for n in range(number)]
    return FollowUp(participations=frame_from_records("participations", records))


def follow_up_of(
    folder: Path, rows: FollowUp = NO_ROWS, *, ledger: Iterable[Sequence[str]] = LEDGER, k: int = 5,
    settings: Mapping[str, Any] | None = None, period: str = "", derive: bool = False,
) -> FollowUpView:  # fmt: skip
    """The follow-up of a federation with this ledger and these settings of its economics."""
    rules = {"period": period} if period else {}
    portfolio = portfolio_of(ledger, folder, basis="stated", derive=derive, **rules)
    changed = {"small_cell_threshold": k, "economics": EconomicsSettings(**(settings or {}))}
    return view_of(replace(portfolio, federation=portfolio.federation.model_copy(update=changed)), rows)


def opened(
    folder: Path, files: EconomicsFiles, rows: FollowUp = NO_ROWS, *, stated: Stated = AS_THE_FEDERATION, **case: Any
) -> EconomicsView:
    """The calculation; ``case``: see ``follow_up_of``."""
    return economics_of(follow_up_of(folder, rows, **case), files, stated=stated)


def cell(frame: pd.DataFrame, column: str, **where: object) -> Any:
    """The one cell of the table where the words hold; None where it is missing."""
    for name, word in where.items():
        frame = frame[frame[name] == word]
    assert len(frame) == 1, f"{len(frame)} rows of {where}"
    found = frame[column].iloc[0]
    return None if pd.isna(found) else found
