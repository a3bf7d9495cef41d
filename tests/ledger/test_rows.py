"""Which rows are data, which are set aside and why; and what each data row becomes."""

from __future__ import annotations

import openpyxl
import pytest
from ledger_cases import amounts, find, reasons, set_aside

from portfolj.errors import Reason
from portfolj.federation import FinancingSettings, Unit
from portfolj.ledger.cells import UNCACHED, Sheet, Span, sheet_of
from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.reading import examine
from portfolj.ledger.settings import ReadingSettings
from portfolj.ledger.words import entry_type_of, financing_of

HEAD = ["Dnr", "Insats", "År", "Belopp"]


def sheet(rows, **more):
    base = sheet_of(rows, file="liggare.xlsx", title="Blad1")
    return Sheet(**{**base.__dict__, **more})


def one(found):
    table = interventions_of(found.ledger().rows)
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize(
    "label",
    [
        "Summa",
        "SUMMA",
        "Summa:",
        "Totalt",
        "Total",
        "Delsumma",
        "S:a",
        "S:a Finsam",
        "Summa 2019",
        "Totalt 2014-2019",
        "Totalsumma",
        "Summa beviljat (kr)",
        "Sum",
        "Summa insatser",
    ],
)
def test_a_sum_row_is_set_aside_by_its_word(label):
    found = find(f"Insats;År;Belopp\nA;2019;100\nB;2019;50\n{label};;150\n")
    assert amounts(found) == [100, 50]
    assert set_aside(found) == ["header", "sum"]


@pytest.mark.parametrize("label", ["Totalt fokus", "Summan av delarna", "Sammanlagd kraft", "Totalteam Flen"])
def test_an_intervention_may_be_called_something_like_a_sum(label):
    found = find(f"Insats;År;Belopp\nA;2019;100\nB;2019;50\n{label};2019;170\n")
    assert amounts(found) == [100, 50, 170]


def test_a_subtotal_by_place_is_a_sum_and_an_identified_row_is_not():
    found = find("Dnr;Insats;År;Belopp\n1;A;2019;100\n2;B;2019;50\n;Summa Eskilstuna;;150\n3;Summa summarum;2019;70\n")
    assert amounts(found) == [100, 50, 70]


def test_total_with_other_words_is_a_sum_only_where_the_arithmetic_says_so():
    assert amounts(find("Insats;Belopp\nA;100\nB;50\nTotalt Eskilstuna;150\n")) == [100, 50]
    assert amounts(find("Insats;Belopp\nA;100\nB;50\nTotalt Eskilstuna;151\n")) == [100, 50, 151]


def test_a_sum_formula_over_its_own_column_is_a_sum_whatever_its_label():
    rows = [["Insats", "Belopp"], ["A", 100], ["B", 50], ["Eskilstuna", 150], ["C", 10]]
    found = find(sheet(rows, formulas={(3, 1): "=SUM(B2:B3)"}))
    assert amounts(found) == [100, 50, 10]
    assert set_aside(found) == ["header", "sum"]


def test_a_formula_across_its_own_row_is_data():
    rows = [["Insats", "Belopp"], ["A", 100], ["B", 50]]
    assert amounts(find(sheet(rows, formulas={(1, 1): "=SUM(C2:E2)", (2, 1): "=25*2"}))) == [100, 50]


def test_an_amount_without_any_label_is_a_sum_where_it_adds_up_and_a_fault_where_not():
    assert set_aside(find("Insats;År;Belopp\nA;2019;100\nB;2019;50\n;;150\n")) == ["header", "sum"]
    assert reasons(find("Insats;År;Belopp\nA;2019;100\nB;2019;50\n;;151\n")) == [Reason.NAME_MISSING]


def test_a_second_grant_under_a_name_written_once_is_not_taken_for_a_sum():
    assert reasons(find("Insats;År;Belopp\nA;2018;380\n;2019;380\n")) == [Reason.NAME_MISSING]


def test_titles_notes_empty_rows_and_repeated_headers_are_set_aside_and_every_row_is_accounted_for():
    rows = [
        ["Förbundet"], [], HEAD, ["1", "A", 2019, 100], [], HEAD, ["2", "B", 2019, 50],
        ["Underlag saknas för flera äldre insatser."],
        [None, "Totalt", None, 150], [None, "Listan är inte komplett"],
    ]  # fmt: skip
    found = find(rows)
    assert amounts(found) == [100, 50]
    assert set_aside(found) == ["title", "empty", "header", "empty", "header_repeat", "note", "sum", "note"]
    (source,) = found.sources
    assert source["rows_in"] == 10 == source["rows_used"] + source["rows_set_aside"]


def test_a_name_without_an_amount_is_an_intervention_and_a_marked_note_is_none():
    found = find("Insats;År;Belopp\nA;2019;100\nTräffpunkten;;\nObs! Inte klart;;\n")
    assert amounts(found) == [100, None]
    assert set_aside(found) == ["header", "note"]


