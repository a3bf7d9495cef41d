"""A federation of invented municipalities in a folder of the test's own, and what is asked of it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from portfolj.comparison.view import ComparisonView, open_comparison
from portfolj.federation import Federation, load_federation
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio

NAME = "prov"
LEDGER = "Insats;År;Belopp\nVägen vidare;2023;1000\n"
SETTINGS = """
name = "Provförbundet"
[ledger]
files = ["liggare.csv"]
unit = "kr"
"""
COMPARISON = '[comparison]\nmunicipalities = ["9901", "9902"]\nsimilar = 3\n'


def federation_in(folder: Path, *, settings: str = COMPARISON, **files: str) -> Places:
    """The places of a federation with these settings beside its ledger, and more files: ``fordelning_csv=text``."""
    raw = folder / "data" / "raw" / NAME
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "liggare.csv").write_text(LEDGER, encoding="utf-8")
    (raw / "federation.toml").write_text(SETTINGS + settings, encoding="utf-8")
    for name, text in files.items():
        (raw / name.replace("_csv", ".csv").replace("_json", ".json")).write_text(text, encoding="utf-8")
    return Places(data=folder / "data", out=folder / "reports", notebooks=folder)


def loaded(places: Places) -> Federation:
    """Its settings."""
    return load_federation(places.raw(NAME))


def opened(places: Places) -> ComparisonView:
    """Its comparison, as a notebook opens it."""
    return open_comparison(replace(_portfolio(), federation=loaded(places)))


@cache
def _portfolio() -> Portfolio:
    """The portfolio of the ledger that they all have, opened once: a comparison takes only the federation from it."""
    with tempfile.TemporaryDirectory() as folder:
        return open_portfolio(NAME, places=federation_in(Path(folder), settings=""))
