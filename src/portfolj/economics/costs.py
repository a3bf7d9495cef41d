"""What participants cost each actor: stated for the actor, or the sum of those that make it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from portfolj.economics.actors import INDIVIDUAL, PARTS_OF_STATE, SOCIETY, STATE, SUMS, in_order
from portfolj.economics.values import Value, Values

TOTAL = "cost_total_sek"
PER_PARTICIPANT = "cost_per_participant_sek"
PAYERS = ("kommun", "region", STATE)  # who must have a stated cost, nothing included, for society to have one


class Cost(NamedTuple):
    """Whole kronor, None where no cost is stated; ``missing``: what would have to be stated, in words."""

    sek: float | None
    missing: tuple[str, ...] = ()


def cost_of(actor: str, *, year: int, participants: int, values: Values, own_actors: Iterable[str] = ()) -> Cost:
    """What so many participants of a year cost the actor.

    A stated total comes before a stated cost per participant, both before a sum of parts. The state is its parts;
    society is municipality, region and the state, each of which must be stated, and the federation's own actors as far
    as they are. The individual pays nothing unless it is stated.
    """
    for key, times in ((TOTAL, 1), (PER_PARTICIPANT, participants)):
        if values.knows(key, year=year, actor=actor):
            found = values.find(key, year=year, actor=actor)
            if isinstance(found, Value) and found.value is not None:
                return Cost(float(round(found.value * times)))
    if actor == INDIVIDUAL:
        return Cost(0.0)
    if actor not in SUMS:
        return Cost(None, (str(values.find(PER_PARTICIPANT, year=year, actor=actor)),))
    parts = PARTS_OF_STATE if actor == STATE else PAYERS
    asked = [cost_of(part, year=year, participants=participants, values=values) for part in parts]
    if actor == SOCIETY:
        more = [
            part for part in own_actors if any(values.knows(k, year=year, actor=part) for k in (TOTAL, PER_PARTICIPANT))
        ]
        asked += [cost_of(part, year=year, participants=participants, values=values) for part in more]
    missing = tuple(dict.fromkeys(text for part in asked for text in part.missing))
    return Cost(None, missing) if missing else Cost(float(sum(part.sek or 0 for part in asked)))


def is_stated(actor: str, *, year: int, values: Values) -> bool:
    """Whether the actor's cost is stated, or that of each of the parts that make it up."""
    if any(values.knows(key, year=year, actor=actor) for key in (TOTAL, PER_PARTICIPANT)):
        return True
    parts = {STATE: PARTS_OF_STATE, SOCIETY: PAYERS}.get(actor, ())
    return bool(parts) and all(is_stated(part, year=year, values=values) for part in parts)


COSTS = {
    "actor": "str", "cost_per_participant_sek": "float64", "cost_total_sek": "float64", "year": "Int64",
    "source": "str", "confidence": "str", "note": "str",
}  # fmt: skip


def costs_table(values: Values, base: pd.DataFrame) -> pd.DataFrame:
    """The stated costs that have been used, a row each (see ``COSTS``), under what they come to for the sums.

    ``base``: see ``results.BASE``. The state and society, where theirs is a sum of others', have what a participant
    costs them over all the years, and what is said of the costs that all of it rests on.
    """
    stated = [value for _, value in values.used if value.key in (TOTAL, PER_PARTICIPANT)]
    told = {value.actor for value in stated}
    records: list[dict[str, Any]] = [
        {
            "actor": value.actor, "year": value.year, "source": value.source, "confidence": value.confidence,
            "note": value.note, value.key: value.value,
        }
        for value in dict.fromkeys(stated)
    ]  # fmt: skip
    known = base[base["cost_sek"].notna() & base["actor"].isin(set(SUMS) - told) & base["participants"].notna()]
    for actor, own in known.groupby("actor"):
        people, cost = int(own["participants"].sum()), float(own["cost_sek"].sum())
        each = {PER_PARTICIPANT: cost / people} if people else {}
        records.append({"actor": actor, **each, TOTAL: cost, **_said(stated)})
    order = {actor: n for n, actor in enumerate(in_order(record["actor"] for record in records))}
    frame = pd.DataFrame(sorted(records, key=lambda record: order[record["actor"]]), columns=list(COSTS))
    texts = {name: frame[name].fillna("") for name in ("source", "confidence", "note")}
    return frame.assign(**texts).astype(COSTS)


def _said(stated: Sequence[Value]) -> dict[str, str]:
    """What all the costs of a sum say alike; the least sure of what they rest on."""
    said = {name: {getattr(value, name) for value in stated} for name in ("source", "note")}
    alike = {name: texts.pop() if len(texts) == 1 else "" for name, texts in said.items()}
    surest_last = [code for code in "VDPOAM" if code in {value.confidence for value in stated}]
    return {**alike, "confidence": surest_last[-1] if surest_last else ""}
