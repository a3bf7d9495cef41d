"""What is written between the ledger and the notebooks, and when it is made again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.federation import load_federation
from portfolj.places import Places
from portfolj.prepare import prepare

SETTINGS = 'name = "Provförbundet"\n[ledger]\nfiles = ["beslut.csv"]\nunit = "kr"\n'
LEDGER = "Dnr;Insats;Sökande;År;Beviljat\n1;Ung start;Flens kommun;2020;100\n2;Steget;;2021;200\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    folder = tmp_path / "data" / "raw" / "prov"
    folder.mkdir(parents=True)
    (folder / "federation.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "beslut.csv").write_text(LEDGER, encoding="utf-8")
    return Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)


def federation(places: Places):  # type: ignore[no-untyped-def]
    return load_federation(places.raw("prov"))


def test_what_was_prepared_is_read_back_as_it_was(places: Places) -> None:
    first = prepare(federation(places), places=places)
    again = prepare(federation(places), places=places)
    for name in ("rows", "interventions", "set_aside", "sources"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))
    assert (first.remarks, first.columns, first.inputs) == (again.remarks, again.columns, again.inputs)


def test_unchanged_inputs_are_not_read_again(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(federation(places), places=places)
    monkeypatch.setattr("portfolj.ledger.read_ledger", lambda federation: pytest.fail("read again"))
    prepare(federation(places), places=places)


@pytest.mark.parametrize("file", ["beslut.csv", "federation.toml", "decisions.csv"])
def test_a_changed_input_is_read_again(places: Places, file: str) -> None:
    before = prepare(federation(places), places=places)
    path = places.raw("prov") / file
    added = {
        "beslut.csv": LEDGER + "3;Nytt;;2022;300\n",
        "federation.toml": SETTINGS.replace('"kr"', '"tkr"'),
        "decisions.csv": "intervention_key,dimension,code,decided_by,decided_on,why\n2,owner,fk,AB,2026-01-02,tel\n",
    }
    path.write_text(added[file], encoding="utf-8")
    after = prepare(federation(places), places=places)
    assert not before.interventions.equals(after.interventions)


def test_a_decision_replaces_the_rule_and_survives_the_next_run(places: Places) -> None:
    decisions = "intervention_key,dimension,code,decided_by,decided_on,why\n1,owner,region,AB,2026-01-02,fel sökande\n"
    (places.raw("prov") / "decisions.csv").write_text(decisions, encoding="utf-8")
    for _ in range(2):
        row = prepare(federation(places), places=places).interventions.set_index("intervention_key").loc["1"]
        assert (row["owner"], row["owner_decided_by"], row["owner_rule_said"]) == ("region", "decision", "kommun")
        shutil.rmtree(places.processed("prov"))
    assert (places.raw("prov") / "decisions.csv").read_text(encoding="utf-8") == decisions


def test_faults_of_the_ledger_and_the_decisions_come_together_and_as_a_workbook(places: Places) -> None:
    (places.raw("prov") / "beslut.csv").write_text(LEDGER.replace("100", "hundra"), encoding="utf-8")
    (places.raw("prov") / "decisions.csv").write_text(
        "intervention_key,dimension,code\n1,owner,kung\n", encoding="utf-8"
    )
    with pytest.raises(InputRefused) as refused:
        prepare(federation(places), places=places)
    reasons = {fault.reason for fault in refused.value.faults}
    assert {Reason.AMOUNT_UNREADABLE, Reason.DECISION_WRONG} <= reasons
    faults = pd.read_excel(places.processed("prov") / "faults.xlsx", header=None, engine="openpyxl").astype("str")
    assert faults.apply(lambda column: column.str.contains("hundra")).any().any()


def test_the_fault_list_goes_when_the_ledger_is_mended(places: Places) -> None:
    (places.raw("prov") / "beslut.csv").write_text(LEDGER.replace("100", "hundra"), encoding="utf-8")
    with pytest.raises(InputRefused):
        prepare(federation(places), places=places)
    (places.raw("prov") / "beslut.csv").write_text(LEDGER, encoding="utf-8")
    prepare(federation(places), places=places)
    assert not (places.processed("prov") / "faults.xlsx").exists()


def test_a_folder_that_can_not_be_made_is_told_with_what_to_do(places: Places) -> None:
    (places.data / "processed").write_text("en fil i vägen", encoding="utf-8")
    with pytest.raises(PortfoljError, match="kontrollera att mappen går att skriva i"):
        prepare(federation(places), places=places)
