"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.comparison.view import ComparisonView


def comparison_sheets(view: ComparisonView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    yield from ()
