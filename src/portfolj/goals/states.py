"""Results whatever the verb: what people think or feel, shares of them, and what lasts after an intervention."""

from __future__ import annotations

import re

from portfolj.goals.clause import Reading
from portfolj.goals.parts import SHARE
from portfolj.goals.words import words

_STAYS = re.compile(
    r"\b(?:finn(?:s|as)|lev(?:a|er)|fortleva|drivas|fortsätt(?:a|er)|bestå[r]?)\s+(?:\w+\s+)?(?:kvar|vidare|permanent)\b|"
    r"\b(?:bestå|kvarstå|fortleva)r?\b|\bpå\s+rutin\b|\brutinmässigt\b|\btill\s+vardags\b|"
    r"\bnärm(?:are|a\s+sig)\s+varandra\b",
    re.IGNORECASE,
)
_ORDINARY = re.compile(
    r"\bordinarie\s+(?:\w+\s+)?(?:drift|verksamhet\w*|struktur\w*|arbete|organisation\w*|linje\w*)|\bpermanent\w*",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:vara|är|ingå\w*|implementeras|implementerats|övergå\w*|överg\w+|permanent\w+|finnas|leva|drivas|bli|fortsätta)\b",
    re.IGNORECASE,
)
_THERE_IS = re.compile(r"\b(?:det\s+)?finns\s+(?:det\s+)?(?:en|ett|gemensamm?a|tydliga|väl)\b", re.IGNORECASE)
_NEED = re.compile(
    r"\b(?:behov|brist\w*|problem\w*|hinder|risk|redan|idag|i\s+dag|stort|stor|många|grupp|projekt|insats|verksamhet)\b",
    re.IGNORECASE,
)
_COMPOSITION = re.compile(
    r"\bvara\s+(?:\w+\s+)?(?:kvinnor|män|pojkar|flickor|unga|ungdomar|under|mellan)\b", re.IGNORECASE
)


def opinion_of(reading: Reading) -> re.Match[str] | None:
    """What participants, staff or organisations think, feel or answer: "ska uppleva att", "är nöjda med"."""
    body, clause = reading.body, reading.clause
    hit = words("opinions").search(body, clause.predicate)
    if not hit:
        return None
    before = body[: hit.start()]
    who = words("participants", "staff", "organisations").search(before) or SHARE.search(before)
    return hit if who else None


def share_that_does(reading: Reading) -> re.Match[str] | None:
    """A share of people or of anything else that is to do or be something, other than to take part."""
    if not reading.clause.modal or not reading.amount or not SHARE.fullmatch(reading.amount.group().strip()):
        return None
    if reading.amount.start() >= reading.clause.predicate:
        return None
    predicate = reading.body[reading.clause.predicate :]
    if (
        words("volume_nouns").search(reading.subject)
        or _COMPOSITION.search(predicate)
        or words("volume_verbs", "volume_only").search(predicate)
    ):
        return None
    return reading.amount


def lasting_state(reading: Reading) -> re.Match[str] | None:
    """What is to last: "finnas kvar", "på rutin", "ingå i ordinarie verksamhet"."""
    body, predicate = reading.body, reading.clause.predicate
    staying = _STAYS.search(body, predicate)
    if staying and not reading.levels and (reading.clause.modal or reading.subject or _present(reading)):
        return staying
    if reading.clause.modal and (ordinary := _ORDINARY.search(body)) and _LASTS.search(body, predicate):
        return ordinary
    return None


def there_is(reading: Reading) -> re.Match[str] | None:
    """ "Det finns en gemensam plan": a state that is wished for; not "det finns ett stort behov"."""
    hit = None if reading.clause.modal else _THERE_IS.search(reading.body)
    if not hit or reading.amount:
        return None
    rest = reading.body[hit.start() : hit.end() + 40]
    if _NEED.search(rest) or words("participants").search(reading.body[hit.end() : hit.end() + 25]):
        return None
    return hit


def _present(reading: Reading) -> bool:
    """Whether a clause without "ska" has a subject of its own, and so says how things are to be."""
    begin = reading.plain.split(maxsplit=1)
    return bool(begin) and not words("activity_verbs", "change_verbs").fullmatch(begin[0])
