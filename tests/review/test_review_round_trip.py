"""From a workbook filled in to decisions.csv, the coding, the tables and the next workbook."""

from __future__ import annotations

from datetime import date

import openpyxl
from review_books import TODAY, applied, decisions, decisions_at, faults_of, fill, opened, rows_of, written

from portfolj import checking
from portfolj.coding.decisions import text_fingerprint
from portfolj.errors import Reason
from portfolj.places import Places
from portfolj.portfolio import tables

OWNER, GROUP = "Huvudman: beslut", "Målgrupp: beslut 1"


def granted_by_owner(prov: Places) -> dict[str, float]:
    table = tables.owner(opened(prov))
    return dict(zip(table["owner"], table["granted_sek"], strict=True))


def test_a_wrong_rule_code_disappears_from_the_coding_the_tables_and_the_next_workbook(prov: Places) -> None:
    assert granted_by_owner(prov)["kommun"] == 100
    path = written(prov)
    fill(path, {("1", OWNER): "Region", ("1", "Varför"): "Regionen tog över 2020"})
    assert applied(prov).changes == {"new": 1}
    row = opened(prov).interventions.set_index("intervention_key").loc["1"]
    assert (row["owner"], row["owner_rule_said"], row["owner_decided_by"]) == ("region", "kommun", "decision")
    assert granted_by_owner(prov)["kommun"] == 0
    assert granted_by_owner(prov)["region"] == 100
    written(prov)
    (shown,) = [row for row in rows_of(path) if row["Nyckel"] == "1"]
    assert shown[OWNER] == "Region"
    assert "Huvudman: Region – beslutat av Anna Ek, 2026-11-20: Regionen tog över 2020. Regeln sade: Kommun." in str(
        shown["Svar nu"]
    )
    assert "Huvudman: Kommun" not in str(shown["Svar nu"])


def test_a_decision_says_who_when_why_what_the_rule_said_and_which_text_was_seen(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("2", "Varför"): "Enligt avtal"}, by="Anna Ek")
    applied(prov)
    seen = text_fingerprint({"name": "Steget", "description": "Arbetsträning för vuxna."})
    assert decisions(prov) == [
        {
            "intervention_key": "2", "name": "Steget", "dimension": "owner", "code": "kommun", "decided_by": "Anna Ek",
            "decided_on": TODAY.isoformat(), "why": "Enligt avtal", "rule_said": "ej_definierad", "text_seen": seen,
        }
    ]  # fmt: skip


def test_a_row_signs_with_its_own_name_and_day_before_those_of_the_cover_and_today(prov: Places) -> None:
    cells = {
        ("2", OWNER): "Kommun", ("2", "Beslutat av"): "Bo Ek", ("2", "Datum"): date(2026, 10, 1),
        ("3", OWNER): "Region", ("3", "Datum"): "1/9 2026",
    }  # fmt: skip
    fill(written(prov), cells, by="Anna Ek")
    applied(prov)
    signed = {row["intervention_key"]: (row["decided_by"], row["decided_on"]) for row in decisions(prov)}
    assert signed == {"2": ("Bo Ek", "2026-10-01"), "3": ("Anna Ek", "2026-09-01")}


def test_an_answer_may_be_a_label_or_a_code_in_any_case(prov: Places) -> None:
    fill(written(prov), {("1", OWNER): "ARBETSFÖRMEDLINGEN", ("2", OWNER): "Fk", ("3", GROUP): " psykisk_OHALSA "})
    applied(prov)
    codes = {row["intervention_key"]: row["code"] for row in decisions(prov)}
    assert codes == {"1": "af", "2": "fk", "3": "psykisk_ohalsa"}


def test_several_target_groups_are_kept_in_the_order_of_their_columns(prov: Places) -> None:
    fill(written(prov), {("2", GROUP): "Missbruk", ("2", "Målgrupp: beslut 3"): "Unga"})
    applied(prov)
    assert [row["code"] for row in decisions(prov)] == ["missbruk;unga"]


