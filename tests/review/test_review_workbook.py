"""The workbook as it is handed out: what comes first, what is marked, what can be chosen."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from review_books import LEDGER, SETTINGS, applied, decisions_at, federation_at, fill, opened, rows_of, written

from portfolj.coding import load_codebook, parse_evidence
from portfolj.places import Places
from portfolj.review.formats import MARK_COLOURS

DIMENSIONS = ("owner", "target_groups", "orientation", "process_support")
ORDER_LEDGER = """Dnr;Insats;Sökande;Målgrupp;Beskrivning;År;Beviljat
a;Säker stor;Flens kommun;Unga;Coachning av unga.;2020;9000
b;Utan allt;;;;2020;500
c;Tvåpartsteamet;Flens kommun och Region Sörmland;Unga;Coachning av unga.;2020;500
d;Utan belopp;;;;2020;
e;Utan ägare;;Unga;Coachning av unga.;2020;800
f;Säker liten;Flens kommun;Unga;Coachning av unga.;2020;50
g;Utanför perioden;;;;2018;5000
"""


def column_letters(book: Any, heading: str) -> str:
    return next(cell.column_letter for cell in book["Insatser"][1] if cell.value == heading)


def test_what_needs_a_decision_comes_first_by_kronor_and_then_by_doubt(tmp_path: Path) -> None:
    settings = SETTINGS.replace("[ledger]", 'period = "2020"\n[ledger]')
    prov = federation_at(tmp_path, ledger=ORDER_LEDGER, settings=settings)
    rows = rows_of(written(prov))
    # 800 before 500; of the two with 500 the one that its text may settle; no amount last of the doubtful; then the
    # sure ones by kronor; what the report does not count last of all.
    assert [row["Nyckel"] for row in rows] == ["e", "c", "b", "d", "a", "f", "g"]
    assert [row["I rapporten"] for row in rows] == ["ja"] * 6 + ["nej"]


def test_a_decision_whose_text_has_changed_comes_before_any_amount(tmp_path: Path) -> None:
    prov = federation_at(tmp_path, ledger=ORDER_LEDGER)
    fill(written(prov), {("f", "Huvudman: beslut"): "Region"})
    applied(prov)
    ledger = prov.raw("prov") / "beslut.csv"
    changed = ORDER_LEDGER.replace("f;Säker liten;Flens kommun", "f;Säker liten;Trosa kommun")
    ledger.write_text(changed, encoding="utf-8")
    rows = rows_of(written(prov))
    assert [row["Nyckel"] for row in rows][:2] == ["f", "g"]


def test_doubtful_answers_are_yellow_sure_ones_white_and_decisions_green(prov: Places) -> None:
    fill(written(prov), {("1", "Huvudman: beslut"): "Region"})
    applied(prov)
    book = openpyxl.load_workbook(written(prov))
    letters = {name: column_letters(book, f"{name}: beslut") for name in ("Huvudman", "Inriktning")}
    keys = {row[0].row: row for row in book["Insatser"].iter_rows(min_row=2)}
    by_key = {cell.value: number for number, row in keys.items() for cell in row if str(cell.value) in "123"}
    colour = {
        (key, name): book["Insatser"][f"{letter}{row}"].fill.start_color.rgb
        for key, row in by_key.items()
        for name, letter in letters.items()
    }
    assert colour["1", "Huvudman"] == "FFDDF0DD"
    assert colour["2", "Huvudman"] == "FFFFF4C2"
    assert colour["2", "Inriktning"] == "00000000"  # no fill


def marked_words(cell: Any) -> set[tuple[str, str]]:
    """(words, colour) of each piece of a cell in the colour of a dimension."""
    is_rich = isinstance(cell.value, openpyxl.cell.rich_text.CellRichText)
    pieces = [(b.text, b.font) for b in cell.value if not isinstance(b, str)] if is_rich else [(cell.value, cell.font)]
    marks = {f"FF{colour[1:]}" for colour in MARK_COLOURS.values()}
    return {(text, font.color.rgb) for text, font in pieces if font.color is not None and font.color.rgb in marks}


def test_the_marked_words_are_the_evidence_and_nothing_else(prov: Places) -> None:
    portfolio = opened(prov)
    book = openpyxl.load_workbook(written(prov), rich_text=True)
    sheet = book["Insatser"]
    places_of = {cell.value: cell.column for cell in sheet[1]}
    for row in portfolio.prepared.interventions.to_dict("records"):
        (number,) = [
            r[0].row for r in sheet.iter_rows(min_row=2) if r[places_of["Nyckel"] - 1].value == row["intervention_key"]
        ]
        found = marked_words(sheet.cell(number, places_of["Insats"]))
        found |= marked_words(sheet.cell(number, places_of["Underlag"]))
        spans: dict[tuple[str, int, int], set[str]] = {}
        for dimension in DIMENSIONS:
            for words in parse_evidence(row[f"{dimension}_evidence"]):
                spans.setdefault((words.field, words.start, words.end), set()).add(dimension)
        # In this ledger no evidence overlaps another in part: words count for one dimension or for several.
        wanted = {
            (str(row[field])[start:end], "FF" + MARK_COLOURS["several" if len(ds) > 1 else next(iter(ds))][1:])
            for (field, start, end), ds in spans.items()
        }
        assert found == wanted


def test_each_list_holds_exactly_the_codes_and_the_word_that_undoes(prov: Places) -> None:
    book = openpyxl.load_workbook(written(prov))
    codebook = load_codebook()
    wanted = {
        f"{codebook.dimension_label(d)}: beslut{rank}": [codebook.label(d, code) for code in codebook.codes(d)]
        + (["inget processtöd"] if d == "process_support" else [])
        + ["ångra beslutet"]
        for d in DIMENSIONS
        for rank in ((" 1", " 2", " 3") if d == "target_groups" else ("",))
    }
    assert lists_of(book) == wanted
    assert book["Val"].sheet_state == "hidden"


def lists_of(book: Any) -> dict[str, list[str]]:
    """Heading -> the list that its column offers, which must go from the first row to the last."""
    sheet, found = book["Insatser"], {}
    for rule in sheet.data_validations.dataValidation:
        (area,) = str(rule.sqref).split()
        first, last = area.split(":")
        heading = sheet[f"{first.rstrip('0123456789')}1"].value
        assert (first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == (
            "2",
            str(sheet.max_row),
        )
        name, cells = rule.formula1.split("!")
        found[heading] = [row[0].value for row in book[name][cells.replace("$", "")]]
    return found


CODEBOOK = """
[target_groups.codes.hemlosa]
label_sv = "Hemlösa"
label_en = "Homeless"
definition_sv = "Personer utan bostad."
definition_en = "People without a home."
source = "Förbundets plan"
examples_sv = ["hemlösa"]
examples_en = ["homeless people"]

