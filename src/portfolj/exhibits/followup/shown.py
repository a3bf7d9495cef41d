"""What may be shown of a count on people: the count, that it is missing, or that it is hidden.

Everything here works on frames that have been made safe: a hidden count is already gone from them, so nothing in this
room can show or compute with one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Column, Html, Table, details, finding, note, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


class Hidden(Enum):
    """The one value of every hidden count, so that no table tells why one is hidden."""

    HIDDEN = swedish.HIDDEN


HIDDEN = Hidden.HIDDEN
MOST_HIDDEN = 0.75  # of the figures that are not zero: a table of nearly only signs tells nothing
LONGEST_OPEN = 5  # rows of a table that is seen at once; a longer one is opened by whoever wants it
LONGEST_FIRST = 12  # the same of what answers the question of its section, and of the six reports
WORKBOOK = "tables.xlsx"
Shown = int | float | Hidden | None
MARK = Markup('<span class="hidden-figure"><span aria-hidden="true">{}</span><span class="unseen"> {}</span></span>')


def hidden_mark() -> Markup:
    """The sign of a hidden figure, which a screen reader reads as a word."""
    return MARK.format(swedish.HIDDEN, swedish.HIDDEN_SAID)


def table_of(view: FollowUpView, name: str) -> pd.DataFrame:
    """A frame of the view; one without rows where the view has none of that name."""
    frame = view.tables.get(name)
    return pd.DataFrame() if frame is None else frame


def shown_value(record: Mapping[str, Any], column: str) -> Shown:
    """What may be shown of one count: the count itself, HIDDEN, or None where it is not known."""
    if record.get(f"{column}_suppressed", False) is True or bool(record.get(f"{column}_suppressed", False)):
        return HIDDEN
    value = record.get(column)
    if not swedish.is_missing(value):
        return value
    return HIDDEN if bool(record.get("suppressed", False)) else None


def known(*values: Shown) -> bool:
    """Whether every one of the values may be shown and is known."""
    return all(value is not None and value is not HIDDEN for value in values)


def whole(value: Shown) -> int:
    """A count that is known and may be shown, as a number. Raises ValueError for any other."""
    if value is None or isinstance(value, Hidden):
        raise ValueError("a count that is not shown is no number")
    return int(value)


def with_shown(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The frame with each of the columns as what may be shown of it."""
    records = frame.to_dict("records")
    made = {
        column: pd.Series([shown_value(record, column) for record in records], index=frame.index, dtype="object")
        for column in columns
    }
    return frame.assign(**made)


def each(rows: pd.DataFrame, write: Callable[..., object], *columns: str) -> pd.Series:
    """What ``write`` makes of these columns of each row, as a column beside them."""
    made = [write(*values) for values in zip(*(rows[column] for column in columns), strict=True)]
    return pd.Series(made, index=rows.index, dtype="object")


def first_record(rows: pd.DataFrame) -> dict[str, Any]:
    """The first row, where what is on everybody stands; empty where there are no rows."""
    return {} if rows.empty else rows.iloc[0].to_dict()


def people_column(key: str, heading: str, *, missing: str = swedish.MISSING) -> Column:
    """A column of whole numbers on people."""
    return Column(key, heading, write_count, numeric=True, missing=missing)


def text_column(key: str, heading: str, *, missing: str = swedish.NOT_APPLICABLE) -> Column:
    """A column of figures that are already written as text, hidden ones among them."""
    return Column(key, heading, _as_written, numeric=True, missing=missing)


def _as_written(value: Any) -> str | Markup:
    return hidden_mark() if value is HIDDEN else value


def write_count(value: Shown) -> str | Markup:
    """A count as it stands in a table."""
    return hidden_mark() if value is HIDDEN else swedish.number(whole(value))


def said(value: Shown) -> str:
    """A count as it stands in a sentence or an alt text."""
    if value is HIDDEN:
        return swedish.HIDDEN_SAID
    return swedish.MISSING if value is None else swedish.number(whole(value))


def difference(after: Shown, before: Shown) -> str | Hidden | None:
    """How many more after than before, with its sign; only from two counts that are shown."""
    if not known(after, before):
        return HIDDEN if HIDDEN in (after, before) else None
    return signed(whole(after) - whole(before))


def signed(change: float, *, decimals: int = 0) -> str:
    """A change with its sign: ``+12``, ``−3``, ``0``."""
    text = swedish.number(change, decimals=decimals)
    return f"+{text}" if change > 0 and text.strip("0,") else text


def people_table(view: FollowUpView, table: Table, *, longest: int = LONGEST_OPEN) -> Html:
    """The table, with the legend of hidden figures where it has any, and closed until it is opened where it is longer
    than ``longest``.

    A sentence where hardly anything is left to see.
    """
    records = [*table.frame.to_dict("records"), *table.extra, *([table.total] if table.total else [])]
    counted = [column for column in table.columns if column.write is write_count]  # shares are gone with their counts
    columns = counted or [column for column in table.columns if column.numeric]
    cells = [record.get(column.key) for record in records for column in columns]
    figures = [cell for cell in cells if cell is HIDDEN or not (swedish.is_missing(cell) or cell == 0)]
    hidden = sum(figure is HIDDEN for figure in figures)
    if hidden > MOST_HIDDEN * len(figures):
        every = "alla tal utom nollor" if any(known(cell) and cell == 0 for cell in cells) else "alla tal"
        what = every if hidden == len(figures) else "nästan alla tal"
        where = "" if hidden == len(figures) else f" De som får visas står i {WORKBOOK}."
        return Html(paragraph(f"{table.caption}: {what} är dolda.{where}"), note(legend_note(view)))
    signs = any(record.get(column.key) is HIDDEN for record in records for column in table.columns)
    made = replace(table, notes=[legend_note(view), *table.notes]).html() if signs else table.html()
    rows = len(table.frame)
    return details(f"{table.caption} ({swedish.number(rows)} rader)", made) if rows > longest else made


def only_in_notebook(text: str) -> Html:
    """A sentence on an exhibit that has nothing to show; a page leaves it out, with the heading above it."""
    return Html(Markup('<p class="absent">{}</p>').format(text))


def under_finding(text: str, table: Html) -> Html:
    """The table under the sentence on it; alone where its counts are hidden, so that there is no sentence."""
    return Html(finding(text), table) if text else table


def of_whole(count: Shown, what: str) -> str:
    """``Andel av 200 avslut``, without the number where it is hidden or not known."""
    return f"Andel av {said(count)} {what}" if known(count) else f"Andel av {what}"


def nobody(view: FollowUpView) -> str:
    """Whether what is hidden may be nobody."""
    if not view.zeros_hidden:
        return "Noll visas alltid."
    return "Noll visas, utom i några indelningar där noll också är dolt för att inget annat ska gå att räkna ut."


def legend(view: FollowUpView) -> str:
    """What the sign of a hidden figure means."""
    return (
        f"{swedish.HIDDEN} betyder dolt: färre än {swedish.number(view.k)} personer, eller ett tal som "
        "tillsammans med andra tal eller en tidigare rapport skulle avslöja så få. "
        f"Dolt är inte detsamma som okänt. {nobody(view)}"
    )


def legend_note(view: FollowUpView) -> Markup:
    """The legend as it stands beside a table; a page has it once in each of its sections."""
    return Markup('<span class="legend">{}</span>').format(legend(view))
