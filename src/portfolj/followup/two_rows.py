"""Headings in two rows: a group heading above its parts, such as ``Före`` and ``Efter`` over ``Försörjning``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.header import over_merged

_LONGEST = 60


@dataclass(frozen=True)
class TwoRows:
    """What two rows of headings say together. ``under_groups``: the lower one is nothing but parts of merged groups."""

    headings: tuple[str, ...]
    under_groups: bool


def headings_in(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The texts and numbers of a row; dates and truth values are no headings."""
    return tuple(text_of(value) if isinstance(value, str | int | float) else "" for value in sheet.rows[row])


def two_rows(sheet: Sheet, row: int, *, knows: Callable[[str], bool]) -> TwoRows | None:
    """The row and the one below it read as one header; None where they can't be.

    A column's heading is its part with its group, in the order that is known; else the part, with its group where the
    part stands twice; or what stands above nothing. A merged group stands over its columns; where none is merged, as
    in text files, over the empty cells to its right. A row with something else than a heading below a known heading
    is no second row but one of data.
    """
    if row + 1 >= len(sheet.rows):
        return None
    cells = [value for value in sheet.rows[row + 1] if text_of(value)]
    if len(cells) < 2 or not all(isinstance(value, str) and len(value) <= _LONGEST for value in cells):
        return None
    upper, lower = list(headings_in(sheet, row)), list(headings_in(sheet, row + 1))
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    wide = [s for s in sheet.merged if s.top <= row <= s.bottom and s.right > s.left]
    groups = over_merged(sheet, row, upper)
    for column in range(1, width if not wide else 0):
        if lower[column] and not groups[column]:
            groups[column] = groups[column - 1]
    if not any(group and part for group, part in zip(groups, lower, strict=True)):
        return None
    headings, times = [], Counter(lower)
    for above, group, part in zip(upper, groups, lower, strict=True):
        known = next((h for h in _forms(group, part) if knows(h)), None)
        if known is None and part and above and knows(above):
            return None
        headings.append(known or (part if part and times[part] == 1 else f"{group} {part}".strip()))
    grouped = {column for span in wide for column in range(span.left, span.right + 1)}
    parts = {column for column, part in enumerate(lower) if part}
    return TwoRows(tuple(headings), parts <= grouped and any(map(knows, upper)))


def _forms(group: str, part: str) -> list[str]:
    return [f"{part} {group}", f"{group} {part}", part] if group and part else [group or part]
