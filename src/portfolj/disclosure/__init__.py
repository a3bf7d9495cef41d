"""Counts on people made safe to show: the last thing before anything about people is published."""

from portfolj.disclosure.counts import ALL, Count, Where, where
from portfolj.disclosure.moved import Moved, moved
from portfolj.disclosure.protect import Protection, protection
from portfolj.disclosure.remembered import NOTHING, Remembered
from portfolj.disclosure.versions import changed_little

__all__ = [
    "ALL",
    "NOTHING",
    "Count",
    "Moved",
    "Protection",
    "Remembered",
    "Where",
    "changed_little",
    "moved",
    "protection",
    "where",
]
