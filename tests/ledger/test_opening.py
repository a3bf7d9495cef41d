"""Files of every kind, written by other libraries than the reader's where there is one."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from portfolj.errors import InputRefused, Reason
from portfolj.ledger.cells import UNCACHED, Span
from portfolj.ledger.opening import open_file
from portfolj.ledger.text_files import delimiter_of, parse_text

TEXT = "Insats;År;Belopp\nÅtgärd för män;2019;1 234,50\n"


def reason_of(path):
    with pytest.raises(InputRefused) as refused:
        open_file(path)
    (fault,) = refused.value.faults
    assert fault.file == path.name
    assert fault.found
    return fault.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le-bom"])
def test_text_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = tmp_path / "liggare.csv"
    path.write_bytes(b"\xff\xfe" + TEXT.encode("utf-16-le") if encoding == "utf-16-le-bom" else TEXT.encode(encoding))
    (sheet,) = open_file(path)
    assert sheet.rows == [["Insats", "År", "Belopp"], ["Åtgärd för män", "2019", "1 234,50"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_though_texts_hold_the_others(delimiter):
    lines = [
        ["Insats", "Beskrivning", "Belopp"],
        ["A", '"kurs, coach; stöd"', '"1 234,50"'],
        ["B", '"unga, vuxna"', '"1,5"'],
    ]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert delimiter_of(text) == delimiter
    assert parse_text(text).rows[1] == ["A", "kurs, coach; stöd", "1 234,50"]


def test_decimal_commas_do_not_make_a_semicolon_file_a_comma_file():
    assert delimiter_of("Insats;Belopp\nA;1,5\nB;2,5\nC;3,5\n") == ";"


def test_a_sep_line_is_obeyed_and_lines_still_count_from_the_first():
    sheet = parse_text("sep=,\nInsats,Belopp\nA,5\n")
    assert sheet.rows == [["Insats", "Belopp"], ["A", "5"]]
    assert list(sheet.numbers) == [2, 3]


def test_a_quoted_line_break_stays_in_its_cell_and_the_row_is_the_line_where_the_record_starts():
    sheet = parse_text('Insats;Belopp\n"A\nB";5\nC;6\n')
    assert sheet.rows[1] == ["A\nB", "5"]
    assert list(sheet.numbers) == [1, 2, 4]


def test_a_quote_that_never_ends_is_refused_instead_of_swallowing_the_file():
    with pytest.raises(InputRefused) as refused:
        parse_text('Insats;Belopp\nA;5\n"B;6\nC;7\n')
    assert refused.value.faults[0].cell == "rad 3"


def workbook(tmp_path, rows, name="liggare.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / name
    book.save(path)
    return path, book


def test_xlsx_gives_types_merges_hidden_rows_and_formulas_without_value(tmp_path):
    path, book = workbook(
        tmp_path,
        [
            ["Insats", "Datum", "Belopp"],
            ["A", datetime(2019, 3, 1), 5],
            [None, None, 7.5],
            ["Summa", None, "=SUM(C2:C3)"],
        ],
    )
    sheet = book.active
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet["C2"].number_format = '# ##0 "tkr"'
    book.save(path)
    (read,) = open_file(path)
    assert read.rows[1] == ["A", datetime(2019, 3, 1), 5]
    assert read.rows[3] == ["Summa", None, UNCACHED]
    assert read.formulas == {(3, 2): "=SUM(C2:C3)"}
    assert list(read.merged) == [Span(1, 0, 2, 0)]
    assert read.hidden_rows == {2}
    assert read.formats[1, 2] == '# ##0 "tkr"'
    assert read.address(3, 2) == "C4"


def test_empty_formatted_rows_at_the_end_are_not_rows(tmp_path):
    path, book = workbook(tmp_path, [["Insats"], ["A"]])
    book.active["A500"].number_format = "0.00"
    book.save(path)
    assert len(open_file(path)[0].rows) == 2


def test_xls_gives_values_dates_and_merges(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Beslut")
    for column, heading in enumerate(["Insats", "Beslutsdatum", "Belopp"]):
        sheet.write(2, column, heading)
    sheet.write_merge(3, 4, 0, 0, "Åtgärd")
    sheet.write(3, 1, datetime(2019, 3, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(3, 2, 1234.5)
    sheet.write(4, 2, 5)
    path = tmp_path / "liggare.xls"
    book.save(str(path))
    (read,) = open_file(path)
    assert read.title == "Beslut"
    assert read.rows[3] == ["Åtgärd", datetime(2019, 3, 1), 1234.5]
    assert list(read.merged) == [Span(3, 0, 4, 0)]
    assert read.address(3, 2) == "C4"


def ods(tmp_path, rows):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Beslut")
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    path = tmp_path / "liggare.ods"
    document.save(str(path))
    return path


def text_cell(text, **attributes):
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=text))
    return cell


def test_ods_gives_values_dates_merges_and_formulas(tmp_path):
    path = ods(
        tmp_path,
        [
            [text_cell("Insats"), text_cell("Datum"), text_cell("Belopp")],
            [
                text_cell("Åtgärd", numberrowsspanned=2),
                TableCell(valuetype="date", datevalue="2019-03-01"),
                TableCell(valuetype="float", value="12.5"),
            ],
            [CoveredTableCell(), TableCell(), TableCell(valuetype="float", value="3", formula="of:=1+2")],
            [text_cell("Summa"), TableCell(), TableCell(formula="of:=SUM([.C2:.C3])")],
        ],
    )
    (read,) = open_file(path)
    assert read.rows[1] == ["Åtgärd", datetime(2019, 3, 1), 12.5]
    assert list(read.merged) == [Span(1, 0, 2, 0)]
    assert read.formulas[3, 2] == "of:=SUM([.C2:.C3])"
    assert read.rows[3][2] is UNCACHED


def test_hidden_and_filtered_rows_of_an_ods_are_known(tmp_path):
    path = tmp_path / "liggare.ods"
    document = OpenDocumentSpreadsheet()
    table = Table(name="Beslut")
    for text, attributes in (
        ("Insats", {}),
        ("A", {"numberrowsrepeated": 2}),
        ("B", {"visibility": "filter"}),
        ("C", {"visibility": "collapse", "numberrowsrepeated": 2}),
        ("D", {"visibility": "visible"}),
    ):
        row = TableRow(**attributes)
        row.addElement(text_cell(text))
        table.addElement(row)
    # What programs write below the last row.
    empty = TableRow(visibility="collapse", numberrowsrepeated=1_048_000)
    empty.addElement(TableCell())
    table.addElement(empty)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    (read,) = open_file(path)
    assert [row[0] for row in read.rows] == ["Insats", "A", "A", "B", "C", "C", "D"]
    assert read.hidden_rows == {3, 4, 5}


def test_a_missing_file_is_told_as_that(tmp_path):
    assert reason_of(tmp_path / "borta.xlsx") is Reason.FILE_MISSING


def test_a_folder_is_no_ledger(tmp_path):
    assert reason_of(tmp_path) is Reason.FORMAT_UNKNOWN


def test_a_file_that_another_program_holds_is_told_as_that(tmp_path, monkeypatch):
    path = tmp_path / "liggare.xlsx"
    path.write_bytes(b"PK")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    assert reason_of(path) is Reason.FILE_LOCKED


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.csv", b"", Reason.FILE_UNREADABLE),
        ("tom.xlsx", b"", Reason.FILE_UNREADABLE),
        ("blank.csv", b"\xef\xbb\xbf \r\n\r\n", Reason.FILE_UNREADABLE),
        ("skadad.xlsx", b"PK\x03\x04 inte en zip", Reason.FILE_UNREADABLE),
        ("skadad.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 inget mer", Reason.FILE_UNREADABLE),
        ("bin.xlsx", b"\x00\x01\x02\x03\x04", Reason.FILE_UNREADABLE),
        (
            "skyddad.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Reason.FILE_UNREADABLE,
        ),
        ("webb.xls", b"<html><table><tr><td>Insats</td></tr></table></html>", Reason.FORMAT_UNKNOWN),
        ("text.xlsx", b"Insats;Belopp\nA;5\n", Reason.FORMAT_UNKNOWN),
        ("liggare.pdf", b"%PDF-1.7", Reason.FORMAT_UNKNOWN),
        ("liggare.docx", b"Insats;Belopp", Reason.FORMAT_UNKNOWN),
        ("binar.csv", b"Insats\x00Belopp", Reason.FORMAT_UNKNOWN),
    ],
)
def test_a_file_that_can_not_be_read_gives_one_fault(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason_of(path) is reason


def test_a_numbers_document_is_told_as_that(tmp_path):
    path = tmp_path / "liggare.numbers"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Index/Document.iwa", b"")
    path.write_bytes(buffer.getvalue())
    assert reason_of(path) is Reason.FORMAT_UNKNOWN


def test_a_truncated_workbook_is_one_fault(tmp_path):
    path, _ = workbook(tmp_path, [["Insats"], ["A"]])
    path.write_bytes(path.read_bytes()[:-200])
    assert reason_of(path) is Reason.FILE_UNREADABLE


def test_what_a_file_is_decides_not_its_name(tmp_path):
    path, _ = workbook(tmp_path, [["Insats"], ["A"]], name="liggare.xlsx")
    renamed = path.rename(tmp_path / "liggare.csv")
    assert open_file(renamed)[0].rows == [["Insats"], ["A"]]


# A short workbook lies in the small sectors of its container, a long one does not.
@pytest.mark.parametrize("rows", [3, 2000])
def test_error_values_and_formulas_without_a_value_in_xls_are_not_read_as_missing(tmp_path, rows):
    book = xlwt.Workbook()
    book.add_sheet("Tomt")
    sheet = book.add_sheet("Beslut")
    for r in range(rows):
        sheet.write(r, 0, f"Insats {r}")
        sheet.write(r, 1, 5)
    sheet.row(0).set_cell_error(2, "#REF!")
    sheet.row(1).set_cell_error(2, 0x2A)
    sheet.write(2, 2, xlwt.Formula("1+1"))
    path = tmp_path / "liggare.xls"
    book.save(str(path))
    read = open_file(path)[1]
    assert [read.rows[r][2] for r in range(3)] == ["#REF!", "#N/A", UNCACHED]
    assert read.rows[2][:2] == ["Insats 2", 5]


def test_error_values_in_ods_are_not_read_as_missing(tmp_path):
    broken = TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
    broken.addElement(P(text="#DIV/0!"))
    (read,) = open_file(ods(tmp_path, [[text_cell("Insats"), text_cell("Belopp")], [text_cell("A"), broken]]))
    assert read.rows[1] == ["A", "#DIV/0!"]


def test_a_known_header_tells_the_delimiter_where_commas_are_in_the_majority():
    text = "Beviljade medel, 2019, alla\nInsats;Belopp\nA, B och C;5,50\nD, E;6,50\n"
    assert delimiter_of(text) == ";"
