"""What a table on people is counted of: participations, persons, anonymous and missing are four different numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    first_record,
    known,
    shown_value,
    table_of,
    whole,
    with_shown,
)

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

NOUNS = {
    "participations": ("deltagande", "deltaganden"),
    "persons": ("person", "personer"),
    "anonymous": ("anonymt deltagande", "anonyma deltaganden"),
    "exits": ("avslut", "avslut"),
    "participants": ("deltagare", "deltagare"),
    "yearly": ("deltagare, räknad en gång för varje år", "deltagare, räknade en gång för varje år"),
    "outcomes": ("redovisat utfall", "redovisade utfall"),
}
WHY = "Dolt: få personer, eller ett tal som tillsammans med andra tal eller en tidigare rapport skulle avslöja få."
NO_PERSONS = "Personer och anonyma räknas bara för alla tillsammans: en person kan vara med i flera insatser."
Missing = tuple[str, Shown]  # of what nothing is known, and for how many


def base(view: FollowUpView, *missing: Missing, exits: bool = False) -> str:
    """One line on everybody, ``exits`` first where the table is of them. Empty where there are no participations."""
    record = first_record(table_of(view, "participants"))
    keys = (*(("exits",) if exits else ()), "participations", "persons", "anonymous")
    return _line([(key, shown_value(record, key)) for key in keys], missing) if record else ""


def base_of(view: FollowUpView, by: str, of: str, *missing: Missing) -> str:
    """The same of one intervention, owner or target group: its participations and exits.

    Persons and anonymous ones are told of all together only, since a person may be in several: ``NO_PERSONS``.
    """
    frame = table_of(view, "outcomes")
    if frame.empty:
        return ""
    rows = frame[(frame["intervention"] == "") & (frame["group"] == by) & (frame["category"] == of)]
    record = first_record(with_shown(rows, ["participations", "exits"]))
    if not record:
        return ""
    return _line([(key, record[key]) for key in ("exits", "participations")], missing)


def base_reported(view: FollowUpView) -> str:
    """The same of everything that was only reported as counts."""
    frame = table_of(view, "reported")
    if frame.empty:
        return ""
    rows = frame[(frame["intervention"] == "") & (frame["group"] == "all")]
    record = first_record(with_shown(rows, ["participations", "exits"]))
    return _line([("exits", record["exits"]), ("participants", record["participations"])], ()) if record else ""


def base_sum(*counted: tuple[str, Iterable[Shown]]) -> str:
    """The same of counts that make up a table, each sort (of ``NOUNS``) summed; hidden where one of them is.

    A sort without counts is left out, and so is a count that is not known.
    """
    sums: list[tuple[str, Shown]] = []
    for noun, counts in counted:
        told = [count for count in counts if count is not None]
        if told:
            sums.append((noun, sum(map(whole, told)) if known(*told) else HIDDEN))
    return _line(sums, ()) if sums else ""


def _line(counts: Sequence[tuple[str, Shown]], missing: Sequence[Missing]) -> str:
    counts = [(key, count) for key, count in counts if count is not None]
    of = [_said(count, *NOUNS[key]) for key, count in counts if key == "exits"]
    others = [(key, count) for key, count in counts if key != "exits"]
    if of:
        told = swedish.listed([_said(count, *NOUNS[key]) for key, count in others if known(count)])
        gone = [f"antalet {NOUNS[key][1]}" for key, count in others if not known(count)]
        are = f"{swedish.sentence(swedish.listed(gone))} är {'dolda' if len(gone) > 1 else 'dolt'}" if gone else ""
        opening = [f"Räknat på {of[0]}", f"I allt {told}" if told else "", are]
    else:
        opening = [f"Underlag: {swedish.listed([_said(count, *NOUNS[key]) for key, count in others])}"]
    lacking = swedish.listed(
        [f"{words.inside(what)} saknas för {_number(count)}" for what, count in missing if count is not None]
    )
    hidden = HIDDEN in [count for _, count in (*counts, *missing)]
    sentences = [*opening, swedish.sentence(lacking), WHY.removesuffix(".") if hidden else ""]
    return " ".join(f"{text}." for text in sentences if text)


def _said(count: Shown, one: str, many: str) -> str:
    return swedish.counted(whole(count), one, many) if known(count) else f"dolt antal {many}"


def _number(count: Shown) -> str:
    return swedish.number(whole(count)) if known(count) else "ett dolt antal"
