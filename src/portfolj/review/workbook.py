"""``review.xlsx``: what needs a decision first, with the words behind each answer marked and lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.ledger import mask_personal_numbers
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio
from portfolj.review import columns as c
from portfolj.review.choices import NO, REVIEWED, STANDS, UNDO, YES, choices, label_of
from portfolj.review.doubt import DOUBTS, TEXT_CHANGED
from portfolj.review.formats import Formats
from portfolj.review.pairs_sheet import pairs_sheet
from portfolj.review.rows import Item, full_codebook, review_items, review_pairs
from portfolj.review.said import SEVERAL, marked, said
from portfolj.review.state import SHEET, state_rows

MARK_WORDS = {
    OWNER: "huvudman", TARGET_GROUPS: "målgrupp", ORIENTATION: "inriktning", PROCESS_SUPPORT: "processtöd",
    SEVERAL: "flera uppgifter på en gång",
}  # fmt: skip
WIDTHS = {"applicant": 22, "target_group_text": 26, "description": 64, "goal_text": 40}
NOW_WIDTH, DECISION_WIDTH, DOUBT_WIDTH, NAME_WIDTH = 36, 21, 30, 28
LINE_POINTS, LOWEST_POINTS, HIGHEST_POINTS = 13.5, 42, 260
LONGEST_CELL = 32_000  # letters; Excel's own limit is 32 767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_of(portfolio: Portfolio) -> bytes:
    """The review workbook as the bytes of an XLSX file. Ledger text never becomes a formula or a link in it."""
    import xlsxwriter

    items, pairs, codebook = review_items(portfolio), review_pairs(portfolio), full_codebook(portfolio)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": f"Granskningsbok: {portfolio.federation.name}"})
        formats = Formats(book)
        _cover(
            book.add_worksheet(c.COVER), portfolio, items, asked=sum(not pair.answer for pair in pairs), formats=formats
        )
        _Interventions(book.add_worksheet(c.INTERVENTIONS), portfolio, codebook, items, formats).write()
        names = {item.key: item for item in items}
        pairs_sheet(book.add_worksheet(c.PAIRS), portfolio, pairs, names, formats)
        _lists(book.add_worksheet(c.LISTS), codebook)
        _state(book.add_worksheet(SHEET), state_rows(portfolio.federation.key, items, pairs))
    return stream.getvalue()


def _cover(sheet: Any, portfolio: Portfolio, items: Sequence[Item], *, asked: int, formats: Formats) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 96)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"Granskningsbok: {mask_personal_numbers(portfolio.federation.name)}", formats.title)
    row = 1
    notice = portfolio.federation.notice
    if notice is not None and notice.title:
        sheet.write_string(row, 0, f"{notice.title}: {notice.text}", formats.plain)
        row += 1
    steps = (
        f"Gå till bladet {c.INTERVENTIONS}: överst står det som är mest osäkert och gäller mest pengar, med orden bakom varje svar i färg.",  # noqa: E501
        "Välj rätt svar i de gula cellernas listor; det som redan stämmer lämnar du tomt.",
        f"Skriv varför i kolumnen {c.WHY}; ditt namn räcker att skriva en gång, här nedanför.",
        f"Svara ja eller nej på bladet {c.PAIRS}: två namn som blir en insats räknas sedan som en.",
        f"Spara, stäng och kör portfolj review {portfolio.federation.key} --apply. Ett beslut tar du tillbaka med valet ”{UNDO}”.",  # noqa: E501
    )  # fmt: skip
    row += 1
    for number, step in enumerate(steps, start=1):
        sheet.write_string(row, 0, f"Steg {number}", formats.label)
        sheet.write_string(row, 1, step, formats.plain)
        row += 1
    row += 1
    sheet.write_string(row, 0, c.NAME_CELL, formats.label)
    sheet.write_blank(row, 1, None, formats.open)
    row += 2
    open_ = [item for item in items if item.counted and item.doubts]
    sek = sum_sek(pd.Series([item.row["granted_sek"] for item in open_], dtype="float64"))
    facts = [
        ("Period", portfolio.period_label),
        ("Att besluta om", f"{len(open_)} av {sum(item.counted for item in items)} insatser i rapporten"),
        ("Kronor bakom dem", f"{sek:,.0f} kr".replace(",", "\u00a0")),
        ("Lika namn", f"{asked} par att svara på"),
    ]
    for label, text in facts:
        sheet.write_string(row, 0, label, formats.label)
        sheet.write_string(row, 1, text, formats.plain)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Färger", formats.label)
    legend: list[Any] = ["Ord som avgjorde "]
    for place, (dimension, words) in enumerate(MARK_WORDS.items()):
        legend += [formats.marks[dimension], words, ", " if place < len(MARK_WORDS) - 1 else "."]
    sheet.write_rich_string(row, 1, *legend, formats.plain)
    cells = ((formats.open, "Gult: välj här om svaret är osäkert"), (formats.sure, "Vitt: svaret är säkert, men kan ändras"),  # noqa: E501
             (formats.decided, "Grönt: beslutat sedan tidigare"))  # fmt: skip
    for offset, (cell, text) in enumerate(cells, start=1):
        sheet.write_string(row + offset, 1, text, cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Interventions:
    """The sheet with one row per intervention. Lists are the same all down a column, so that sorting does no harm."""

    def __init__(
        self, sheet: Any, portfolio: Portfolio, codebook: Codebook, items: Sequence[Item], formats: Formats
    ) -> None:
        self.sheet, self.portfolio, self.codebook, self.items, self.formats = sheet, portfolio, codebook, items, formats
        self.most = max((len(i.decided.get(TARGET_GROUPS, "").split(";")) for i in items), default=1)
        self.fields = [
            field for field in c.TEXT_HEADINGS if any(not pd.isna(i.row[field]) and i.row[field] for i in items)
        ]
        self.any_changed = any(TEXT_CHANGED in item.doubts.values() for item in items)
        self.headings: list[tuple[str, float]] = []

    def write(self) -> None:
        self._head()
        for place, item in enumerate(self.items, start=1):
            self._row(place, item)
        last = max(len(self.items), 1)
        self._lists(last)
        names = [heading for heading, _ in self.headings]
        self.sheet.freeze_panes(1, names.index("Insats") + 1)
        self.sheet.autofilter(0, 0, last, len(names) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.set_footer(f"&L{self.portfolio.federation.name.replace('&', '&&')}&RSida &P av &N")

    def _head(self) -> None:
        self.headings = [
            ("Nr", 5),
            ("Insats", NAME_WIDTH),
            ("Att ta ställning till", DOUBT_WIDTH),
            ("Beviljat, kr", 12),
        ]
        self.headings += [(c.TEXT_HEADINGS[field], WIDTHS[field]) for field in self.fields]
        for dimension in REVIEWED:
            self.headings.append((c.now_heading(self.codebook, dimension), NOW_WIDTH))
            self.headings += [(h, DECISION_WIDTH) for h in c.decision_headings(self.codebook, dimension, self.most)]
        self.headings += [(c.STANDS, 16)] if self.any_changed else []
        self.headings += [(c.WHY, 36), (c.BY, 18), (c.ON, 12), ("År", 11), ("I rapporten", 10), (c.KEY, 18)]
        for column, (heading, width) in enumerate(self.headings):
            is_decision = ": beslut" in heading or heading in (c.WHY, c.BY, c.ON, c.STANDS)
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, heading, self.formats.head_open if is_decision else self.formats.head)
        self.sheet.set_row(0, 34)

    def _row(self, place: int, item: Item) -> None:
        f, lines = self.formats, [1.0]
        cells = iter(range(len(self.headings)))
        self.sheet.write_number(place, next(cells), place, f.small)
        lines.append(self._text(place, next(cells), item, "name", NAME_WIDTH, f.name))
        doubts = _doubts(item, self.codebook)
        lines.append(_lines(doubts, DOUBT_WIDTH))
        self.sheet.write_string(place, next(cells), doubts, f.plain)
        sek, column = item.row["granted_sek"], next(cells)
        if pd.isna(sek):
            self.sheet.write_string(place, column, "uppgift saknas", f.missing)
        else:
            self.sheet.write_number(place, column, sek, f.money)
        for field in self.fields:
            lines.append(self._text(place, next(cells), item, field, WIDTHS[field], f.plain))
        for dimension in REVIEWED:
            text = mask_personal_numbers(said(item.row, dimension, self.codebook))
            lines.append(_lines(text, NOW_WIDTH))
            self.sheet.write_string(place, next(cells), text[:LONGEST_CELL], f.now)
            self._decision(place, [next(cells) for _ in range(c.ranks(dimension, self.most))], item, dimension)
        if self.any_changed:
            changed = TEXT_CHANGED in item.doubts.values()
            self.sheet.write_blank(place, next(cells), None, f.open if changed else f.sure)
        self.sheet.write_blank(place, next(cells), None, f.wrap_open)
        self.sheet.write_blank(place, next(cells), None, f.wrap_open)
        self.sheet.write_blank(place, next(cells), None, f.date)
        self.sheet.write_string(place, next(cells), _years(item), f.plain)
        self.sheet.write_string(place, next(cells), "ja" if item.counted else "nej", f.plain)
        self.sheet.write_string(place, next(cells), item.key, f.small_text)
        self.sheet.set_row(place, min(HIGHEST_POINTS, max(LOWEST_POINTS, LINE_POINTS * max(lines) + 4)))

    def _decision(self, place: int, cells: list[int], item: Item, dimension: str) -> None:
        decided = item.decided.get(dimension)
        codes = [] if decided is None else decided.split(";")
        kind = self.formats.decided if decided is not None else self.formats.open if dimension in item.doubts else None
        for rank, column in enumerate(cells):
            if rank < len(codes):
                label = label_of(self.codebook, dimension, codes[rank])
                self.sheet.write_string(place, column, label, self.formats.decided)
            else:
                self.sheet.write_blank(place, column, None, kind or self.formats.sure)

    def _text(self, place: int, column: int, item: Item, field: str, width: float, cell: Any) -> float:
        pieces = marked(item.row, field)
        text = "".join(words for words, _ in pieces)
        if len(text) > LONGEST_CELL:
            pieces = [(f"{text[:LONGEST_CELL]}…", "")]
        self.formats.write_marked(self.sheet, place, column, pieces, cell)
        return _lines(text, width)

    def _lists(self, last: int) -> None:
        names = [heading for heading, _ in self.headings]
        for place, dimension in enumerate(REVIEWED):
            # Each list stands in a column of its own on the hidden sheet: typed into the cell it may be too long.
            length = len(choices(self.codebook, dimension)) + 1
            letter = "ABCDEFGH"[place]
            source = f"={c.LISTS}!${letter}$1:${letter}${length}"
            for heading in c.decision_headings(self.codebook, dimension, self.most):
                column = names.index(heading)
                self.sheet.data_validation(1, column, last, column, {
                    "validate": "list", "source": source, "error_title": "Välj i listan",
                    "error_message": f"Välj ett av svaren i listan, eller lämna cellen tom. ”{UNDO}” tar bort ett beslut.",  # noqa: E501
                })  # fmt: skip
        if self.any_changed:
            column = names.index(c.STANDS)
            self.sheet.data_validation(1, column, last, column, {"validate": "list", "source": [STANDS]})


def _doubts(item: Item, codebook: Codebook) -> str:
    lines = [f"{codebook.dimension_label(d)}: {DOUBTS[doubt]}" for d, doubt in item.doubts.items()]
    if not item.can_decide:
        lines.append("Kan inte beslutas här: insatsen känns bara igen på ett personnummer. Ge raden ett id i liggaren")
    return "\n".join(lines) or "Inget: svaren är säkra eller beslutade"


def _years(item: Item) -> str:
    first, last = item.row["first_year"], item.row["last_year"]
    if pd.isna(first):
        return "utan år"
    return str(int(first)) if first == last else f"{int(first)}–{int(last)}"


def _lines(text: str, width: float) -> float:
    """Lines that a text takes in a column of that many letters."""
    return sum(1 + len(line) // max(int(width * 1.05), 1) for line in text.split("\n"))


def _lists(sheet: Any, codebook: Codebook) -> None:
    for column, dimension in enumerate(REVIEWED):
        for row, label in enumerate([*choices(codebook, dimension), UNDO]):
            sheet.write_string(row, column, label)
    for row, answer in enumerate((YES, NO, UNDO)):
        sheet.write_string(row, len(REVIEWED), answer)
    sheet.hide()


def _state(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(row, column, text)
    sheet.hide()