def test_merged_cells_hold_for_each_of_their_rows_but_amounts_only_once():
    rows = [
        ["Dnr", "Insats", "År", "Belopp"],
        ["1", "A", 2019, 100],
        [None, None, None, 50],
        ["2", "B", 2019, 70],
        [None, None, None, None],
    ]
    rows[4][2] = 2019
    merged = (
        Span(1, 0, 2, 0),
        Span(1, 1, 2, 1),
        Span(1, 2, 2, 2),
        Span(3, 0, 4, 0),
        Span(3, 1, 4, 1),
        Span(3, 3, 4, 3),
    )
    found = find(sheet(rows, merged=merged))
    assert [(r["intervention_id"], r["name"], r["year"], r["ore"]) for r in found.records] == [
        ("1", "A", 2019, 100_00), ("1", "A", 2019, 50_00), ("2", "B", 2019, 70_00),
    ]  # fmt: skip
    assert set_aside(found)[-1] == "merged_amount"
    assert Reason.AMOUNT_MERGED in [remark.reason for remark in found.remarks]


@pytest.mark.parametrize("second", [["2", "B", 2019, None], ["1", "A", 2020, None]])
def test_an_amount_merged_over_different_interventions_or_years_is_refused(second):
    rows = [HEAD, ["1", "A", 2019, 100], second]
    assert reasons(find(sheet(rows, merged=(Span(1, 3, 2, 3),)))) == [Reason.AMOUNT_MERGED]


def test_a_row_that_is_hidden_is_counted_and_told():
    found = find(sheet([HEAD, ["1", "A", 2019, 100], ["2", "B", 2019, 50]], hidden_rows=frozenset({2})))
    assert amounts(found) == [100, 50]
    told = [r.found for r in found.remarks if r.reason is Reason.HIDDEN_ROWS]
    assert told == ["Rad 3 är dold eller bortfiltrerad och räknas ändå"]


def test_formulas_without_a_value_and_error_values_are_refused_by_cell():
    found = find(
        [
            HEAD,
            ["1", "A", 2019, UNCACHED],
            ["2", "B", "#REF!", 5],
            ["3", "#SAKNAS!", 2019, 5],
            ["4", "C", 2019, "#VÄRDEFEL!"],
        ]
    )
    told = {(f.cell, f.reason) for f in found.faults}
    assert {
        ("D2", Reason.FORMULA_WITHOUT_VALUE),
        ("C3", Reason.ERROR_VALUE),
        ("B4", Reason.ERROR_VALUE),
        ("D5", Reason.ERROR_VALUE),
    } <= told


def test_every_fault_comes_at_once_with_its_cell():
    found = find(
        "Insats;År;Finansiering;Typ av post;Belopp\nA;hösten;Sparbanken;Beviljad;12 "
        "ooo\n;2019;Finsam;Beviljat;5\nB;2019;Finsam;Utbtalt;5\n"
    )
    assert {(f.cell, f.reason) for f in found.faults} == {
        ("B2", Reason.YEAR_UNREADABLE), ("C2", Reason.FINANCING_UNKNOWN), ("E2", Reason.AMOUNT_UNREADABLE),
        ("A3", Reason.NAME_MISSING),
        ("D4", Reason.ENTRY_TYPE_UNKNOWN),
    }  # fmt: skip
    assert all(f.file == "liggare.csv" and f.found and f.action for f in found.faults)


def test_an_unknown_word_is_told_with_the_nearest_one():
    faults = {f.reason: f for f in find("Insats;Finansiering;Typ av post;Belopp\nA;Socialfondn;Utbtalt;5\n").faults}
    assert "utbetalt" in faults[Reason.ENTRY_TYPE_UNKNOWN].action
    assert "socialfonden" in faults[Reason.FINANCING_UNKNOWN].action
    assert 'other = ["Socialfondn"]' in faults[Reason.FINANCING_UNKNOWN].action


def test_a_row_with_more_fields_than_headings_is_refused():
    assert reasons(find("Insats,År,Belopp\nA,2019,380,50\nB,2019,380\n")) == [Reason.ROW_TOO_LONG]


def test_one_amount_column_is_granted_and_a_negative_row_reduces_the_grant():
    table = one(found := find("Insats;År;Belopp\nA;2018;500\nA;2019;−120\n"))
    assert table["granted_sek"] == 380  # 500 - 120
    assert Reason.NEGATIVE_GRANT in [r.reason for r in found.ledger().remarks]


