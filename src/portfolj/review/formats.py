"""How the cells of a review workbook look, and how marked words are written into one."""

from __future__ import annotations

from typing import Any

from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.review.said import SEVERAL, Marked

# Dark enough on white and on each other's grounds to be read (at least 4.5:1), and bold, so that a print tells too.
MARK_COLOURS = {OWNER: "#0B5CAD", TARGET_GROUPS: "#A3330B", ORIENTATION: "#1B6E35", PROCESS_SUPPORT: "#7A3E9D",
                SEVERAL: "#8A5A00"}  # fmt: skip
OPEN, DECIDED, LINE, HEAD, HEAD_OPEN, NOW = "#FFF4C2", "#DDF0DD", "#C8C8C8", "#DCE3EA", "#F3DC82", "#F5F6F8"


class Formats:
    """Every format of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": LINE, "font_size": 10}
        self._book, self._base = book, base

        def made(**more: Any) -> Any:
            return book.add_format(base | more)

        self.title = book.add_format({"bold": True, "font_size": 16})
        self.label = book.add_format({"bold": True, "valign": "top", "font_size": 11})
        self.plain, self.name, self.now = made(), made(bold=True), made(bg_color=NOW, font_size=9)
        self.head = made(bold=True, bg_color=HEAD, valign="vcenter")
        self.head_open = made(bold=True, bg_color=HEAD_OPEN, valign="vcenter")
        self.open, self.wrap_open, self.sure = made(bg_color=OPEN), made(), made()
        self.decided = made(bg_color=DECIDED, bold=True)
        self.money = made(num_format="#,##0")
        self.missing = made(italic=True, font_color="#595959", align="right")
        self.date = made(num_format="yyyy-mm-dd")
        self.small, self.small_text = made(font_color="#595959"), made(font_color="#595959", num_format="@")
        self.marks = {d: book.add_format({"bold": True, "font_color": colour, "font_size": 10})
                      for d, colour in MARK_COLOURS.items()}  # fmt: skip
        self._whole: dict[str, Any] = {}

    def write_marked(self, sheet: Any, row: int, column: int, pieces: Marked, cell: Any) -> None:
        """The text in pieces, the marked ones bold and in the colour of their dimension."""
        if len(pieces) > 1:
            parts: list[Any] = []
            for text, dimension in pieces:
                parts += [self.marks[dimension], text] if dimension else [text]
            sheet.write_rich_string(row, column, *parts, cell)
        elif pieces:
            text, dimension = pieces[0]
            sheet.write_string(row, column, text, self._all_of_it(dimension) if dimension else cell)
        else:
            sheet.write_blank(row, column, None, cell)

    def _all_of_it(self, dimension: str) -> Any:
        if dimension not in self._whole:
            look = self._base | {"bold": True, "font_color": MARK_COLOURS[dimension]}
            self._whole[dimension] = self._book.add_format(look)
        return self._whole[dimension]