[[target_groups.codes.hemlosa.rules]]
id = "M-hemlosa"
include = ["hemlös*"]

[fold.target_groups]
missbruk = "psykisk_ohalsa"
"""


def test_codes_that_a_federation_adds_can_be_chosen_and_those_that_it_folds_too(tmp_path: Path) -> None:
    prov = federation_at(tmp_path, codebook_toml=CODEBOOK)
    path = written(prov)
    offered = lists_of(openpyxl.load_workbook(path))["Målgrupp: beslut 1"]
    assert {"Hemlösa", "Missbruk"} <= set(offered)
    fill(path, {("2", "Målgrupp: beslut 1"): "Missbruk", ("3", "Målgrupp: beslut 1"): "hemlosa"})
    assert applied(prov).changes == {"new": 2}
    shown = opened(prov).interventions.set_index("intervention_key")["target_groups"]
    # What was decided is kept whole in decisions.csv, and folded where the report counts.
    assert (shown["2"], shown["3"]) == ("psykisk_ohalsa", "hemlosa")
    assert "missbruk" in decisions_at(prov).read_text(encoding="utf-8-sig")
    (row,) = [row for row in rows_of(written(prov)) if row["Nyckel"] == "2"]
    assert row["Målgrupp: beslut 1"] == "Missbruk"


HOSTILE = """Dnr;Insats;Sökande;Beskrivning;År;Beviljat
=1+1;=HYPERLINK("http://x.se");@SUM(A1);+46 70 - http://x.se <b>;2020;100
2;Stöd till 800101-1234;-Flens kommun;Coachning av 800101-1234.;2020;100
"""


def test_ledger_text_is_text_and_nobodys_number_is_in_the_workbook(tmp_path: Path) -> None:
    prov = federation_at(tmp_path, ledger=HOSTILE)
    path = written(prov)
    book = openpyxl.load_workbook(path)
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink] == []
    assert {row["Insats"] for row in rows_of(path)} == {
        '=HYPERLINK("http://x.se")', "Stöd till [personnummer borttaget 1]",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert all(b"800101" not in archive.read(name) for name in archive.namelist())
    fill(path, {("=1+1", "Huvudman: beslut"): "Kommun"})
    assert applied(prov).changes == {"new": 1}
    assert opened(prov).interventions.set_index("intervention_key").loc["=1+1", "owner"] == "kommun"
    assert applied(prov).changes == {}


def test_an_intervention_without_any_text_says_that_there_is_none(tmp_path: Path) -> None:
    prov = federation_at(tmp_path, ledger="Insats;År;Beviljat\nSteget;2020;200\n")
    (row,) = rows_of(written(prov))
    assert row["Underlag"] == "inget underlag i liggaren"


def test_a_federation_with_nothing_in_its_report_gets_a_workbook_too(tmp_path: Path) -> None:
    settings = SETTINGS.replace("[ledger]", 'period = "2010"\n[ledger]')
    prov = federation_at(tmp_path, settings=settings)
    path = written(prov)
    assert [row["I rapporten"] for row in rows_of(path)] == ["nej"] * 3
    assert applied(prov).changes == {}


def test_a_text_longer_than_a_cell_can_hold_is_cut_in_the_workbook_only(tmp_path: Path) -> None:
    long = "Coachning av unga. " * 1000  # 19 000 letters in each of two texts; a cell holds 32 767
    prov = federation_at(tmp_path, ledger=f"Insats;Beskrivning;Mål;År;Beviljat\nSteget;{long};{long};2020;200\n")
    path = written(prov)
    (row,) = rows_of(path)
    assert len(row["Underlag"]) < 32_767
    assert row["Underlag"].endswith("…")
    fill(path, {("steget", "Huvudman: beslut"): "Kommun"})
    assert applied(prov).notes == ()


@pytest.mark.parametrize("code", ["kommun", "ej_definierad"])
def test_every_code_is_explained_in_the_workbook(prov: Places, code: str) -> None:
    codebook = load_codebook()
    rows = {(row["Uppgift"], row["Kod"]): row for row in rows_of(written(prov), "Koder")}
    assert rows["Huvudman", code]["Betydelse"] == codebook.definition("owner", code)
    assert len(rows) == sum(len(codebook.codes(dimension)) for dimension in (*DIMENSIONS, "goals"))


def test_the_heading_row_and_the_name_stay_in_sight(prov: Places) -> None:
    sheet = openpyxl.load_workbook(written(prov))["Insatser"]
    assert (sheet.freeze_panes, sheet["A1"].value) == ("B2", "Insats")
    assert sheet.auto_filter.ref.endswith(str(len(LEDGER.splitlines())))
