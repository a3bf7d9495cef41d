"""Counts that have been shown, kept so that the next report does not give away what this one hid.

``shown_counts.json`` lies beside a federation's reports. It holds what anyone can read there: which counts each report
showed, and of what the hidden ones are counts; never a hidden number. It has to be written before the report is
published, so that nothing is ever out that is not remembered. Text in, text out: whoever calls reads and writes the
file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from portfolj.disclosure.counts import Count, Where, where
from portfolj.disclosure.versions import apart

FORMAT = 2
WITHOUT_REPORTS = 1  # the format that did not say which report had shown a count


class Remembered(NamedTuple):
    """``reports``: the counts that each report has shown, the oldest first. ``hidden``: what has been hidden in any;
    ``unsafe``, ``zeros_too``: of it, as in ``Protection``. ``asked``: what has been shown of those who were asked, by
    name of what it was: a survey's counts, or those of the statements; several of one name are several versions. All in
    the same order each time."""

    reports: tuple[tuple[Count, ...], ...] = ()
    hidden: tuple[Where, ...] = ()
    unsafe: tuple[Where, ...] = ()
    zeros_too: tuple[tuple[str, ...], ...] = ()
    asked: tuple[tuple[str, tuple[Count, ...]], ...] = ()

    def versions(self, name: str) -> list[dict[Where, int]]:
        """What each version of that name has shown."""
        return [{each.where: each.value for each in counts} for of, counts in self.asked if of == name]


NOTHING = Remembered()


def read(text: str) -> Remembered:
    """What the file's text holds; nothing from an empty text.

    Raises ValueError where it is not such a text: without it nothing is known to be safe to publish.
    """
    if not text.strip():
        return Remembered()
    try:
        data = json.loads(text)
        if data["format"] not in (FORMAT, WITHOUT_REPORTS):
            raise ValueError(f"format {data['format']} where {FORMAT} was expected")
        hidden = tuple(where(each) for each in data["hidden"])
        shown = [(Count(where(each["where"]), int(each["value"])), each) for each in data["shown"]]
        asked = tuple(
            (str(each["of"]), _ordered(Count(where(one["where"]), int(one["value"])) for one in each["counts"]))
            for each in data.get("asked", ())
        )
        if data["format"] == WITHOUT_REPORTS:
            return Remembered(tuple(map(_ordered, apart([count for count, _ in shown]))), hidden)
        reports: dict[int, list[Count]] = {number: [] for number in range(1, int(data["reports"]) + 1)}
        for count, each in shown:
            for number in each["reports"]:
                reports[number].append(count)
        unsafe = tuple(where(each) for each in data.get("unsafe", ()))
        zeros_too = tuple(tuple(map(str, each)) for each in data.get("zeros_too", ()))
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a text of counts that have been shown: {type(error).__name__}") from None
    return Remembered(tuple(map(_ordered, reports.values())), hidden, unsafe, zeros_too, asked)


def with_report(
    before: Remembered,
    shown: Iterable[Count],
    hidden: Collection[Where],
    *,
    unsafe: Collection[Where] = (),
    zeros_too: Collection[Collection[str]] = (),
    asked: Mapping[str, Iterable[Count]] = MappingProxyType({}),
) -> Remembered:
    """With what a report shows and hides added to what earlier ones did.

    A count that was shown and is hidden now stays among both: readers may still have it. A report that says the same as
    the last one, less or more, is not one more.
    """
    own = frozenset(shown)
    earlier = [*before.reports]
    last = frozenset(earlier[-1]) if earlier else frozenset()
    if last <= own or own <= last:
        earlier, own = earlier[:-1], own | last
    return Remembered(
        (*earlier, *([_ordered(own)] if own else [])),
        tuple(sorted({*before.hidden, *hidden}, key=_order)),
        tuple(sorted({*before.unsafe, *unsafe}, key=_order)),
        tuple(sorted({*before.zeros_too, *(tuple(sorted(each)) for each in zeros_too)})),
        tuple(sorted({*before.asked, *((name, _ordered(set(own))) for name, own in asked.items())}, key=_version)),
    )


def text_of(remembered: Remembered) -> str:
    """The file's text: the same for the same counts."""
    reports: dict[Count, list[int]] = {}
    for number, report in enumerate(remembered.reports, start=1):
        for each in report:
            reports.setdefault(each, []).append(number)
    data = {
        "format": FORMAT,
        "reports": len(remembered.reports),
        "shown": [
            {"where": _plain_data(each.where), "value": each.value, "reports": reports[each]}
            for each in _ordered(reports)
        ],
        "hidden": [_plain_data(place) for place in remembered.hidden],
        "unsafe": [_plain_data(place) for place in remembered.unsafe],
        "zeros_too": remembered.zeros_too,
        "asked": [
            {"of": name, "counts": [{"where": _plain_data(each.where), "value": each.value} for each in counts]}
            for name, counts in remembered.asked
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _version(asked: tuple[str, tuple[Count, ...]]) -> tuple[str, list[tuple[list[tuple[str, list[str]]], int]]]:
    name, counts = asked
    return name, [(_order(each.where), each.value) for each in counts]


def _plain_data(place: Where) -> dict[str, Any]:
    return {attribute: sorted(values) for attribute, values in sorted(place, key=lambda each: each[0])}


def _ordered(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda each: (_order(each.where), each.value)))


def _order(place: Where) -> list[tuple[str, list[str]]]:
    return sorted((attribute, sorted(values)) for attribute, values in place)
