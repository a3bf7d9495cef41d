"""The sheet where a reviewer says whether two interventions with names alike are one and the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from portfolj.coding.decisions import SAME_AS
from portfolj.ledger import mask_personal_numbers
from portfolj.portfolio.view import Portfolio
from portfolj.review import columns as c
from portfolj.review.choices import NO, UNDO, YES
from portfolj.review.formats import Formats
from portfolj.review.rows import Item, Pair

HEADINGS = (
    (c.ANSWER, 15), ("Insats A", 34), ("Insats B", 34), ("Lika, procent", 9), ("Sökande A", 24), ("Sökande B", 24),
    ("År A", 11), ("År B", 11), ("Beviljat A, kr", 13), ("Beviljat B, kr", 13), (c.WHY, 40), (c.BY, 18), (c.ON, 12),
    (c.KEY_JOINS, 20), (c.KEY_REMAINS, 20),
)  # fmt: skip


def pairs_sheet(
    sheet: Any, portfolio: Portfolio, pairs: Sequence[Pair], items: Mapping[str, Item], formats: Formats
) -> None:
    """Writes ``pairs``, those to ask about first. Of one answered ja, A is no longer in the ledger by itself."""
    for column, (heading, width) in enumerate(HEADINGS):
        is_open = heading in (c.ANSWER, c.WHY, c.BY, c.ON)
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, formats.head_open if is_open else formats.head)
    for row, pair in enumerate(pairs, start=1):
        both = [items.get(key) for key in (pair.key, pair.other)]
        answer = {"": "", SAME_AS: YES}.get(pair.answer, NO)
        sheet.write_string(row, 0, answer, formats.decided) if answer else sheet.write_blank(row, 0, None, formats.open)
        gone = ("ingår i B", "ingår i en annan insats") if pair.answer == SAME_AS else ("", "")
        for place, (item, key) in enumerate(zip(both, (pair.key, pair.other), strict=True)):
            sheet.write_string(row, 1 + place, _text(item, "name") or f"{key} ({gone[place]})", formats.name)
            sheet.write_string(row, 4 + place, _text(item, "applicant"), formats.plain)
            sheet.write_string(row, 6 + place, _years(item), formats.plain)
            sek = None if item is None else item.row["granted_sek"]
            if sek is None or pd.isna(sek):
                sheet.write_blank(row, 8 + place, None, formats.money)
            else:
                sheet.write_number(row, 8 + place, sek, formats.money)
        if pair.likeness is None:
            sheet.write_blank(row, 3, None, formats.plain)
        else:
            sheet.write_number(row, 3, pair.likeness, formats.money)
        for column, cell in ((10, formats.wrap_open), (11, formats.wrap_open), (12, formats.date)):
            sheet.write_blank(row, column, None, cell)
        sheet.write_string(row, 13, pair.key, formats.small_text)
        sheet.write_string(row, 14, pair.other, formats.small_text)
    last = max(len(pairs), 1)
    message = f"Svara {YES} eller {NO}, eller lämna cellen tom. ”{UNDO}” tar bort ett svar."
    rule = {
        "validate": "list",
        "source": f"={c.LISTS}!$E$1:$E$3",
        "error_title": "Välj i listan",
        "error_message": message,
    }
    sheet.data_validation(1, 0, last, 0, rule)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
    sheet.set_row(0, 34)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _text(item: Item | None, field: str) -> str:
    return "" if item is None or pd.isna(item.row[field]) else mask_personal_numbers(str(item.row[field]))


def _years(item: Item | None) -> str:
    if item is None:
        return ""
    first, last = item.row["first_year"], item.row["last_year"]
    if pd.isna(first):
        return "utan år"
    return str(int(first)) if first == last else f"{int(first)}–{int(last)}"
