"""Shares of people: always of a named whole, with an interval, and only from counts that are shown."""

from __future__ import annotations

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import HIDDEN, Hidden, Shown, known
from portfolj.exhibits.followup.shown import whole as number_of
from portfolj.followup.shares import wilson_interval

IN_BRACKETS = "Inom parentes står ett 95-procentigt intervall."


def share_of(part: Shown, whole: Shown) -> float | None:
    """The share, or None where either count is not shown or there is no whole."""
    if not known(part, whole) or not whole:
        return None
    return number_of(part) / number_of(whole)


def share_text(part: Shown, whole: Shown) -> str | Hidden | None:
    """``15 %``; HIDDEN where a count is hidden, None where one is not known or there is no whole."""
    if part is None or whole is None:
        return None
    if HIDDEN in (part, whole):
        return HIDDEN
    if share_of(part, whole) is None:
        return None
    return swedish.percent(number_of(part), number_of(whole))


def interval_text(part: Shown, whole: Shown) -> str | Hidden | None:
    """``15 % (11–20)``: the share of a named whole and its 95 % interval."""
    share = share_text(part, whole)
    if share is None or share is HIDDEN:
        return share
    return f"{share} ({interval_of(number_of(part), number_of(whole))})"


def interval_of(part: int, whole: int) -> str:
    """``11–20``: the 95 % interval of a share, in percent."""
    low, high = wilson_interval(part, whole)
    return f"{swedish.number(100 * low)}–{swedish.number(100 * high)}"


def said_of(part: int, whole: int, what: str) -> str:
    """``33 av 200 avslut (17 %)``: how a sentence on shown counts begins."""
    return f"{swedish.number(part)} av {swedish.number(whole)} {what} ({swedish.percent(part, whole)})"
