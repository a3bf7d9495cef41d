"""The sheet where a reviewer says whether two interventions with names alike are one and the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from portfolj.coding.decisions import SAME_AS
from portfolj.ledger import mask_personal_numbers
from portfolj.review import columns as c
from portfolj.review.choices import NO, YES
from portfolj.review.formats import Formats, height, lines
from portfolj.review.rows import Item, Pair

WIDTHS = {
    c.ANSWER: 15, "Insats A": 30, "Insats B": 30, "Underlag A": 44, "Underlag B": 44, "År A": 10, "År B": 10,
    "Beviljat A, kr": 13, "Beviljat B, kr": 13, c.WHY: 34, c.BY: 16, c.ON: 11, "Lika, procent": 9,
    c.KEY_JOINS: 20, c.KEY_REMAINS: 20,
}  # fmt: skip
SHOWN_LETTERS = 300  # of each text: enough to tell two interventions apart


def pairs_sheet(
    sheet: Any, pairs: Sequence[Pair], items: Mapping[str, Item], names: Mapping[str, str], formats: Formats
) -> None:
    """Writes ``pairs``, those to ask about first. Of one answered ja, A is no longer an intervention by itself.

    ``names``: what the ledger's rows call the interventions that have become part of another.
    """
    places = {heading: column for column, heading in enumerate(WIDTHS)}
    for heading, column in places.items():
        is_open = heading in (c.ANSWER, c.WHY, c.BY, c.ON)
        sheet.set_column(column, column, WIDTHS[heading])
        sheet.write_string(0, column, heading, formats.head_open[""] if is_open else formats.head)
    for row, pair in enumerate(pairs, start=1):
        answer = {"": "", SAME_AS: YES}.get(pair.answer, NO)
        sheet.write_string(row, 0, answer, formats.decided) if answer else sheet.write_blank(row, 0, None, formats.open)
        most = 1
        for letter, key in (("A", pair.key), ("B", pair.other)):
            item = items.get(key)
            text = _texts(item)
            most = max(most, lines(text, WIDTHS["Underlag A"]), lines(_name(item, key, names), WIDTHS["Insats A"]))
            sheet.write_string(row, places[f"Insats {letter}"], _name(item, key, names), formats.name)
            sheet.write_string(row, places[f"Underlag {letter}"], text, formats.plain)
            sheet.write_string(row, places[f"År {letter}"], c.years(item.row) if item else "", formats.plain)
            sek = None if item is None or pd.isna(item.row["granted_sek"]) else item.row["granted_sek"]
            _number(sheet, row, places[f"Beviljat {letter}, kr"], sek, formats)
        _number(sheet, row, places["Lika, procent"], pair.likeness, formats)
        for heading, cell in ((c.WHY, formats.sure), (c.BY, formats.sure), (c.ON, formats.date)):
            sheet.write_blank(row, places[heading], None, cell)
        sheet.write_string(row, places[c.KEY_JOINS], pair.key, formats.small)
        sheet.write_string(row, places[c.KEY_REMAINS], pair.other, formats.small)
        sheet.set_row(row, height(most))
    if not pairs:
        sheet.write_string(1, 1, "Inga namn är så lika att de behöver ett svar.")
    last = max(len(pairs), 1)
    sheet.data_validation(1, 0, last, 0, c.list_of(c.list_source(c.PAIRS, 3)))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, last, len(WIDTHS) - 1)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _name(item: Item | None, key: str, names: Mapping[str, str]) -> str:
    if item is None:
        return f"{mask_personal_numbers(names.get(key, key))} (ingår i en annan insats)"
    return mask_personal_numbers(str(item.row["name"]))


def _texts(item: Item | None) -> str:
    """The texts of an intervention, each by its label, not longer than what tells two apart."""
    if item is None:
        return ""
    fields = [(label, item.row[field]) for field, label in c.TEXT_LABELS.items()]
    told = [f"{label}: {mask_personal_numbers(str(text))}" for label, text in fields if not pd.isna(text) and text]
    return "\n".join(text if len(text) <= SHOWN_LETTERS else f"{text[:SHOWN_LETTERS]}…" for text in told)


def _number(sheet: Any, row: int, column: int, number: float | None, formats: Formats) -> None:
    if number is None:
        sheet.write_blank(row, column, None, formats.money)
    else:
        sheet.write_number(row, column, number, formats.money)
