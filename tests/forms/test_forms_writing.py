"""Both files are made of one definition, ask for every fact, and can be filled in without breaking anything."""

from __future__ import annotations

import io
import tomllib
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from filled_forms import blank, row_of
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.coding import load_codebook
from portfolj.coding.choices import choices
from portfolj.forms.asked import Asked, asked
from portfolj.forms.document import document_of
from portfolj.forms.workbook import workbook_of
from portfolj.ledger.filled import form_of, kinds_of_forms
from portfolj.ledger.filled.marks import forms_in
from portfolj.ledger.opening import open_file
from portfolj.ledger.words import financing_of

KINDS = kinds_of_forms()


@pytest.fixture(scope="module", params=KINDS)
def form(request: pytest.FixtureRequest) -> Asked:
    return asked(form_of(request.param), load_codebook(), federation="Samordningsförbundet Solbacka")


@pytest.fixture(scope="module")
def book(form: Asked) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_of(form)))


@pytest.fixture(scope="module")
def document(form: Asked) -> Any:
    return docx.Document(io.BytesIO(document_of(form)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_for_every_fact_that_it_should(kind: str) -> None:
    facts = tomllib.loads((files("portfolj") / "reference" / "documentation.toml").read_text(encoding="utf-8"))
    wanted = {code for code, fact in facts.items() if kind in fact["forms"]}
    assert {field.fact for field in form_of(kind).fields} - {""} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_definition_holds_together(kind: str) -> None:
    form = form_of(kind)
    codes = [field.code for field in form.fields]
    assert len(codes) == len(set(codes))
    for field in form.fields:
        assert field.explanation, field.code
        assert len(field.example) == len(field.columns), field.code
        assert sum(column.span for column in field.columns) <= 7, field.code
        for column in (field, *field.columns):
            assert bool(column.choices or column.choices_from) == (column.kind == "choice"), column.code
            if column.code == "financing":
                assert [financing_of(choice) for choice in column.choices] == ["Finsam", "ESF", "EU", "other"]


def seen(book: Any) -> str:
    sheet = book.worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows(min_col=2) for cell in row if cell.value)


def test_both_files_have_every_label_and_explanation(form: Asked, book: Any, document: Any) -> None:
    written = "\n".join(p.text for p in document.paragraphs)
    written += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for field in form.form.fields:
        for text in (field.label, field.explanation, *(column.label for column in field.columns)):
            assert text in written
            assert text in seen(book)


def test_the_workbook_is_named_for_the_federation_and_prints_on_a4(form: Asked, book: Any) -> None:
    sheet = book.worksheets[0]
    assert book.properties.title == form.title
    assert "Samordningsförbundet Solbacka" in form.title
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")  # 9 is A4
    assert sheet.print_area.startswith(f"'{form.form.sheet}'!$B$1:$H$")
    assert sheet.row_breaks.brk


def test_only_answers_can_be_written(form: Asked, book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert book["Listor"].sheet_state == "hidden"
    unlocked = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert not [cell.coordinate for cell in unlocked if cell.value]
    answers = sum(field.rows * len(field.columns) or 1 for field in form.form.fields)
    # A merged answer is unlocked in each of its cells; it is one.
    inside = {
        (row, column)
        for block in sheet.merged_cells.ranges
        for row in range(block.min_row, block.max_row + 1)
        for column in range(block.min_col + 1, block.max_col + 1)
    }
    assert len([cell for cell in unlocked if (cell.row, cell.column) not in inside]) == answers


def test_every_list_date_and_amount_is_checked_as_it_is_written(form: Asked, book: Any) -> None:
    checked = ("choice", "date", "year", "kronor", "count")
    wanted = sum(field.rows * sum(c.kind in checked for c in field.columns) for field in form.form.fields)
    wanted += sum(field.kind in checked for field in form.form.fields)
    rules = book.worksheets[0].data_validations.dataValidation
    assert sum(len(rule.sqref.ranges) for rule in rules) == wanted


def test_the_lists_are_the_codebooks_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(asked(form_of("application"), load_codebook()))))
    listed = [[cell.value for cell in column if cell.value] for column in book["Listor"].iter_cols()]
    groups = [label for label, code in choices(load_codebook(), "target_groups").items() if code != "ej_definierad"]
    assert groups in listed


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_is_recognised_as_empty(tmp_path: Path, kind: str) -> None:
    (form,) = forms_in(open_file(blank(tmp_path / "blankett.xlsx", kind)))
    assert (form.form.kind, form.is_empty, form.faults) == (kind, True, ())


def test_the_document_is_accessible(form: Asked, document: Any) -> None:
    assert document.core_properties.title == form.title
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == document.core_properties.language == "sv-SE"
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text for cell in table.rows[0].cells)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["template", *arguments])
    return result.exit_code, result.output + str(result.exception or "")


def test_the_ending_decides_and_without_one_both_are_written(tmp_path: Path) -> None:
    assert run("application", "--out", str(tmp_path / "en.docx"))[0] == 0
    assert run("final-report", "--out", str(tmp_path / "slut"))[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en.docx", "slut.docx", "slut.xlsx"]


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    (tmp_path / "slut.docx").write_text("mitt", encoding="utf-8")
    code, told = run("final-report", "--out", str(tmp_path / "slut"))
    assert code
    assert "slut.docx finns redan" in told
    assert [p.name for p in tmp_path.iterdir()] == ["slut.docx"]
    assert (tmp_path / "slut.docx").read_text(encoding="utf-8") == "mitt"
    assert run("final-report", "--out", str(tmp_path / "slut"), "--force")[0] == 0
    assert (tmp_path / "slut.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("out", "told"),
    [("blankett.pdf", "Tillåtet: .xlsx och .docx"), ("ingen/mapp.xlsx", "den finns inte"), ("", "är en mapp")],
)
def test_what_can_not_be_written_is_told(tmp_path: Path, out: str, told: str) -> None:
    code, output = run("application", "--out", str(tmp_path / out))
    assert code
    assert told in output


def test_a_federation_has_its_name_and_its_own_groups(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "raw" / "solbacka"
    folder.mkdir(parents=True)
    settings = 'name = "Förbundet Solbacka & Co"\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n'
    (folder / "federation.toml").write_text(settings, encoding="utf-8")
    (folder / "l.csv").write_text("Insats;Beviljat\nA;1\n", encoding="utf-8")
    own = '[target_groups.codes.anhoriga]\nlabel_sv = "Anhöriga"\nlabel_en = "Relatives"\n'
    own += 'definition_sv = "Anhöriga till deltagare"\ndefinition_en = "Relatives of participants"\n'
    (folder / "codebook.toml").write_text(f'version = "1"\n{own}', encoding="utf-8")
    out = tmp_path / "a.xlsx"
    code, told = run("application", "--out", str(out), "--federation", "solbacka", "--data", str(tmp_path / "data"))
    assert (code, told) == (0, f"Skrev {out}\n")
    book = openpyxl.load_workbook(out)
    assert row_of(book.worksheets[0], "Förbundet Solbacka & Co")
    assert "Anhöriga" in [cell.value for column in book["Listor"].iter_cols() for cell in column]
