"""Tables in and out: any supported file as text as it stands, frames as CSV or XLSX without live formulas."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.errors import Fault, InputRefused, PortfoljError, cause_of
from portfolj.files import replace_whole
from portfolj.ledger.cells import Sheet, Value, clean_text, column_letters, text_of
from portfolj.ledger.header import find_header
from portfolj.ledger.opening import open_file
from portfolj.ledger.sheets import choose_sheets

CELL_LIMIT = 32_767  # characters in one Excel cell
TITLE_ROWS = 20  # how far down a header is looked for
_FAULT_COLUMNS = {
    "file": "Fil",
    "sheet": "Blad",
    "cell": "Cell",
    "found": "Vad som står",
    "allowed": "Tillåtet",
    "action": "Att göra",
    "reason": "Kod",
}


def read_table(
    path: Path, *, sheet: str | None = None, is_heading: Callable[[str], bool] = lambda _: False
) -> pd.DataFrame:
    """The table in a file as text exactly as it stands: original headings, row order, every row below the header.

    All columns are ``str``; an empty cell is an empty text. The header is the row that is recognised best, else the
    first with a cell that ``is_heading``, else the first row that holds anything. A heading that stands twice gets
    `` (2)``, an empty one its column letter. ``sheet`` is a sheet's title; without it the only sheet with a header is
    taken. Raises InputRefused where the file or sheet can't be read.
    """
    sheets = open_file(path)
    if len(sheets) == 1 and sheet is None:
        return _as_frame(sheets[0], is_heading)
    chosen = choose_sheets(sheets, stated=[sheet] if sheet is not None else [])
    if chosen.read:
        return _as_frame(chosen.read[0][0], is_heading)
    named = [s for s in sheets if sheet is not None and clean_text(s.title).casefold() == clean_text(sheet).casefold()]
    if named:
        return _as_frame(named[0], is_heading)
    raise InputRefused(path.name, chosen.faults)


def _as_frame(sheet: Sheet, is_heading: Callable[[str], bool]) -> pd.DataFrame:
    header = find_header(sheet)
    if header is not None:
        headings, last = list(header.headings), header.last
    else:
        first = [r for r, row in enumerate(sheet.rows) if any(text_of(v) for v in row)]
        known = (r for r in first[:TITLE_ROWS] if any(is_heading(text_of(v)) for v in sheet.rows[r] if text_of(v)))
        last = next(known, first[0] if first else -1)
        headings = [text_of(v) for v in sheet.rows[last]] if last >= 0 else []
    body = sheet.rows[last + 1 :]
    width = max([len(headings), *map(len, body)], default=0)
    headings += [""] * (width - len(headings))
    used = [c for c in range(width) if headings[c] or any(c < len(row) and text_of(row[c]) for row in body)]
    titles = _unique([headings[c] or f"Kolumn {column_letters(c)}" for c in used])
    columns = {
        t: [_as_it_stands(row[c]) if c < len(row) else "" for row in body] for t, c in zip(titles, used, strict=True)
    }
    return pd.DataFrame(columns, dtype="str")


def _as_it_stands(value: Value) -> str:
    return value if isinstance(value, str) else text_of(value)


def _unique(headings: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    unique = []
    for heading in headings:
        seen[heading] += 1
        unique.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return unique


def is_plain_utf8(path: Path) -> bool:
    """Whether the file is text in UTF-8 without a byte order mark, as programs write it."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return path.suffix.lower() not in (".xlsx", ".xls", ".ods") and not content.startswith(codecs.BOM_UTF8)


def write_table(frame: pd.DataFrame, path: Path, *, byte_order_mark: bool = True) -> None:
    """The frame, without its index, as CSV or XLSX by the name's ending.

    CSV: comma, UTF-8, ``\\n``, with a byte order mark (Excel then reads å, ä, ö) unless told not to. XLSX: text is
    text, never a formula or a link. The file is replaced whole. Raises PortfoljError for another ending, a place
    that can't be written, or a text too long for an Excel cell; the file that was there then stands.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        content = frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig" if byte_order_mark else "utf-8")
    elif suffix == ".xlsx":
        content = _as_xlsx({"": frame})
    else:
        raise PortfoljError(f"Kan inte skriva {path.name}: filen måste sluta på .csv eller .xlsx.")
    write_whole(path, content)


def write_sheets(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """The frames as the sheets of one XLSX workbook, title -> frame, as ``write_table`` writes one. Raises the same."""
    if path.suffix.lower() != ".xlsx":
        raise PortfoljError(f"Kan inte skriva {path.name}: filen måste sluta på .xlsx.")
    write_whole(path, _as_xlsx(frames))


def write_whole(path: Path, content: bytes) -> None:
    """The content at ``path``, its folder made. Raises PortfoljError, which says what to do, where it can't be written;
    what was there then stands.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content)
    except PermissionError:
        raise PortfoljError(
            f"Kan inte skriva {path.name}: filen är öppen i ett annat program eller skrivskyddad. Stäng den, eller "
            "skriv till en annan fil, och försök igen."
        ) from None
    except OSError as error:
        raise PortfoljError(
            f"Kan inte skriva {path.name} i {path.parent}: {cause_of(error)}. Kontrollera att mappen går att skriva i "
            "och att disken har plats, och försök igen."
        ) from error


def write_faults(faults: Iterable[Fault], path: Path) -> None:
    """The faults as an XLSX workbook, one per row, with Swedish headings; texts are never formulas or links.

    Raises PortfoljError where the file can't be written.
    """
    rows = [[str(getattr(fault, name)) for name in _FAULT_COLUMNS] for fault in faults]
    write_table(pd.DataFrame(rows, columns=list(_FAULT_COLUMNS.values()), dtype="str"), path.with_suffix(".xlsx"))


def _as_xlsx(frames: Mapping[str, pd.DataFrame]) -> bytes:
    # In memory: the library's own error for a file that can't be written is no OSError.
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "default_date_format": "yyyy-mm-dd",
    }
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for title, frame in frames.items():
            _fill(book.add_worksheet(title or None), frame, bold)
    return content.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, bold: Any) -> None:
    headings = [str(column) for column in frame.columns]
    widths = [min(max(len(h), 8), 60) for h in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(frame.itertuples(index=False, name=None), start=1):
        for column, value in enumerate(row):
            if pd.isna(value):
                continue
            if isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value)
            elif isinstance(value, int | float) or hasattr(value, "dtype"):
                sheet.write_number(number, column, float(value))
            else:
                text = str(value)
                if len(text) > CELL_LIMIT:
                    raise PortfoljError(
                        f"Texten i rad {number}, kolumnen {headings[column]!r}, är längre än en Excelcell rymmer. "
                        "Skriv till en .csv i stället."
                    )
                sheet.write_string(number, column, text)
                widths[column] = min(max(widths[column], len(text)), 60)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
