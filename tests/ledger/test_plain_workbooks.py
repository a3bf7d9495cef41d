"""Plain workbooks give the same cells through calamine as through openpyxl, whoever wrote them; others are left."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.ledger.cells import Sheet
from portfolj.ledger.plain_workbooks import read_plain_xlsx
from portfolj.ledger.workbooks import read_xlsx

PATH = Path("bok.xlsx")
FORMATS = [
    "General", "@", "0", "0.00", "# ##0", '# ##0 "kr"', "0%", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd;@", "d mmm yyyy",
    "yyyy", "mmm yy", "[$-41D]d mmmm yyyy", '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', "yyyy-mm-dd hh:mm", "h:mm",
    "[h]:mm", "mm:ss.0", "[Red]0", '0 "dagar"', '"Dag "0', "0.00E+00", "# ?/?", "_-* # ##0_-",
]  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12) | st.sampled_from(
    [
        "Sjukpenning",
        "  inledd",
        "slut ",
        "rad\nbryt",
        "811228-9874",
        "007",
        "1,5",
        "=1",
        "ja",
        "\u00a0",
        "&amp;<b>",
        "😀",
    ]
)
# As days these reach to the last that there is, 31 December 9999; what is larger stands in cells of no other format.
LAST_DAY = 2_958_465
NUMBERS = st.integers(-2, LAST_DAY) | st.floats(-1, LAST_DAY).map(lambda number: round(number, 4)) | st.integers(0, 70)
LARGE = st.integers(LAST_DAY, 10**15) | st.floats(LAST_DAY, 1e14).map(lambda number: round(number, 2))
DAYS = st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda day: day.replace(microsecond=0))
VALUES = st.one_of(st.none(), TEXTS, NUMBERS, st.booleans(), DAYS, DAYS.map(datetime.date), st.times().map(
    lambda moment: moment.replace(microsecond=0, tzinfo=None)
))  # fmt: skip
CELLS = st.tuples(VALUES, st.sampled_from(FORMATS)) | st.tuples(LARGE, st.sampled_from(["General", "0", "@"]))
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=6)


def through_openpyxl(rows: list[list[tuple[Any, str]]]) -> bytes:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=2):
        for c, (value, shown) in enumerate(row, start=2):
            cell = book.active.cell(r, c)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # "=1" is a text here
            if isinstance(value, int | float):
                cell.number_format = shown
    book.active.merge_cells("B3:C4")
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("Dolt").append(["Person", 1])
    book["Dolt"].sheet_state = "hidden"
    return saved(book)


def through_xlsxwriter(rows: list[list[tuple[Any, str]]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Blad å")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, row in enumerate(rows, start=1):
            for c, (value, shown) in enumerate(row, start=1):
                if isinstance(value, date | time):
                    sheet.write_datetime(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value, book.add_format({"num_format": shown}))
        sheet.merge_range("H2:I3", "sammanfogad")
        book.add_worksheet("Dolt").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Blad å'!$B$2:$B$3"})
        book.add_chartsheet("Diagram").set_chart(chart)
    return content.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cells_of(sheet: Sheet) -> list[list[tuple[str, Any]]]:
    """The sheet's cells with their types, without the empty ones at the end of a row."""
    rows = []
    for row in sheet.rows:
        cells = [(type(value).__name__, value) for value in row]
        while cells and cells[-1][1] is None:
            cells.pop()
        rows.append(cells)
    return rows


def facts_of(sheet: Sheet) -> tuple[Any, ...]:
    return sheet.file, sheet.title, list(sheet.numbers), set(sheet.merged), sheet.dates_from_1904, sheet.hidden


def same_or_left(content: bytes) -> bool:
    """Whether it is read as plain; it is then the same as what openpyxl reads."""
    found = read_plain_xlsx(PATH, content)
    if found is None:
        return False
    expected = read_xlsx(PATH, content)
    assert list(map(cells_of, found)) == list(map(cells_of, expected))
    assert list(map(facts_of, found)) == list(map(facts_of, expected))
    return True


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_openpyxl_wrote_is_read_the_same(rows: list[list[tuple[Any, str]]]) -> None:
    same_or_left(through_openpyxl(rows))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_xlsxwriter_wrote_is_read_the_same(rows: list[list[tuple[Any, str]]]) -> None:
    same_or_left(through_xlsxwriter(rows))


@pytest.mark.parametrize("write", [through_openpyxl, through_xlsxwriter])
def test_a_list_of_participants_is_plain(write: Any) -> None:
    head = [(text, "General") for text in ("Person", "Start", "Ålder", "Omfattning", "Anonym")]
    row = [("P1", "@"), (datetime(2023, 2, 6), "yyyy-mm-dd"), (34, "General"), (0.5, "0%"), (True, "General")]
    assert same_or_left(write([head, row, [(None, "General")] * 5, row]))


@pytest.mark.parametrize("cell", ["=1+1", "#N/A", "_x000D_rad", 12345678901234567, 1e20, -1, timedelta(hours=1e-5)])
def test_a_workbook_with_what_could_be_read_otherwise_is_left_to_openpyxl(cell: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Person", cell])
    assert read_plain_xlsx(PATH, saved(book)) is None


def test_so_are_days_from_1904_and_numbers_written_with_a_decimal(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Person", 1])
    plain = saved(book)
    assert same_or_left(plain)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read_plain_xlsx(PATH, saved(book)) is None
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>1</v>", b"<v>1.0</v>"))
    assert read_plain_xlsx(PATH, written.getvalue()) is None
    assert read_plain_xlsx(PATH, b"PK, but no archive") is None
