"""How the cells of a review workbook look, and how marked words are written into one."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.coding.goal_classes import GOALS
from portfolj.review.said import SEVERAL

# Dark enough on white to be read (at least 4.5:1), and bold, so that a print without colours tells too.
MARK_COLOURS = {OWNER: "#0B5CAD", TARGET_GROUPS: "#A3330B", ORIENTATION: "#1B6E35", PROCESS_SUPPORT: "#7A3E9D",
                GOALS: "#00696B",                 SEVERAL: "#8A5A00"}  # fmt: skip
OPEN, DECIDED, LINE, HEAD, HEAD_OPEN = "#FFF4C2", "#DDF0DD", "#C8C8C8", "#DCE3EA", "#F3DC82"
LABEL, BOLD, GREY = "label", "bold", "grey"  # other looks of a piece of text
LONGEST_CELL = 32_000  # letters; Excel's own limit is 32 767
LINE_POINTS, LOWEST_POINTS, HIGHEST_POINTS = 13.5, 42, 409  # 409 is the highest row that Excel has

Pieces = Sequence[tuple[str, str]]


class Formats:
    """Every format of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": LINE, "font_size": 10}
        self._book, self._base = book, base

        def made(**more: Any) -> Any:
            return book.add_format(base | more)

        self.title = book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"})
        self.label = book.add_format({"bold": True, "valign": "top", "font_size": 11, "text_wrap": True})
        self.text = book.add_format({"valign": "top", "font_size": 11, "text_wrap": True})
        self.name_cell = made(bg_color=OPEN, font_size=12, bold=True)
        self.plain, self.name = made(), made(bold=True)
        self.head = made(bold=True, bg_color=HEAD, valign="vcenter")
        self.head_open = {
            dimension: made(bold=True, bg_color=HEAD_OPEN, valign="vcenter", font_color=colour)
            for dimension, colour in ({"": "#000000"} | MARK_COLOURS).items()
        }
        self.open, self.sure = made(bg_color=OPEN), made()
        self.decided = made(bg_color=DECIDED, bold=True)
        self.money = made(num_format="#,##0", align="right", indent=1)
        self.missing = made(italic=True, font_color="#595959", align="right", indent=1)
        self.date = made(num_format="yyyy-mm-dd")
        self.small = made(font_color="#595959", num_format="@")
        self.unwrapped = made(font_color="#595959", text_wrap=False)
        looks: dict[str, dict[str, Any]] = {
            **{dimension: {"bold": True, "font_color": colour} for dimension, colour in MARK_COLOURS.items()},
            "": {}, LABEL: {"font_color": "#595959"}, BOLD: {"bold": True}, GREY: {"font_color": "#595959"},
        }  # fmt: skip
        self._looks = looks
        self.marks = {name: book.add_format({"font_size": 10} | look) for name, look in looks.items()}
        self._whole: dict[str, Any] = {}

    def write_pieces(self, sheet: Any, row: int, column: int, pieces: Pieces, cell: Any) -> None:
        """A text in pieces, each with its look (a key of ``marks``, ``""`` for none), in the cell format ``cell``."""
        filled = [(text, look) for text, look in _within(pieces, LONGEST_CELL) if text]
        if len(filled) > 1:
            parts: list[Any] = []
            for text, look in filled:
                parts += [self.marks[look], text]
            sheet.write_rich_string(row, column, *parts, cell)
        elif filled:
            text, look = filled[0]
            sheet.write_string(row, column, text, self._all_of_it(look) if look else cell)
        else:
            sheet.write_blank(row, column, None, cell)

    def _all_of_it(self, look: str) -> Any:
        if look not in self._whole:
            self._whole[look] = self._book.add_format(self._base | self._looks[look])
        return self._whole[look]


def text_of_pieces(pieces: Pieces) -> str:
    """The pieces as one text."""
    return "".join(text for text, _ in pieces)


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width, rather one too many than one too few.

    A width counts digits of the workbook's own letter size; of the sheet's smaller letters a sixth more go in.
    """
    letters = int(width * 1.16)
    return sum(1 if len(line) <= letters else len(textwrap.wrap(line, letters)) for line in text.split("\n"))


def height(most_lines: float, *, lowest: float = LOWEST_POINTS) -> float:
    """The height in points of a row with that many lines in its fullest cell."""
    return min(HIGHEST_POINTS, max(lowest, LINE_POINTS * most_lines + 4))


def _within(pieces: Pieces, most: int) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    left = most
    for text, look in pieces:
        if len(text) > left:
            return [*kept, (f"{text[:left]}…", look)]
        kept.append((text, look))
        left -= len(text)
    return kept