def test_that_an_intervention_is_no_process_support_can_be_decided(prov: Places) -> None:
    fill(written(prov), {("2", "Processtöd: beslut"): "Inget processtöd"})
    applied(prov)
    assert [(row["dimension"], row["code"]) for row in decisions(prov)] == [("process_support", "")]
    (shown,) = [row for row in rows_of(written(prov)) if row["Nyckel"] == "2"]
    assert shown["Processtöd: beslut"] == "inget processtöd"


def test_applying_twice_changes_nothing_not_even_on_another_day(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("3", GROUP): "Unga", ("3", "Varför"): "Ansökan"})
    applied(prov)
    once = decisions_at(prov).read_bytes()
    again = applied(prov, today=date(2027, 1, 15))
    assert decisions_at(prov).read_bytes() == once
    assert (again.changes, again.answered) == ({}, 2)
    assert "Alla svar står redan" in str(again)


def test_a_workbook_that_nobody_filled_in_changes_nothing_and_says_so(prov: Places) -> None:
    written(prov)
    assert "Inga svar är ifyllda" in str(applied(prov))
    assert not decisions_at(prov).exists()


def test_one_may_change_ones_mind_in_the_same_workbook(prov: Places) -> None:
    path = written(prov)
    fill(path, {("2", OWNER): "Kommun", ("2", "Varför"): "Avtal"})
    applied(prov)
    fill(path, {("2", OWNER): "Region", ("2", "Varför"): "Nytt avtal"})
    assert applied(prov).changes == {"changed": 1}
    (row,) = decisions(prov)
    assert (row["code"], row["why"], row["rule_said"]) == ("region", "Nytt avtal", "ej_definierad")


def test_a_reason_may_be_written_later(prov: Places) -> None:
    path = written(prov)
    fill(path, {("2", OWNER): "Kommun"})
    first = applied(prov)
    assert first.without_why == 1
    fill(path, {("2", "Varför"): "Avtal"})
    assert applied(prov, today=date(2027, 1, 15)).changes == {"changed": 1}
    fill(written(prov), {("2", "Varför"): "Avtal 2021:4"})
    assert applied(prov).changes == {"changed": 1}
    (row,) = decisions(prov)
    assert (row["code"], row["why"], row["decided_on"]) == ("kommun", "Avtal 2021:4", TODAY.isoformat())


def test_an_undone_decision_is_gone_and_the_rule_answers_again(prov: Places) -> None:
    fill(written(prov), {("1", OWNER): "Region", ("2", GROUP): "Unga", ("2", "Målgrupp: beslut 2"): "Missbruk"})
    applied(prov)
    path = written(prov)
    fill(path, {("1", OWNER): "Ångra beslutet", ("2", GROUP): "ångra beslutet"})
    # The second group still stands beside the word that undoes it, as it was filled in: it is undone with it.
    assert applied(prov).changes == {"undone": 2}
    assert decisions(prov) == []
    assert opened(prov).interventions.set_index("intervention_key").loc["1", "owner"] == "kommun"
    assert applied(prov).changes == {}


def test_a_cell_that_is_emptied_or_a_row_that_is_gone_takes_no_decision_back(prov: Places) -> None:
    fill(written(prov), {("1", OWNER): "Region", ("2", OWNER): "Kommun"})
    applied(prov)
    before = decisions(prov)
    path = written(prov)
    fill(path, {("1", OWNER): None})
    book = openpyxl.load_workbook(path, rich_text=True)
    (row,) = [cells[0].row for cells in book["Insatser"].iter_rows(min_row=2) if "2" in [cell.value for cell in cells]]
    book["Insatser"].delete_rows(row)
    book.save(path)
    assert applied(prov).changes == {}
    assert decisions(prov) == before


def change_text(prov: Places, *, to: str = "Arbetsträning för unga vuxna.") -> None:
    ledger = prov.raw("prov") / "beslut.csv"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("Arbetsträning för vuxna.", to), encoding="utf-8")


def test_a_decision_whose_text_changes_is_kept_and_flagged_everywhere(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("2", "Varför"): "Avtal"})
    applied(prov)
    change_text(prov)
    portfolio = opened(prov)
    assert portfolio.interventions.set_index("intervention_key").loc["2", "owner"] == "kommun"
    assert Reason.DECISION_TEXT_CHANGED in [remark.reason for remark in portfolio.prepared.remarks]
    checked = checking.check(prov.raw("prov"))
    assert "Texten om ”Steget” (2) har ändrats sedan någon beslutade om huvudman" in checked.text
    assert checked.faults == ()
    first = rows_of(written(prov))[0]
    assert first["Nyckel"] == "2"
    assert "Huvudman: Kommun – texten har ändrats sedan beslutet" in str(first["Svar nu"])


