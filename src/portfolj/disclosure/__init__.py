"""Counts on people made safe to show: the last thing before anything about people is published."""

from portfolj.disclosure.counts import ALL, Count, Where, where
from portfolj.disclosure.protect import hidden_counts
from portfolj.disclosure.remembered import Remembered
from portfolj.disclosure.shares import may_show, may_show_means, may_show_share

__all__ = [
    "ALL",
    "Count",
    "Remembered",
    "Where",
    "hidden_counts",
    "may_show",
    "may_show_means",
    "may_show_share",
    "where",
]