def test_columns_side_by_side_give_an_entry_per_amount_and_paid_never_changes_granted():
    found = find("Insats;Beviljat;Utbetalt;Återbetalt\nA;500;480;30\nA;100;;\nA;;20;\n")
    assert [(r["entry_type"], r["ore"]) for r in found.records] == [
        ("granted", 500_00), ("paid", 480_00), ("returned", 30_00), ("granted", 100_00), ("paid", 20_00),
    ]  # fmt: skip
    table = one(found)
    assert (table["granted_sek"], table["paid_sek"], table["returned_sek"]) == (600, 500, 30)
    assert found.sources[0]["rows_used"] == 3


def test_a_type_column_divides_the_rows():
    text = (
        "Insats;Typ av post;Belopp\nA;Beviljat;500\nA;Rekvisition;200\nA;Återkrav;50\nA;Rättelse;-100\nB;Avslag;900\n"
    )
    found = find(text)
    table = one(found)
    assert (table["granted_sek"], table["paid_sek"], table["returned_sek"]) == (400, 200, 50)
    assert set_aside(found) == ["header", "not_granted"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_returned_amounts_are_positive_whichever_sign_the_ledger_uses(sign):
    table = one(find(f"Insats;Beviljat;Återbetalt\nA;500;{sign}30\nA;100;{sign}20\n"))
    assert table["returned_sek"] == 50
    assert table["granted_sek"] == 600


def test_returned_amounts_of_mixed_signs_are_refused():
    (fault,) = find("Insats;Beviljat;Återbetalt\nA;500;30\nA;100;20\nB;100;-5\n").faults
    assert (fault.reason, fault.cell) == (Reason.SIGN_MIXED, "C4")


def test_more_paid_than_granted_is_remarked_on():
    assert Reason.PAID_MORE_THAN_GRANTED in [
        r.reason for r in find("Insats;Beviljat;Utbetalt\nA;500;501\n").ledger().remarks
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("", "Finsam"), ("Finsam", "Finsam"), ("Förbundet", "Finsam"), ("Samordningsförbundet Väst", "Finsam"),
    ("Medlemmarna", "Finsam"), ("ESF", "ESF"), ("ESF+", "ESF"),
     ("Socialfonden", "ESF"), ("AMIF", "EU"), ("Interreg Sverige-Norge", "EU"), ("EU", "EU"), ("Annan", "other"),
     ("extern", "other"), ("Övrig", "other"),
     ("ESF/Finsam", None), ("Interreg/Finsam", None), ("Sparbanken", None)],
)  # fmt: skip
def test_words_for_financing(word, kind):
    assert financing_of(word) == kind


def test_the_federations_own_words_go_first():
    assert financing_of("Sparbanken", settings=FinancingSettings(other=["sparbanken"])) == "other"
    assert financing_of("EU", settings=FinancingSettings(ESF=["EU"])) == "ESF"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Beviljat", "granted"),
        ("utbetalning", "paid"),
        ("Återbetalning", "returned"),
        ("avslag", "not_counted"),
        ("", "granted"),
        ("hej", None),
    ],
)
def test_words_for_the_type_of_entry(word, kind):
    assert entry_type_of(word) == kind


def test_the_year_is_the_year_columns_else_the_dates():
    found = find("Insats;Beslutsdatum;År;Belopp\nA;2018-12-15;2019;1\nB;2018-12-15;;1\nC;;;1\nD;2017;;1\n")
    assert found.faults == []
    assert [r["year"] for r in found.records] == [2019, 2018, None, 2017]


def test_a_name_is_found_by_the_id_where_another_row_has_it():
    assert [r["name"] for r in find("Dnr;Insats;Belopp\n1;A;5\n1;;6\n").records] == ["A", "A"]


@pytest.mark.parametrize(
    ("heading", "unit", "expected"),
    [("Belopp", Unit.TKR, [5000]), ("Belopp tkr", None, [5000]), ("Belopp (mkr)", Unit.MKR, [5_000_000])],
)
def test_the_unit_of_the_column(heading, unit, expected):
    assert amounts(find(f"Insats;{heading}\nA;5\n", unit=unit)) == expected


def test_no_unit_anywhere_is_refused():
    assert reasons(find("Insats;Belopp\nA;5\n", unit=None)) == [Reason.UNIT_UNKNOWN]


def test_a_unit_in_every_cell_is_a_unit():
    assert amounts(find("Insats;Belopp\nA;5 tkr\nB;1,2 mkr\n", unit=None)) == [5000, 1_200_000]


@pytest.mark.parametrize(
    "text",
    ["Insats;Belopp tkr\nA;5\n", "Beviljat 2019 (tkr);\nInsats;Belopp\nA;5\n", "Belopp i mkr;\nInsats;Belopp\nA;5\n"],
)
def test_a_stated_unit_that_contradicts_the_settings_is_refused(text):
    assert reasons(find(text, unit=Unit.KR)) == [Reason.UNIT_CONTRADICTION]


