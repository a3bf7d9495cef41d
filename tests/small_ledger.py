"""Portfolios of ledgers that a test writes itself, so that every figure can be worked out by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio

FEDERATION = "prov"
HEAD = ("Dnr", "Insats", "Sökande", "Målgrupp", "Beskrivning", "År", "Finansiering", "Typ", "Belopp")
DECISION_HEAD = ("intervention_key", "name", "dimension", "code", "decided_by", "decided_on", "why", "text_seen")
SETTINGS = """
name = "Provförbundet"
[ledger]
files = ["liggare.csv"]
unit = "kr"
[classification]
basis = "{basis}"
derive_orientation = {derive}
"""


def row(
    number: str,
    name: str = "Insats",
    *,
    applicant: str = "",
    group: str = "",
    description: str = "",
    amount: str = "1000",
    year: str = "2019",
) -> tuple[str, ...]:
    """A row of members' money granted."""
    return (number, name, applicant, group, description, year, "Finsam", "beviljat", amount)


def portfolio_of(
    rows: Iterable[Sequence[str]],
    folder: Path,
    *,
    basis: str = "named",
    derive: bool = False,
    decisions: Sequence[Sequence[str]] = (),
    codebook: str = "",
    **rules: str,
) -> Portfolio:
    """The portfolio of a ledger with the columns of ``HEAD`` in kronor; ``decisions`` with those of ``DECISION_HEAD``.

    ``rules``: period and counting as ``open_portfolio`` takes them.
    """
    raw = folder / "data" / "raw" / FEDERATION
    raw.mkdir(parents=True, exist_ok=True)
    write_csv(raw / "liggare.csv", [HEAD, *rows])
    settings = SETTINGS.format(basis=basis, derive=str(derive).lower())
    (raw / "federation.toml").write_text(settings, encoding="utf-8")
    if decisions:
        write_csv(raw / "decisions.csv", [DECISION_HEAD, *decisions])
    if codebook:
        (raw / "codebook.toml").write_text(codebook, encoding="utf-8")
    places = Places(data=folder / "data", out=folder / "reports", notebooks=folder)
    return open_portfolio(FEDERATION, places=places, **rules)


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Rows as a CSV file with semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
