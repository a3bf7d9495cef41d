from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from ledger_cases import find, reasons

from portfolj.errors import InputRefused, Reason
from portfolj.federation import LEDGER_FIELDS, Unit
from portfolj.ledger import recognise_headings
from portfolj.ledger.cells import Span, sheet_of
from portfolj.ledger.header import find_header


def reference():
    return tomllib.loads((files("portfolj") / "reference" / "headings.toml").read_text(encoding="utf-8"))


def test_each_heading_of_the_list_leads_to_its_own_field_and_no_other():
    for field, entry in reference().items():
        for heading in [*entry["sure"], *entry["maybe"]]:
            assert list(recognise_headings([heading])) == [field], heading


def test_the_list_has_exactly_the_fields_of_the_settings():
    assert set(reference()) == set(LEDGER_FIELDS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Beviljat belopp (tkr)", "granted"), ("BEVILJAT BELOPP", "granted"), ("Beviljat_belopp", "granted"),
        ("Beviljat (kr)", "granted"),
        ("Belopp tkr", "amount"), ("Belopp, kr", "amount"), ("Tkr", "amount"), ("Insats/projekt", "name"),
        ("Insatsens\nnamn", "name"),
        ("Projekt/Insats", "name"), ("Dnr.", "intervention_id"), ("Insats-ID", "intervention_id"),
        ("Sökande part", "applicant"),
        ("target_group_text", "target_group_text"), ("Beslutsdatum:", "decision_date"), ("Utbetalt 2019", "paid"),
        ("Återbetalda medel, kr", "returned"),
        ("År", "year"), ("A\u030ar", "year"), ("Finansiär *", "financing"), ("amount_sek", "amount"),
        ("granted_sek", "granted"), ("entry_type", "entry_type"),
        ("name", "name"), ("Huvudman", "applicant"), ("Typ av post", "entry_type"), ("Källa", "document"),
    ],
)  # fmt: skip
def test_swedish_and_english_variants_are_recognised(heading, field):
    assert recognise_headings([heading]) == {field: 0}


@pytest.mark.parametrize("heading", ["Nr", "Löpnr", "Övrigt", "", "Kommun", "Insatser som pågår i länet just nu"])
def test_other_headings_are_not(heading):
    assert recognise_headings([heading]) == {}


def test_a_sure_heading_goes_before_a_loose_one():
    assert recognise_headings(["Namn", "Insats", "Datum", "Beslutsdatum"]) == {"name": 1, "decision_date": 3}


def test_a_mapping_goes_before_the_list_and_an_empty_one_switches_a_field_off():
    headings = ["Insats", "Delområde", "Typ"]
    assert recognise_headings(headings, mapping={"name": "delområde", "entry_type": ""}) == {"name": 1}


def test_two_columns_for_one_field_are_refused_with_both_named():
    with pytest.raises(InputRefused) as refused:
        recognise_headings(["Insats", "Projekt", "År"])
    (fault,) = refused.value.faults
    assert fault.reason is Reason.COLUMN_AMBIGUOUS
    assert "Insats" in fault.found
    assert "Projekt" in fault.found


def test_two_columns_of_the_same_kind_and_year_are_refused_and_never_half_read():
    assert reasons(find("Insats;Beviljat 2018;Beviljat belopp 2018\nA;1;2\n")) == [Reason.COLUMN_AMBIGUOUS]


def test_an_amount_beside_a_granted_amount_is_ambiguous():
    assert reasons(find("Insats;Belopp;Beviljat\nA;1;2\n")) == [Reason.COLUMN_AMBIGUOUS]


def test_a_mapped_heading_that_is_not_there_is_named_with_the_nearest():
    (fault,) = find("Insats;Kronor totalt\nA;1\n", columns={"amount": "Kronor totlat"}).faults
    assert fault.reason is Reason.COLUMN_MISSING
    assert "Kronor totalt" in fault.action


def test_no_name_column_is_refused_with_the_headings_that_stand_there():
    (fault,) = find("Beteckning;År;Belopp;Huvudman;Vad\n1;2019;5;Flen;Coach\n").faults
    assert fault.reason is Reason.NO_NAME_COLUMN
    assert "Vad" in fault.found


def test_no_header_at_all_is_refused():
    assert reasons(find("Hej;5\nDå;6\n")) == [Reason.NO_HEADER]


def test_the_header_is_found_below_title_rows():
    header = find_header(
        sheet_of([["Förbundet"], ["Insatser 2019 (tkr)"], [], ["Insats", "År", "Belopp"], ["A", 2019, 5]], title="B")
    )
    assert (header.first, header.last) == (3, 3)
    assert header.unit_of("amount") is Unit.TKR


def test_a_header_of_two_rows_is_read_as_one():
    rows = [
        ["Insats", "År", "Belopp (tkr)", None, None],
        [None, None, "Beviljat", "Utbetalt", "Återbetalt"],
        ["A", 2019, 5, 4, 1],
    ]
    sheet = sheet_of(rows, title="B")
    sheet = type(sheet)(**{**sheet.__dict__, "merged": (Span(0, 2, 0, 4), Span(0, 0, 1, 0))})
    header = find_header(sheet)
    assert (header.first, header.last) == (0, 1)
    assert header.fields == {"name": 0, "year": 1, "granted": 2, "paid": 3, "returned": 4}
    assert [header.unit_of(f) for f in ("granted", "paid", "returned")] == [Unit.TKR] * 3


def test_a_data_row_is_not_taken_for_the_second_row_of_a_header():
    header = find_header(
        sheet_of([["Insats", "Typ av post", "Finansiering"], ["Projekt", "Beviljat", "Finsam"]], title="B")
    )
    assert (header.first, header.last) == (0, 0)


def test_a_ledger_of_names_only_is_a_ledger():
    found = find("Insats\nCoach\nTräffpunkten\n")
    assert found.faults == []
    assert [r["name"] for r in found.records] == ["Coach", "Träffpunkten"]
