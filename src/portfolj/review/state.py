"""What a review workbook was made from, kept in a hidden sheet of it.

By it a cell that somebody has filled in is told from one that was filled in from the start, and a row whose
intervention is no longer in the ledger from a row that somebody typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolj.ledger.cells import Sheet, text_of
from portfolj.review.rows import Item, Pair

SHEET = "Bokens underlag"
HEADINGS = ("slag", "nyckel", "uppgift", "svar", "text")
_INTERVENTION, _DECISION, _PAIR, _BOOK = "insats", "beslut", "par", "granskningsbok"


@dataclass(frozen=True)
class State:
    """``federation``: its key; ``texts``: key -> fingerprint of the texts shown; ``decided``: key -> dimension -> code
    of the decisions shown; ``pairs``: (key, other) -> the answer shown."""

    federation: str
    texts: Mapping[str, str]
    decided: Mapping[str, Mapping[str, str]]
    pairs: Mapping[tuple[str, str], str]


def state_rows(federation: str, items: Iterable[Item], pairs: Iterable[Pair]) -> list[tuple[str, str, str, str, str]]:
    """The rows of the hidden sheet, headings first."""
    rows = [HEADINGS, (_BOOK, federation, "", "", "")]
    for item in items:
        rows.append((_INTERVENTION, item.key, "", "", item.text_seen))
        rows += [(_DECISION, item.key, dimension, code, "") for dimension, code in item.decided.items()]
    return rows + [(_PAIR, pair.key, pair.other, pair.answer, "") for pair in pairs]


def read_state(sheet: Sheet) -> State | None:
    """What ``state_rows`` wrote; None where the sheet is something else."""
    texts: dict[str, str] = {}
    decided: dict[str, dict[str, str]] = {}
    pairs: dict[tuple[str, str], str] = {}
    federation = ""
    if not sheet.rows or [text_of(value) for value in sheet.rows[0][: len(HEADINGS)]] != list(HEADINGS):
        return None
    for row in sheet.rows[1:]:
        kind, key, about, answer, text = ([text_of(value) for value in row] + [""] * 5)[:5]
        if kind == _BOOK:
            federation = key
        elif kind == _INTERVENTION:
            texts[key] = text
        elif kind == _DECISION:
            decided.setdefault(key, {})[about] = answer
        elif kind == _PAIR:
            pairs[key, about] = answer
    return State(federation, texts, decided, pairs) if federation else None
