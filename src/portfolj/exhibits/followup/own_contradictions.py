"""What does not add up in a federation's own counts, in plain words; without the numbers where they are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.shown import table_of

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

WHOM = {"participants": "alla deltagare", "completed": "dem som fullföljt"}
HIDDEN = "Talen är dolda."


def odd_count_sentences(view: FollowUpView) -> list[str]:
    """A sentence for each contradiction among yearly counts."""
    return [_odd_count(record) for record in table_of(view, "count_contradictions").to_dict("records")]


def left_out_of_sums(view: FollowUpView) -> str:
    """The note on interventions and years whose counts are in no sum; empty where all are."""
    frame = table_of(view, "count_contradictions")
    wrong = [r for r in frame.to_dict("records") if r["impossible"]] if not frame.empty else []
    names = dict.fromkeys(f"{record['intervention']} {record['year']}" for record in wrong)
    if not names:
        return ""
    return f"Antal som motsäger varandra är inte med: {swedish.listed(list(names))}. Se Vad som inte går ihop."


def own_sum_sentence(record: Mapping[str, Any]) -> str:
    """What the federation's own exit counts do not sum to."""
    name, whom = record["intervention"], WHOM.get(str(record["what"]), str(record["what"]))
    if swedish.is_missing(record["sum"]):
        return f"{name}: utfallen för {whom} är inte tillsammans så många som de ska vara. {HIDDEN}"
    total, summed = (swedish.number(int(record[key])) for key in ("total", "sum"))
    return f"{name}: redovisat är {total} för {whom}, men utfallen är tillsammans {summed}."


def _odd_count(record: Mapping[str, Any]) -> str:
    sex = "" if record["sex"] == "all" else f", {words.inside(words.sex(record['sex']))}"
    what = f"{record['intervention']} {record['year']}{sex}"
    if record["rule"] == "together":
        return f"{what}: inga deltagare kan ge alla antal på en gång."
    measure, other = (words.inside(words.MEASURES[record[name]]) for name in ("measure", "other"))
    if swedish.is_missing(record["first"]):
        if record["rule"] == "within":
            return f"{what}: fler {measure} än {other}. {HIDDEN}"
        return f"{what}: könen är tillsammans fler {measure} än totalen. {HIDDEN}"
    first, second = (swedish.number(record[name]) for name in ("first", "second"))
    if record["rule"] == "within":
        return f"{what}: {first} {measure}, men bara {second} {other}."
    text = f"{what}: könen är tillsammans {first} {measure}, men totalen är {second}."
    if record["impossible"]:
        return text
    return f"{text} Det går ihop bara om kön saknas för {swedish.number(record['second'] - record['first'])}."