def test_a_decision_stands_when_somebody_says_so_for_the_new_text(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("2", GROUP): "Unga", ("2", "Varför"): "Avtal"}, by="Anna Ek")
    applied(prov)
    change_text(prov)
    fill(written(prov), {("2", "Står beslutet fast?"): "Ja, det gäller", ("2", OWNER): "Region"}, by="Bo Ek")
    # The owner has a new answer on the same row, so what stands is the target group alone.
    assert applied(prov, today=date(2026, 11, 25)).changes == {"changed": 1, "confirmed": 1}
    owner, group = decisions(prov)
    assert (owner["code"], owner["decided_by"]) == ("region", "Bo Ek")
    assert (group["code"], group["decided_by"], group["decided_on"]) == ("unga", "Bo Ek", "2026-11-25")
    assert group["why"] == "Avtal"
    seen = text_fingerprint({"name": "Steget", "description": "Arbetsträning för unga vuxna."})
    assert (owner["text_seen"], group["text_seen"]) == (seen, seen)
    assert not opened(prov).prepared.decisions["text_changed"].any()
    assert applied(prov).changes == {}


def test_what_was_decided_on_an_older_text_is_told_row_by_row_and_comes_first_again(prov: Places) -> None:
    path = written(prov)
    addresses = fill(path, {("2", OWNER): "Kommun", ("1", OWNER): "Region"})
    change_text(prov)
    outcome = applied(prov)
    assert outcome.changes == {"new": 2}
    (note,) = outcome.notes
    assert (note.reason, note.sheet, note.cell) == (Reason.DECISION_TEXT_CHANGED, "Insatser", addresses["2", OWNER])
    decided = opened(prov).prepared.decisions.set_index("intervention_key")
    assert decided["text_changed"].to_dict() == {"1": False, "2": True}
    assert rows_of(written(prov))[0]["Nyckel"] == "2"


def test_nobody_elses_decision_is_replaced_unseen(prov: Places) -> None:
    path = written(prov)
    addresses = fill(path, {("2", OWNER): "Kommun"}, by="Anna Ek")
    hand = "intervention_key,dimension,code,decided_by,decided_on,why\n2,owner,region,Bo Ek,2026-11-19,Telefon\n"
    decisions_at(prov).write_text(hand, encoding="utf-8")
    ((_, cell, found),) = faults_of(prov)
    assert cell == addresses["2", OWNER]
    assert found == "decisions.csv säger nu ”Region”, beslutat av Bo Ek efter att boken gjordes"
    # One who has seen it may.
    path.unlink()
    fill(written(prov), {("2", OWNER): "Kommun"}, by="Anna Ek")
    assert applied(prov).changes == {"changed": 1}
    assert [(row["code"], row["decided_by"]) for row in decisions(prov)] == [("kommun", "Anna Ek")]


def test_an_intervention_that_is_gone_from_the_ledger_is_told_by_cell(prov: Places) -> None:
    addresses = fill(written(prov), {("2", OWNER): "Kommun"})
    ledger = prov.raw("prov") / "beslut.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if not line.startswith("2;")), encoding="utf-8")
    ((sheet, cell, found),) = faults_of(prov)
    assert (sheet, cell) == ("Insatser", addresses["2", OWNER])
    assert "finns inte längre i liggaren" in found


def test_the_decisions_of_an_answer_are_read_again_as_they_were_written(prov: Places) -> None:
    fill(written(prov), {("2", OWNER): "Kommun", ("2", "Varför"): '-Enligt "avtal"; 100 % av kostnaden, rad 2'})
    applied(prov)
    text = decisions_at(prov).read_text(encoding="utf-8-sig")
    assert "'-Enligt" in text  # a spreadsheet that opens the file sees no formula
    assert opened(prov).prepared.decisions["why"].tolist() == ['-Enligt "avtal"; 100 % av kostnaden, rad 2']
    assert applied(prov).changes == {}
