"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView


def logic_sheets(view: LogicView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    yield from ()
