"""A goal without any verb or word of change: "25 personer i arbete", "140 deltagare", "Egen försörjning"."""

from __future__ import annotations

import re

from portfolj.goals.clause import Reading, among_first
from portfolj.goals.verdict import MISSING, Verdict, outcome_of
from portfolj.goals.words import words

_INTO = re.compile(r"\b(?:i|till|ut\s+i|mot|med)\s+(?:\w+\s+)?$", re.IGNORECASE)
# Whom it is for, and nothing else: "Personer med långvarig ohälsa".
_WHO = re.compile(
    r"(?:unga|ungdomar|personer|individer|kvinnor|män|deltagare|vuxna)\s+(?:(?:\d\S*\s+år|i\s+åldern\s+\S+(?:\s+år)?)\s+)?(?:med|som|utan|i\s+behov)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:i|till|mot)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SERVED = re.compile(r"arbetsträning|praktik|utbildning|arbetsprövning", re.IGNORECASE)


def judge_noun(reading: Reading) -> Verdict:
    """The class of a clause that has no head."""
    measure, amount = reading.measure(), reading.amount
    if amount and measure and _INTO.search(reading.body[: measure.start()]):
        return outcome_of(reading, measure, [])
    if not amount and _WHO.match(reading.plain) and not (measure and _IN.search(reading.body[: measure.start()])):
        return MISSING
    made = among_first(words("products"), reading.body[amount.end() :], 2) if amount else None
    if amount and made:
        place = amount.end()
        return Verdict("activity", True, (amount.span(), (made.start() + place, made.end() + place)))
    if amount and (volume := words("participants", "volume_nouns", "organisations").search(reading.body)):
        return Verdict("volume", True, tuple(sorted({amount.span(), volume.span()})))
    if measure and not amount and _SERVED.match(measure.group()) and not _INTO.search(reading.body[: measure.start()]):
        return Verdict("activity", False, (measure.span(),))
    if measure and (reading.levels or reading.people or len(reading.plain.split()) < 9):
        return outcome_of(reading, measure, [])
    if reading.soft:
        return outcome_of(reading, None, [])
    first = among_first(words("lasting", "good_words"), reading.body, 3)
    if first:
        return Verdict("outcome_unmeasurable", False, (first.span(),))
    if product := words("products").search(reading.body):
        long_enough = amount or len(reading.plain.split()) > 3
        return Verdict("activity", bool(amount), (product.span(),)) if long_enough else MISSING
    if lasting := words("lasting").search(reading.body):
        return Verdict("outcome_unmeasurable", False, (lasting.span(),))
    if reading.people and len(reading.plain.split()) > 3:
        return Verdict("outcome_unmeasurable", False, (reading.people.span(),))
    return MISSING
