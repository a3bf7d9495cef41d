"""A small federation whose priorities are stated, with money that can be followed by head."""

from __future__ import annotations

from pathlib import Path

from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio
from portfolj.strategy.view import StrategyView, open_strategy

ROOT = Path(__file__).parents[2]
HEADINGS = "Insats;Sökande;Målgrupp;Beskrivning;År;Belopp"
# Youth 100 000 in two years; youth and mental health 60 001; staff 40 000; and 25 000 to something unknown.
ROWS = """\
Unga framåt;Flens kommun;Unga 16-24 år;Individuellt stöd till deltagare.;2020;60000
Unga framåt;Flens kommun;Unga 16-24 år;Individuellt stöd till deltagare.;2021;40000
Två spår;Region Sörmland;Unga vuxna, personer med psykisk ohälsa;Coachning av deltagare.;2021;60001
Chefsnätverk;Flens kommun;Personal och beslutsfattare;Utbildningsdagar för personalen.;2021;40000
Fokus;;;;2021;25000
"""
SETTINGS = """
name = "Finsam Prov"
[ledger]
files = ["liggare.csv"]
unit = "kr"
"""
YOUTH = '[[strategy.priorities]]\nname = "Unga"\ntarget_groups = ["unga"]\n'
HEALTH = '[[strategy.priorities]]\nname = "Psykisk ohälsa"\ntarget_groups = ["psykisk_ohalsa"]\n'


def places_of(folder: Path, stated: str, *, rows: str = ROWS, settings: str = SETTINGS) -> Places:
    """A data folder with the federation ``prov``, whose settings end with ``stated``."""
    own = folder / "data" / "raw" / "prov"
    own.mkdir(parents=True)
    (own / "liggare.csv").write_text(f"{HEADINGS}\n{rows}", encoding="utf-8")
    (own / "federation.toml").write_text(settings + stated, encoding="utf-8")
    return Places(data=folder / "data", out=folder / "reports", notebooks=ROOT / "notebooks")


def opened(folder: Path, stated: str, *, period: str = "", **kinds: str) -> StrategyView:
    """The view of that federation."""
    return open_strategy(open_portfolio("prov", places=places_of(folder, stated, **kinds), period=period))


def line(view: StrategyView, year: int, kind: str, priority: str = "") -> dict[str, object]:
    """The one line of a year, kind and priority."""
    rows = view.by_year
    rows = rows[(rows["year"] == year) & (rows["line"] == kind) & (rows["priority"] == priority)]
    assert len(rows) == 1, rows
    return {str(key): value for key, value in rows.iloc[0].items()}
