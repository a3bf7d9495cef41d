"""The sheet with one row per intervention: its text with the words marked, what is said now, and cells to decide in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.choices import choices, label_of
from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.coding.goal_classes import GOALS
from portfolj.ledger import mask_personal_numbers
from portfolj.portfolio.view import Portfolio
from portfolj.review import columns as c
from portfolj.review.choices import REVIEWED, STANDS
from portfolj.review.doubt import TEXT_CHANGED
from portfolj.review.formats import BOLD, GREY, LABEL, Formats, height, lines, text_of_pieces
from portfolj.review.rows import Item
from portfolj.review.said import Marked, marked, rules, said

NAME_WIDTH, TEXT_WIDTH, NOW_WIDTH = 24, 52, 42
DECISION_WIDTHS = {OWNER: 20, TARGET_GROUPS: 18, ORIENTATION: 18, PROCESS_SUPPORT: 17, GOALS: 24}
NOT_HERE = "Kan inte beslutas här: insatsen känns bara igen på ett personnummer. Ge raden ett id i liggaren."
NO_TEXT = "inget underlag i liggaren"


class InterventionsSheet:
    """Lists are the same all down a column, so that sorting does no harm."""

    def __init__(
        self, sheet: Any, portfolio: Portfolio, codebook: Codebook, items: Sequence[Item], formats: Formats
    ) -> None:
        self.sheet, self.portfolio, self.codebook, self.items, self.formats = sheet, portfolio, codebook, items, formats
        most = max((len(item.decided.get(TARGET_GROUPS, "").split(";")) for item in items), default=1)
        # A ledger without goals is not asked about them, unless somebody has decided on them already.
        has_goals = "goal_text" in portfolio.prepared.columns or any(GOALS in item.decided for item in items)
        self.reviewed = tuple(d for d in REVIEWED if d != GOALS or has_goals)
        self.decisions = {d: c.decision_headings(codebook, d, most) for d in self.reviewed}
        self.any_changed = any(TEXT_CHANGED in item.doubts.values() for item in items)
        self.widths = {
            c.NAME: NAME_WIDTH, c.GRANTED: 12, c.TEXT: TEXT_WIDTH, c.NOW: NOW_WIDTH,
            **({c.STANDS: 19} if self.any_changed else {}),
            **{heading: DECISION_WIDTHS[d] for d, headings in self.decisions.items() for heading in headings},
            c.WHY: 34, c.BY: 16, c.ON: 11, c.YEARS: 10, c.COUNTED: 11, c.KEY: 18, c.RULES: 60,
        }  # fmt: skip
        self.places = {heading: place for place, heading in enumerate(self.widths)}

    def write(self) -> None:
        """Writes the whole sheet."""
        self._head()
        for place, item in enumerate(self.items, start=1):
            self._row(place, item)
        last = max(len(self.items), 1)
        self._lists(last)
        self.sheet.freeze_panes(1, self.places[c.NAME] + 1)
        self.sheet.set_zoom(90)  # from name to reason in one view on a common screen
        self.sheet.autofilter(0, 0, last, len(self.places) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, last, self.places[c.ON])
        self.sheet.repeat_rows(0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        name = mask_personal_numbers(self.portfolio.federation.name)[:150].replace("&", "&&")
        self.sheet.set_footer(f"&L{name}&RSida &P av &N")

    def _head(self) -> None:
        looks = {heading: d for d, headings in self.decisions.items() for heading in headings}
        looks |= dict.fromkeys((c.STANDS, c.WHY, c.BY, c.ON), "")
        for heading, column in self.places.items():
            cell = self.formats.head_open[looks[heading]] if heading in looks else self.formats.head
            self.sheet.set_column(column, column, self.widths[heading])
            self.sheet.write_string(0, column, heading, cell)
        self.sheet.set_row(0, 32)

    def _row(self, place: int, item: Item) -> None:
        f, granted = self.formats, item.row["granted_sek"]
        if pd.isna(granted):
            self.sheet.write_string(place, self.places[c.GRANTED], "uppgift saknas", f.missing)
        else:
            self.sheet.write_number(place, self.places[c.GRANTED], granted, f.money)
        name = [(text, look or BOLD) for text, look in marked(item.row, "name")]
        texts = ((c.NAME, name, f.name), (c.TEXT, self._text(item), f.plain), (c.NOW, self._now(item), f.plain))
        for heading, pieces, cell in texts:
            f.write_pieces(self.sheet, place, self.places[heading], pieces, cell)
        for dimension in self.reviewed:
            self._decision(place, item, dimension)
        if self.any_changed:
            is_open = TEXT_CHANGED in item.doubts.values()
            self.sheet.write_blank(place, self.places[c.STANDS], None, f.open if is_open else f.sure)
        for heading, cell in ((c.WHY, f.sure), (c.BY, f.sure), (c.ON, f.date)):
            self.sheet.write_blank(place, self.places[heading], None, cell)
        self.sheet.write_string(place, self.places[c.YEARS], c.years(item.row), f.plain)
        self.sheet.write_string(place, self.places[c.COUNTED], "ja" if item.counted else "nej", f.plain)
        self.sheet.write_string(place, self.places[c.KEY], item.key, f.small)
        self.sheet.write_string(place, self.places[c.RULES], rules(item.row, self.codebook), f.unwrapped)
        most = max(lines(text_of_pieces(pieces), self.widths[heading]) for heading, pieces, _ in texts)
        self.sheet.set_row(place, height(most))

    def _text(self, item: Item) -> Marked:
        pieces: Marked = []
        for field, label in c.TEXT_LABELS.items():
            if text := marked(item.row, field):
                pieces += [("\n" if pieces else "", ""), (f"{label}: ", LABEL), *text]
        return pieces or [(NO_TEXT, GREY)]

    def _now(self, item: Item) -> Marked:
        pieces: Marked = []
        for dimension in self.reviewed:
            is_decided = dimension in item.decided
            if dimension == GOALS and pd.isna(item.row["goal_text"]) and not is_decided:
                continue
            if dimension == PROCESS_SUPPORT and not item.row[dimension] and not is_decided:
                continue  # most are no process support, and nothing needs to be said about it
            answer, note = said(item.row, dimension, self.codebook, doubt=item.doubts.get(dimension, ""))
            label = f"{self.codebook.dimension_label(dimension)}: "
            pieces += [
                ("\n" if pieces else "", ""),
                (label, dimension),
                (answer, BOLD),
                (f" – {note}" if note else "", ""),
            ]
        return pieces if item.can_decide else [*pieces, (f"\n{NOT_HERE}", GREY)]

    def _decision(self, place: int, item: Item, dimension: str) -> None:
        decided = item.decided.get(dimension)
        # A drop-down takes one value: the classes of several goals stand together in their one cell.
        codes = [] if decided is None else [decided] if dimension == GOALS else decided.split(";")
        kind = self.formats.decided if decided is not None else self.formats.open if dimension in item.doubts else None
        for rank, heading in enumerate(self.decisions[dimension]):
            if rank < len(codes):
                label = "; ".join(label_of(self.codebook, dimension, code) for code in codes[rank].split(";"))
                self.sheet.write_string(place, self.places[heading], label, self.formats.decided)
            else:
                self.sheet.write_blank(place, self.places[heading], None, kind or self.formats.sure)

    def _lists(self, last: int) -> None:
        for dimension in self.reviewed:
            source = c.list_source(dimension, len(choices(self.codebook, dimension)) + 1)
            for heading in self.decisions[dimension]:
                column = self.places[heading]
                self.sheet.data_validation(1, column, last, column, c.list_of(source))
        if self.any_changed:
            column = self.places[c.STANDS]
            self.sheet.data_validation(1, column, last, column, c.list_of([STANDS]))
