"""Counts on people made safe to show: the last thing before anything about people is published."""

from portfolj.disclosure.counts import ALL, Count, Where, where
from portfolj.disclosure.protect import hidden_counts
from portfolj.disclosure.remembered import Remembered
from portfolj.disclosure.versions import changed_little

__all__ = [
    "ALL",
    "Count",
    "Remembered",
    "Where",
    "changed_little",
    "hidden_counts",
    "where",
]
