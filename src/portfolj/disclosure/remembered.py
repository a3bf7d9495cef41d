"""Counts that have been shown, kept so that the next report does not give away what this one hid.

``shown_counts.json`` lies beside a federation's reports. It holds what anyone can read there: counts that are shown,
and of what the hidden ones are counts; never a hidden number. It has to be written before the report is published, so
that nothing is ever out that is not remembered. Text in, text out: whoever calls reads and writes the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from portfolj.disclosure.counts import Count, Where, plain, where

FORMAT = 1


class Remembered(NamedTuple):
    """``shown``: every count that has been shown, with every value that it has been shown with. ``hidden``: what has
    been hidden. Both in the same order each time."""

    shown: tuple[Count, ...] = ()
    hidden: tuple[Where, ...] = ()


def read(text: str) -> Remembered:
    """What the file's text holds; nothing from an empty text.

    Raises ValueError where it is not such a text: without it nothing is known to be safe to publish.
    """
    if not text.strip():
        return Remembered()
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']} where {FORMAT} was expected")
        shown = [Count(where(each["where"]), int(each["value"])) for each in data["shown"]]
        hidden = [where(each) for each in data["hidden"]]
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a text of counts that have been shown: {type(error).__name__}") from None
    return Remembered(tuple(shown), tuple(hidden))


def with_report(
    before: Remembered, counts: Iterable[Count], hidden: Collection[Where], *, domains: Mapping[str, Sequence[str]]
) -> Remembered:
    """With a report's counts, of which ``hidden`` are hidden, added to what was shown before.

    A count that was shown and is hidden now stays among both: readers may still have it.
    """
    counted = [Count(plain(each.where, domains), each.value) for each in counts]
    shown = {*before.shown, *(each for each in counted if each.where not in hidden)}
    out_of_sight = {*before.hidden, *hidden}
    return Remembered(
        tuple(sorted(shown, key=lambda each: (_order(each.where), each.value))),
        tuple(sorted(out_of_sight, key=_order)),
    )


def text_of(remembered: Remembered) -> str:
    """The file's text: the same for the same counts."""
    data = {
        "format": FORMAT,
        "shown": [{"where": _plain_data(each.where), "value": each.value} for each in remembered.shown],
        "hidden": [_plain_data(place) for place in remembered.hidden],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain_data(place: Where) -> dict[str, list[str]]:
    return {attribute: sorted(values) for attribute, values in sorted(place, key=lambda each: each[0])}


def _order(place: Where) -> list[tuple[str, list[str]]]:
    return sorted((attribute, sorted(values)) for attribute, values in place)
