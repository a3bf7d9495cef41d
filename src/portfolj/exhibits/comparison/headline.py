"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.comparison.allocation import allocation_finding
from portfolj.exhibits.comparison.indicators import indicator_finding

if TYPE_CHECKING:
    from portfolj.comparison.view import ComparisonView


def comparison_sentences(view: ComparisonView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of.

    The first of the chosen indicators that there is something to say of, and the allocation.
    """
    compared, allocation = view.compared, view.allocation
    said: list[str] = []
    if compared is not None and compared.kept is not None:
        said = [text for each in compared.indicators if (text := indicator_finding(compared, each))][:1]
    if allocation is not None and (text := allocation_finding(allocation)):
        said.append(text)
    return said
