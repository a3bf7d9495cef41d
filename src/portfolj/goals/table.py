"""Any table with a column of goal texts, graded: for ``portfolj goals`` and for a few lines in a notebook."""

from __future__ import annotations

from typing import Final

import pandas as pd

from portfolj.coding.answers import CODE_SEPARATOR
from portfolj.errors import PortfoljError
from portfolj.goals.grade import PARTS, Graded, grade
from portfolj.ledger.headings import recognise_headings

ADDED_COLUMNS: Final = ("main_class", "classes", *PARTS, "evidence", "advice")
_NAMES: Final = ("text", "goal_text")


def grade_table(frame: pd.DataFrame, *, column: str | None = None) -> pd.DataFrame:
    """``frame`` with ``main_class, classes, indicator, level, time, baseline, evidence, advice`` added last.

    ``classes`` has one class for each goal, ``;`` between; the parts are ``1`` or ``0`` and tell of the strongest
    goals, as in ``Graded``. Rows, row order, index and columns stay as they are; the frame given is not changed.
    ``column`` is the heading of the texts; without it, ``text``, ``goal_text`` or a heading that ledgers have for them.
    Raises PortfoljError where there is no such column, more than one, or one already has the name of one that is added.
    """
    taken = [name for name in ADDED_COLUMNS if name in frame.columns]
    if taken:
        raise PortfoljError(
            f"Tabellen har redan {'kolumnen' if len(taken) == 1 else 'kolumnerna'} {', '.join(taken)}, som graderingen "
            "lägger till. Döp om eller ta bort det som står där."
        )
    place = _place(frame, column)
    graded = {text: grade(text) for text in {_text(cell) for cell in frame.iloc[:, place]}}
    rows = [_row(graded[_text(cell)]) for cell in frame.iloc[:, place]]
    added = pd.DataFrame(rows, columns=list(ADDED_COLUMNS), index=frame.index, dtype=str)
    return pd.concat([frame, added], axis=1)


def is_goal_heading(heading: str) -> bool:
    """Whether a heading is one that ``grade_table`` takes for that of the goals."""
    return heading.strip().casefold() in _NAMES or "goal_text" in recognise_headings([heading])


def column_of_goals(frame: pd.DataFrame, column: str | None = None) -> str:
    """The heading of the column that ``grade_table`` reads. Raises PortfoljError as it does."""
    return str(frame.columns[_place(frame, column)])


def _row(graded: Graded) -> tuple[str, ...]:
    parts = [str(int(getattr(graded, part))) for part in PARTS]
    return (graded.main_class, CODE_SEPARATOR.join(graded.classes), *parts, graded.evidence, graded.advice)


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def _place(frame: pd.DataFrame, column: str | None) -> int:
    headings = [str(heading) for heading in frame.columns]
    there_are = f"Rubrikerna är: {', '.join(headings) or 'inga'}."
    if column is not None:
        if headings.count(column) > 1:
            raise PortfoljError(f"Flera kolumner heter {column}. Döp om så att bara en gör det.")
        if column not in headings:
            raise PortfoljError(f"Kolumnen {column} finns inte. {there_are}")
        return headings.index(column)
    for name in _NAMES:
        found = [place for place, heading in enumerate(headings) if heading.strip().casefold() == name]
        if found:
            return found[0]
    found = [place for place, heading in enumerate(headings) if "goal_text" in recognise_headings([heading])]
    if len(found) == 1:
        return found[0]
    if found:
        listed = " och ".join(headings[place] for place in found)
        raise PortfoljError(f"Flera kolumner kan vara målen: {listed}. Säg vilken med --column.")
    raise PortfoljError(f"Ingen kolumn heter text eller Mål. Säg med --column vilken som har målen. {there_are}")
