"""From a workbook filled in to decisions.csv, the coding, the tables and the next workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from review_books import fill, review_rows

from portfolj import open_portfolio
from portfolj.places import Places
from portfolj.portfolio import tables
from portfolj.review.book import apply_review, review_path, write_review

SETTINGS = 'name = "Provförbundet"\n[ledger]\nfiles = ["beslut.csv"]\nunit = "kr"\n'
LEDGER = """Dnr;Insats;Sökande;Målgrupp;Beskrivning;År;Beviljat
1;Ung start;Flens kommun;Unga;Coachning av unga.;2020;100
2;Steget;;;;2021;200
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    folder = tmp_path / "data" / "raw" / "prov"
    folder.mkdir(parents=True)
    (folder / "federation.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "beslut.csv").write_text(LEDGER, encoding="utf-8")
    return Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)


def test_a_wrong_rule_code_disappears_from_the_coding_the_tables_and_the_next_workbook(places: Places) -> None:
    before = open_portfolio("prov", places=places)
    owners = dict(zip(*(tables.owner(before)[c] for c in ("owner", "granted_sek")), strict=True))
    assert owners["kommun"] == 100
    path = write_review(before, places=places).path
    fill(path, {("1", "Huvudman: beslut"): "Region", ("1", "Varför"): "Regionen tog över 2020"}, by="Anna Ek")
    applied = apply_review(before, places=places)
    assert applied.changes == {"new": 1}
    after = open_portfolio("prov", places=places)
    row = after.interventions.set_index("intervention_key").loc["1"]
    assert (row["owner"], row["owner_rule_said"], row["owner_decided_by"]) == ("region", "kommun", "decision")
    owners = dict(zip(*(tables.owner(after)[c] for c in ("owner", "granted_sek")), strict=True))
    assert (owners["kommun"], owners["region"]) == (0, 100)
    write_review(after, places=places)
    (shown,) = [r for r in review_rows(path) if r["Nyckel"] == "1"]
    assert shown["Huvudman: beslut"] == "Region"
    assert openpyxl.load_workbook(review_path(after, places=places)).sheetnames[0] == "Läs först"