def test_the_heading_goes_before_the_title_row():
    assert amounts(find("Allt i tkr;\nInsats;Belopp kr\nA;5\n", unit=Unit.KR)) == [5]


def test_columns_of_different_stated_units_are_each_read_in_their_own():
    assert amounts(find("Insats;Beviljat tkr;Utbetalt kr\nA;5;4000\n", unit=Unit.TKR)) == [5000, 4000]


@pytest.mark.parametrize("shown", ['# ##0 "kr"', "#,##0,", "0%", "#,##0 [$kr-41D]"])
def test_a_number_format_that_shows_another_unit_is_refused(shown):
    found = find(sheet([["Insats", "Belopp"], ["A", 380]], formats={(1, 1): shown}), unit=Unit.TKR)
    assert reasons(found) == [Reason.UNIT_CONTRADICTION]


def test_a_number_format_of_the_same_unit_is_fine():
    assert amounts(find(sheet([["Insats", "Belopp"], ["A", 380]], formats={(1, 1): '#,##0 "tkr"'}), unit=Unit.TKR)) == [
        380_000
    ]


def sheets(*titles):
    return [sheet_of([["Insats", "År", "Belopp"], [title, 2019, 5]], file="l.xlsx", title=title) for title in titles]


def test_two_sheets_that_look_like_ledgers_must_be_told_apart_by_the_settings():
    assert reasons(find(sheets("2018", "2019"))) == [Reason.SHEET_AMBIGUOUS]
    assert [r["name"] for r in find(sheets("2018", "2019"), sheets=["2019"]).records] == ["2019"]
    assert [r["name"] for r in find(sheets("2018", "2019"), sheets=["2018", "2019"]).records] == ["2018", "2019"]


def test_a_stated_sheet_that_is_not_there_is_refused_with_the_nearest():
    (fault,) = find(sheets("Beslut"), sheets=["Beslt"]).faults
    assert fault.reason is Reason.SHEET_MISSING
    assert "Beslut" in fault.action


def test_a_sheet_of_notes_is_listed_as_not_read():
    notes = sheet_of([["Underlag saknas."]], file="l.xlsx", title="Anteckningar")
    found = find([*sheets("Beslut"), notes])
    assert amounts(found) == [5]
    assert [(s["sheet"], s["rows_in"], s["rows_used"], s["rows_set_aside"]) for s in found.sources] == [
        ("Beslut", 2, 1, 1),
        ("Anteckningar", 1, 0, 1),
    ]


def test_files_may_share_the_stated_sheets_between_them(tmp_path):
    paths = []
    for title in ("2018", "2019"):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in (["Insats", "Belopp kr"], [f"Insats {title}", 5]):
            book.active.append(row)
        paths.append(tmp_path / f"{title}.xlsx")
        book.save(paths[-1])
    found = examine(paths, settings=ReadingSettings(sheets=("2018", "2019"), unit=Unit.KR))
    assert amounts(found) == [5, 5]
    missing = examine(paths, settings=ReadingSettings(sheets=("2018", "2019", "2020"), unit=Unit.KR))
    assert [(f.cell, f.reason) for f in missing.faults] == [("ledger.sheets", Reason.SHEET_MISSING)]


def test_a_bare_year_between_rows_is_a_note_and_a_lone_name_is_remarked_on():
    found = find("Insats;År;Belopp\n2018;;\nA;2018;5\nEskilstuna;;\nB;2018;6\n")
    assert set_aside(found) == ["header", "note"]
    assert [r.reason for r in found.ledger().remarks] == [Reason.NAME_ONLY]
    assert find("Insats\nCoach\n").ledger().remarks == ()


def test_a_dash_is_no_name():
    assert reasons(find("Insats;Belopp\n-;5\n")) == [Reason.NAME_MISSING]


def test_two_columns_of_the_same_heading_are_refused_mapped_or_not():
    text = "Insats;Belopp;Belopp\nA;5;6\n"
    for columns in ({}, {"amount": "Belopp"}):
        (fault,) = find(text, columns=columns).faults
        assert fault.reason is Reason.COLUMN_AMBIGUOUS
        assert "Döp om" in fault.action


def test_a_record_broken_over_two_lines_is_told():
    found = find("Insats;Beskrivning;Belopp\nA;kurs\noch coach;500\nB;stöd;5\n")
    assert [r.cell for r in found.ledger().remarks if r.reason is Reason.ROW_TOO_SHORT] == ["rad 2", "rad 3"]


def test_a_line_of_dashes_is_a_note():
    assert set_aside(find("Insats;Belopp\nA;5\n---;\nSumma;5\n")) == ["header", "note", "sum"]


def test_nothing_paid_is_never_more_than_granted():
    assert [r.reason for r in find("Insats;Belopp\nA;-5\n").ledger().remarks] == [Reason.NEGATIVE_GRANT] * 2
