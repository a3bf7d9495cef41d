"""The head of a clause: the first verb, or word of change, of what is said."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from portfolj.goals.clause import Reading, among_first
from portfolj.goals.splitting import BLANK
from portfolj.goals.words import words


class Head(NamedTuple):
    """Where the head stands; ``kind`` is activity, change or reach; ``text`` is in small letters."""

    kind: str
    start: int
    end: int
    text: str


_LISTS: Final = ("activity_verbs", "change_verbs", "change_words", "reach_verbs", "carriers", "volume_verbs")
_AUXILIARY = re.compile(
    r"(?:ha|har|få|fått|får|kunna|ges|känna|uppleva|upplever|uppge|skatta|anse|ha\s+fått|bli|blir)", re.IGNORECASE
)


_MEASURED = re.compile(r"(?:andel|antal)\w*\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:ingen|alla|fler|färre|var\s+och\s+en)\s+(?:ska|skall)\s*$", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"\s*(?:\w+(?:igt|ligen)\s+)?([^\W\d_]{2,}(?:era|eras|isera|[bdfgklmnprstv]as?))\b(?=\s)", re.IGNORECASE
)


def head_of(reading: Reading) -> Head | None:
    """The head of a clause; None where there is none."""
    if noun := _opening_noun(reading):
        return noun
    start = reading.clause.predicate
    if not reading.clause.modal and _MEASURED.match(reading.plain):
        for name in ("change_verbs", "change_words"):
            if change := words(name).search(reading.body):
                return _head("change", change)
    found = [(hit, name) for name in _LISTS if (hit := words(name).search(reading.body, start))]
    if verb := _unknown_verb(reading, min((hit.start() for hit, _ in found), default=len(reading.body))):
        return verb
    if not found:
        return None
    first = min(hit.start() for hit, _ in found)
    same = {name: hit for hit, name in found if hit.start() == first}
    hit = max(same.values(), key=lambda hit: len(hit.group()))
    served = among_first(words("services"), reading.body[hit.end() : hit.end() + 30], 2)
    if not served and _AUXILIARY.fullmatch(hit.group()) and (later := _carried(reading, hit)):
        return later
    return _head(_kind(set(same), reading, hit.start()), hit)


def _kind(lists: set[str], reading: Reading, place: int) -> str:
    if lists & {"change_verbs", "change_words"}:
        return "change"
    if "activity_verbs" in lists and "reach_verbs" in lists:
        people_before = not reading.clause.modal and words("participants").search(reading.body, 0, place)
        return "reach" if reading.people_act or people_before else "activity"
    return "activity" if "activity_verbs" in lists else "reach"


def _carried(reading: Reading, hit: re.Match[str]) -> Head | None:
    """What "ha" or "få" carries: "ha ökat", "få en bättre hälsa"."""
    for name in ("change_verbs", "change_words"):
        if later := words(name).search(reading.body, hit.end(), hit.end() + 25):
            return _head("change", later)
    if hit.group().lower() in ("ha", "har"):
        for name, kind in (("reach_verbs", "reach"), ("activity_verbs", "activity")):
            if later := words(name).match(reading.body, hit.end() + 1):
                return _head("reach" if reading.people_act else kind, later)
    if hit.group().lower() in ("få", "får") and (done := words("tried").match(reading.body, hit.end() + 1)):
        return _head("activity", done)
    return None


def _opening_noun(reading: Reading) -> Head | None:
    """A noun that names an activity where the clause begins: "Kartläggning av", "Stöd till"."""
    if reading.clause.modal:
        return None
    start = len(reading.body) - len(reading.body.lstrip(BLANK + " "))
    start = max(start, reading.clause.predicate)
    noun = words("activity_nouns").match(reading.body, start)
    return _head("activity", noun) if noun else None


def _unknown_verb(reading: Reading, before: int) -> Head | None:
    """A verb in no list, where a verb must stand: behind "ska", or first. What it says is something to do."""
    start = reading.clause.predicate
    if not reading.clause.modal:
        start = max(start, len(reading.body) - len(reading.body.lstrip(BLANK + " ")))
        start += len("att ") if reading.body[start : start + 4].lower() == "att " else 0
    verb = _INFINITIVE.match(reading.body, start)
    if (
        not verb
        or verb[1].lower().endswith(("rna", "erna", "arna", "orna", "ena", "aste", "liga", "iska"))
        or verb.start(1) >= before
        or words("no_verbs", "participants", "staff", "organisations").fullmatch(verb[1])
    ):
        return None
    acts = (reading.people_act or _PRONOUN.search(reading.subject)) and not verb[1].lower().endswith("s")
    return Head("reach" if acts else "activity", verb.start(1), verb.end(1), verb[1].lower())


def _head(kind: str, hit: re.Match[str]) -> Head:
    return Head(kind, hit.start(), hit.end(), hit.group().lower())
