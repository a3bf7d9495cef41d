"""Text files (CSV): which letters, which delimiter, and on which line each record starts."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.ledger.cells import Sheet, is_blank
from portfolj.ledger.header import find_header

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";\t,|"
_SAMPLE = 200


def read_text_file(path: Path, content: bytes) -> Sheet:
    """The text file as one sheet whose cells are all text. Raises InputRefused where it can't be read."""
    return parse_text(decode(content, file=path.name), file=path.name)


def decode(content: bytes, *, file: str) -> str:
    """The file's text: by its byte order mark, else UTF-8, else Windows' cp1252."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content, encoding, file)
    if b"\x00" in content:
        found = "Filen innehåller nollbyte och är inte en textfil"
        raise _refused(file, "", Reason.FORMAT_UNKNOWN, found, "Öppna den i Excel och spara som CSV UTF-8 eller .xlsx")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252", file)


def _decoded(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        found = "Filens tecken går inte att tolka (varken UTF-8, UTF-16 eller Windows cp1252)"
        raise _refused(file, "", Reason.FILE_UNREADABLE, found, "Spara om den som CSV UTF-8") from None


def parse_text(text: str, *, file: str = "liggare.csv") -> Sheet:
    """A sheet from the text of a CSV file. ``numbers`` is the line where each record starts."""
    first_line, _, rest = text.partition("\n")
    stated = first_line.strip().strip('"')
    if stated[:4].lower() == "sep=" and len(stated) == 5:
        rows, numbers = _records(rest, stated[4], file, skipped_lines=1)
    elif stated.lower() == "sep=" and "\t" in first_line:
        rows, numbers = _records(rest, "\t", file, skipped_lines=1)
    else:
        rows, numbers = _records(text, delimiter_of(text), file, skipped_lines=0)
    while rows and all(is_blank(cell) for cell in rows[-1]):
        rows.pop()
    return Sheet(file=file, title="", rows=rows, numbers=numbers[: len(rows)], is_text=True)


def delimiter_of(text: str) -> str:
    """The delimiter that splits most of the first records into the same, largest number of fields.

    Decimal commas and commas in texts may outvote a semicolon, so a delimiter that shows a known header goes first.
    """
    samples = {delimiter: _sample(text, delimiter) for delimiter in _DELIMITERS}
    ordered = sorted(_DELIMITERS, key=lambda delimiter: -_evenness(samples[delimiter]))
    even = [delimiter for delimiter in ordered if _evenness(samples[delimiter]) > 0]
    return next((d for d in even if _shows_header(samples[d])), next(iter(even), ";"))


def _sample(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE))
    except csv.Error:
        return []


def _evenness(records: list[list[str]]) -> float:
    counts = Counter(len(record) for record in records if record)
    width, times = max(((w, n) for w, n in counts.items() if w > 1), key=lambda c: (c[1], c[0]), default=(1, 0))
    return (width - 1) * times / max(counts.total(), 1)


def _shows_header(records: list[list[str]]) -> bool:
    header = find_header(Sheet(file="", title="", rows=records, numbers=range(1, len(records) + 1), is_text=True))
    return header is not None and len(header.fields) > 1


def _records(text: str, delimiter: str, file: str, *, skipped_lines: int) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    numbers: list[int] = []
    start = 1
    try:
        for record in reader:
            rows.append(record)
            numbers.append(start + skipped_lines)
            start = reader.line_num + 1
    except csv.Error as error:
        raise _refused(
            file, f"rad {start + skipped_lines}", Reason.FILE_UNREADABLE, f"Raden går inte att dela: {error}", ""
        ) from None
    if text.count('"') % 2 and _ends_inside_quotes(text, delimiter):
        found = "Ett citattecken öppnas men stängs aldrig, så resten av filen hamnar i en enda cell"
        line = f"rad {numbers[-1]}" if numbers else ""
        raise _refused(file, line, Reason.FILE_UNREADABLE, found, "Ta bort eller stäng citattecknet på raden")
    return rows, numbers


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _refused(file: str, cell: str, reason: Reason, found: str, action: str) -> InputRefused:
    return InputRefused(file, [Fault(file, "", cell, reason, found, "", action)])
