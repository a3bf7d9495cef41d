"""decisions.csv keeps what its writers keep in it: columns, rows, delimiter and byte order mark of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_books import applied, decisions, decisions_at, fill, opened, written

from portfolj.coding.decisions_file import DecisionsFile, guarded, unguarded
from portfolj.places import Places

HAND = (
    "\ufeffname;dimension;code;why;min anteckning;decided_by\r\n"
    'Steget;target_groups;"unga;missbruk";Enligt  ansökan;"=ring ""Karin""";Bo Ek\r\n'
    ";;;;bara en anteckning;\r\n"
    "\r\n"
    "Bron;owner;region;;;Bo Ek\r\n"
)


def put(prov: Places, text: str, encoding: str = "utf-8") -> None:
    decisions_at(prov).write_bytes(text.encode(encoding))


def test_rows_and_columns_written_by_hand_stand_as_they_were(prov: Places) -> None:
    put(prov, HAND.replace(";;;;bara en anteckning;\r\n", ""))
    fill(written(prov), {("1", "Huvudman: beslut"): "Region", ("1", "Varför"): "Avtal; bilaga 2"})
    applied(prov)
    text = decisions_at(prov).read_bytes().decode()
    first, *rest = text.split("\r\n")
    assert (
        first
        == "\ufeffname;dimension;code;why;min anteckning;decided_by;intervention_key;decided_on;rule_said;text_seen"
    )
    assert rest[:3] == [
        'Steget;target_groups;"unga;missbruk";Enligt  ansökan;"=ring ""Karin""";Bo Ek;;;;',
        "",
        "Bron;owner;region;;;Bo Ek;;;;",
    ]
    assert rest[3].startswith('Ung start;owner;region;"Avtal; bilaga 2";;Anna Ek;1;2026-11-20;kommun;')
    assert len(rest) == 5
    assert rest[4] == ""


def test_a_decision_written_by_hand_changes_in_its_own_row(prov: Places) -> None:
    put(prov, "intervention_key,name,dimension,code,mitt,decided_by\n3,Bron,owner,region,egen text,Bo Ek\n")
    path = written(prov)
    fill(path, {("3", "Huvudman: beslut"): "Kommun"})
    applied(prov)
    (row,) = decisions(prov)
    assert (row["code"], row["mitt"], row["decided_by"]) == ("kommun", "egen text", "Anna Ek")
    fill(written(prov), {("3", "Huvudman: beslut"): "ångra beslutet"})
    applied(prov)
    assert decisions_at(prov).read_text(encoding="utf-8").splitlines() == [
        "intervention_key,name,dimension,code,mitt,decided_by,decided_on,why,rule_said,text_seen"
    ]


def test_a_decision_on_a_name_that_several_have_stands_for_the_others(prov: Places) -> None:
    ledger = prov.raw("prov") / "beslut.csv"
    text = ledger.read_text(encoding="utf-8") + "4;Steget;;;Arbetsträning.;2022;400\n"
    ledger.write_text(text, encoding="utf-8")
    put(prov, "name,dimension,code\nSteget,owner,region\n")
    fill(written(prov), {("2", "Huvudman: beslut"): "Kommun"})
    applied(prov)
    owners = opened(prov).interventions.set_index("intervention_key")["owner"]
    assert (owners["2"], owners["4"]) == ("kommun", "region")
    # The added row names the key alone: by its name it would be about both.
    assert [(row["name"], row["intervention_key"]) for row in decisions(prov)] == [("Steget", ""), ("", "2")]


def test_a_file_saved_by_excel_in_its_own_letters_is_kept_readable_for_excel(prov: Places) -> None:
    put(prov, "name;dimension;code;why\nSteget;owner;kommun;Är rätt\n", "cp1252")
    fill(written(prov), {("1", "Huvudman: beslut"): "Region"})
    applied(prov)
    text = decisions_at(prov).read_bytes()
    assert text.startswith("\ufeff".encode())
    assert "Är rätt" in text.decode("utf-8-sig")


def test_plain_text_without_a_mark_stays_so_and_a_new_file_has_one_for_excel(prov: Places) -> None:
    fill(written(prov), {("1", "Huvudman: beslut"): "Region"})
    applied(prov)
    assert decisions_at(prov).read_bytes().startswith("\ufeffintervention_key,name,".encode())
    plain = decisions_at(prov).read_text(encoding="utf-8-sig")
    put(prov, plain)
    fill(written(prov), {("2", "Huvudman: beslut"): "Region"})
    applied(prov)
    assert decisions_at(prov).read_text(encoding="utf-8").startswith(plain)


def test_a_personal_number_that_somebody_wrote_by_hand_is_masked_when_the_file_is_written(prov: Places) -> None:
    put(prov, "name,dimension,code,why\nSteget,owner,kommun,Ring 800101-1234\n")
    fill(written(prov), {("1", "Huvudman: beslut"): "Region"})
    applied(prov)
    text = decisions_at(prov).read_text(encoding="utf-8")
    assert "800101" not in text
    assert "Ring [personnummer borttaget]" in text


def test_a_row_with_a_note_of_ones_own_and_no_decision_is_told_by_its_line(prov: Places) -> None:
    from portfolj.errors import InputRefused

    put(prov, HAND)
    with pytest.raises(InputRefused, match="rad 3: Beslutet saknar insats"):
        opened(prov)


@pytest.mark.parametrize("text", ["=1+1", "+46", "-", "@x", "'=x", "''-"])
def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_guarded(text: str) -> None:
    assert guarded(text).startswith("'")


@given(st.text(alphabet="'=+-@a ", max_size=6))
def test_what_is_guarded_is_read_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_rows_are_found_among_those_that_hold_something() -> None:
    file = DecisionsFile(("a", "b"), (("1", "x"), (), ("2", "y", "utan rubrik")))
    changed = file.changed(written={1: {"b": "z", "c": "ny"}}, added=[{"a": "3"}], removed=[0])
    assert changed.text == "a,b,,c\n\n2,z,utan rubrik,ny\n3,,,\n"
