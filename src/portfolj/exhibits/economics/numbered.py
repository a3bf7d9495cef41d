"""Sources as numbers in a table and a list below it: a column of long texts makes rows too tall on a telephone."""

from __future__ import annotations

from collections.abc import Sequence

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, paragraph, steps


def source_numbers(texts: Sequence[str]) -> list[str]:
    """The place of each text in the list below the table; ``–`` where it is empty."""
    listed = words.once(texts)
    return [str(listed.index(text) + 1) if text else swedish.NOT_APPLICABLE for text in texts]


def source_column(key: str) -> Column:
    """The column of such numbers."""
    return text_column(key, "Källa, nummer")


def source_list(texts: Sequence[str]) -> Html:
    """The list below the table; nothing without any text."""
    listed = words.once(texts)
    if not listed:
        return Html()
    return Html(paragraph("Källorna, med de nummer som tabellen har:"), steps(listed))
