"""The first sheet of a review workbook: what to do, where to write one's name, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.coding.goal_classes import GOALS
from portfolj.ledger import mask_personal_numbers
from portfolj.portfolio.view import Portfolio
from portfolj.review import columns as c
from portfolj.review.choices import UNDO
from portfolj.review.formats import Formats
from portfolj.review.rows import Item, Pair
from portfolj.review.said import SEVERAL
from portfolj.review.waiting import pairs_waiting, waiting

MARK_WORDS = {
    OWNER: "huvudman", TARGET_GROUPS: "målgrupp", ORIENTATION: "inriktning", PROCESS_SUPPORT: "processtöd",
    GOALS: "mål", SEVERAL: "flera på en gång",
}  # fmt: skip
LABEL_WIDTH, TEXT_WIDTH = 18, 104


def cover_sheet(
    sheet: Any, portfolio: Portfolio, items: Sequence[Item], pairs: Sequence[Pair], formats: Formats
) -> None:
    """Writes the sheet."""
    key = portfolio.federation.key
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"Granskningsbok: {mask_personal_numbers(portfolio.federation.name)}", formats.title)
    lines: list[tuple[str, str]] = []
    notice = portfolio.federation.notice
    if notice is not None:
        lines += [(notice.title, notice.text), ("", "")]
    lines += [
        ("Period", portfolio.period_label),
        ("Insatser", f"{waiting(items)}."),
        *([("Lika namn", f"{pairs_waiting(pairs)} på bladet {c.PAIRS}.")] if pairs_waiting(pairs) else []),
        ("", ""),
        ("1. Läs", f"Överst på bladet {c.INTERVENTIONS} står det som är osäkert och gäller mest pengar. Orden bakom "
                   "svaren har färg."),
        ("2. Svara", "Välj i listan i de gula cellerna. Det som redan stämmer lämnar du tomt."),
        ("3. Motivera", f"Skriv varför i kolumnen {c.WHY}, och ditt namn här nedanför."),
        ("4. Spara", f"Spara och stäng boken. Kör sedan: portfolj review {key} --apply"),
        ("", ""),
    ]  # fmt: skip
    row = 2
    for label, text in lines:
        sheet.write_string(row, 0, label, formats.label)
        sheet.write_string(row, 1, text, formats.text)
        sheet.set_row(row, 15.75 * max(-(-len(label) // LABEL_WIDTH), -(-len(text) // TEXT_WIDTH), 1))
        row += 1
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, c.NAME_CELL, formats.label)
    sheet.write_blank(row, 1, None, formats.name_cell)
    sheet.write_string(row + 2, 0, "Färger", formats.label)
    legend: list[Any] = ["Ord som avgjorde "]
    for place, (dimension, words) in enumerate(MARK_WORDS.items()):
        legend += [formats.marks[dimension], words, ", " if place < len(MARK_WORDS) - 1 else "."]
    sheet.write_rich_string(row + 2, 1, *legend, formats.text)
    cells = (
        (formats.open, "Gult: svaret är osäkert, välj här"),
        (formats.sure, "Vitt: svaret är säkert, men du kan ändra det"),
        (formats.decided, f"Grönt: redan beslutat. Välj ”{UNDO}” för att låta regeln svara igen"),
    )
    for offset, (cell, text) in enumerate(cells, start=3):
        sheet.write_string(row + offset, 1, text, cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
