"""``review.xlsx``: what needs a decision first, with the words behind each answer marked and lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from portfolj.coding import Codebook
from portfolj.coding.choices import choices
from portfolj.ledger import mask_personal_numbers
from portfolj.portfolio.view import Portfolio
from portfolj.review import columns as c
from portfolj.review.choices import NO, REVIEWED, UNDO, YES
from portfolj.review.cover_sheet import cover_sheet
from portfolj.review.formats import Formats, height, lines
from portfolj.review.interventions_sheet import InterventionsSheet
from portfolj.review.pairs_sheet import pairs_sheet
from portfolj.review.rows import Item, Pair, full_codebook
from portfolj.review.state import SHEET, state_rows

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CODES = {"Uppgift": 16, "Svar": 34, "Betydelse": 100, "Kod": 28}


def workbook_of(portfolio: Portfolio, *, items: Sequence[Item], pairs: Sequence[Pair]) -> bytes:
    """The review workbook as the bytes of an XLSX file. Ledger text never becomes a formula or a link in it."""
    import xlsxwriter

    codebook = full_codebook(portfolio)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": f"Granskningsbok: {mask_personal_numbers(portfolio.federation.name)}"})
        formats = Formats(book)
        cover_sheet(book.add_worksheet(c.COVER), portfolio, items, pairs, formats)
        InterventionsSheet(book.add_worksheet(c.INTERVENTIONS), portfolio, codebook, items, formats).write()
        pairs_sheet(book.add_worksheet(c.PAIRS), pairs, {item.key: item for item in items}, _names(portfolio), formats)
        _codes(book.add_worksheet(c.CODES), codebook, formats)
        _lists(book.add_worksheet(c.LISTS), codebook)
        _state(book.add_worksheet(SHEET), state_rows(portfolio.federation.key, items, pairs))
    return stream.getvalue()


def _names(portfolio: Portfolio) -> dict[str, str]:
    """Id -> name, as the ledger's rows have them."""
    known = portfolio.prepared.rows[["intervention_id", "name"]].dropna().astype("str")
    return dict(zip(known["intervention_id"], known["name"], strict=True))


def _codes(sheet: Any, codebook: Codebook, formats: Formats) -> None:
    """What each answer means."""
    for column, (heading, width) in enumerate(_CODES.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head)
    listed = [(d, label, code) for d in REVIEWED for label, code in choices(codebook, d).items() if code]
    for row, (dimension, label, code) in enumerate(listed, start=1):
        definition = codebook.definition(dimension, code)
        cells = (codebook.dimension_label(dimension), label, definition, code)
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, formats.name if column == 1 else formats.plain)
        sheet.set_row(row, height(lines(definition, _CODES["Betydelse"]), lowest=18))
    sheet.freeze_panes(1, 0)


def _lists(sheet: Any, codebook: Codebook) -> None:
    for column, answers in enumerate([*([*choices(codebook, d), UNDO] for d in REVIEWED), (YES, NO, UNDO)]):
        for row, answer in enumerate(answers):
            sheet.write_string(row, column, answer)
    sheet.hide()


def _state(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(row, column, text)
    sheet.hide()
