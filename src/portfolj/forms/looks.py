"""How the cells of a form look, and how high its rows are."""

from __future__ import annotations

import textwrap
from typing import Any

ANSWER, HEAD, LINE, GREY = "#FFF4C2", "#DCE3EA", "#8A8A8A", "#595959"
_POINTS_PER_LINE, _HIGHEST = 13.5, 409  # 409 is the highest row that Excel has
_FORMATS = {"date": "yyyy-mm-dd", "kronor": "#,##0", "year": "0", "count": "0"}


class Looks:
    """Every format of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True, "font_size": 10}

        def made(**more: Any) -> Any:
            return book.add_format(base | more)

        self.title = made(bold=True, font_size=18, valign="vcenter")
        self.federation = made(font_size=12)
        self.text = made()
        self.heading = made(bold=True, font_size=14, bottom=2, valign="vcenter")
        self.table_title = made(bold=True, font_size=11, valign="vcenter")
        self.explanation = made(font_color=GREY)
        self.label, self.label_alone = made(), made(bold=True)
        self.label_part = book.add_format({"bold": True, "font_size": 10})
        self.explanation_part = book.add_format({"font_color": GREY, "font_size": 9})
        self.head = made(bold=True, bg_color=HEAD, border=1, border_color=LINE)
        self.example = made(italic=True, font_color=GREY, border=1, border_color=LINE)
        answer = {"bg_color": ANSWER, "border": 1, "border_color": LINE, "locked": False}
        kinds = ("text", "long", "choice", "date", "year", "kronor", "count")
        # Text stays text: "40" is no date, and "2024/7" no fraction.
        self.answers = {
            kind: made(**answer, num_format=_FORMATS.get(kind, "@"), align="left" if kind != "kronor" else "right")
            for kind in kinds
        }


def height_of(text: str, width: float, *, lowest: float = 18) -> float:
    """The height in points of a row with that text in a column of that width, rather too high than too low."""
    letters = int(width * 1.05)
    lines = sum(max(1, len(textwrap.wrap(line, letters))) for line in text.split("\n"))
    return min(_HIGHEST, max(lowest, _POINTS_PER_LINE * lines + 4))
