"""What only tells: results already reached, facts of the intervention, background, headings. None is a goal."""

from __future__ import annotations

import re

from portfolj.goals.clause import Reading
from portfolj.goals.parts import COUNT, SHARE
from portfolj.goals.splitting import BLANK
from portfolj.goals.states import there_is
from portfolj.goals.words import words

_HAS_BEEN = re.compile(
    r"\b(?:har|hade)\s+(?:\w+\s+){0,3}?(?:\w{2,}(?:at|it|tt|ts)|gått|fått|lagt|dragit|blivit|kommit|tagit)\b",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(
    r"\b(?:hittills|sedan\s+(?:start|projekt)\w*|totalt|sammanlagt|av\s+dessa|i\s+genomsnitt|i\s+snitt|under\s+(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"[\w)%]\s+(?:minskade|ökade|förbättrades?|stärktes)\s+(?:med|från|under|i\b|kraftigt|något|\w+(?:en|et|na|ten)\b)",
    re.IGNORECASE,
)
_PASSIVE_PAST = re.compile(r"\b(?!enskildes\b|\w+(?:and|end)es\b)\w{3,}(?:ades|rdes|ldes|ndes|ddes)\b", re.IGNORECASE)
_DID = re.compile(r"(?:(?!den\b|det\b|en\b)[\w-]+(?:et|en|na)|vi|man)\s+(?!syftade|avsåg)\w{2,}ade\b", re.IGNORECASE)
_GROUP_IS = re.compile(
    r"(?:målgrupp\w*|behovet|antalet\s+inskrivna)\s+(?:\w+\s+){0,3}?(?:är|omfattar|beräknas|uppskattas|uppgår|består|bedöms)\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:minst|åtminstone|högst)\b", re.IGNORECASE)
_AT_END = re.compile(
    r"\b(?:vid|efter|när)\s+(?:\w+\s+){0,3}?\w*(?:slut|avslut|avslutas|avslutad|avslutat)\b", re.IGNORECASE
)
_BY_WHOM = re.compile(r"\b(?:\w+(?:er|ar)as|\w{3,}s)\s+av\s+((?:[\w-]+\s*){1,4})", re.IGNORECASE)
_OF_ENDED = re.compile(
    r"\b(?:som|de)\s+(?:har\s+)?(?:avslutat|avslutats|fullföljt|slutfört|skrivits\s+ut)\b", re.IGNORECASE
)
_HAS_NOW = re.compile(
    r"\b(?:projektet|insatsen|verksamheten|teamet|gruppen)\s+har\s+(?:\w+\s+){0,2}?\d+\s+(?:\w+\s+)?(?:deltagare|personer|inskrivna|ungdomar)\b",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(r"\s+(?:\w+\s+)?\w{2,}(?:ade|dde|rde|lde|tte|ste)\b(?!\s+(?:ska|till\s+arbete))", re.IGNORECASE)
_PAST_COUNT = re.compile(
    r"\w{3,}ade\s+(?:totalt\s+|cirka\s+|ca\s+|sammanlagt\s+|omkring\s+)?(?:\d|sig\b|att\b)", re.IGNORECASE
)
_EACH = re.compile(r"\s+(?:och\s+en|för\s+sig|tredje|fjärde|femte|tionde)\b", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:\w*resultat|utvärdering|uppföljning|\w*enkät|statistik|erfarenhet|undersökning|forskning)\w*\s+(?:\w+\s+){0,3}?(?:visar|pekar|tyder)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:många|flera|en\s+del|vissa|majoriteten)\s+(?:\w+\s+){0,3}?(?:har|är|saknar|lever|står|behöver)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bän\s+(?:vid|före|innan|när)\b", re.IGNORECASE)
_MEASURED = re.compile(r"(?:andel|antal)\w*\b", re.IGNORECASE)
_WORKS = re.compile(r"\b(?:arbetar|jobbar|ansvarar|leder|ingår)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[\w-]+(?:\s+[\w-]+){0,2}:")
_COMPARED = re.compile(
    r"\b(?:är|ligger|var)\s+(?:\w+\s+){0,2}?(?:högre|lägre|större|mindre|sämre|vanligare|svårare|stort|stor|stora|hög|högt|höga|låg|lågt|svårt|viktigt|viktig|vanligt|vanlig)\b",
    re.IGNORECASE,
)


def only_told(reading: Reading) -> bool:
    """Whether a clause tells what has been or what is, and sets no goal."""
    body = reading.body
    if not re.search(r"[^\W\d_]{2,}", reading.plain):
        return True
    if words("fact_labels").match(body.lstrip(BLANK + " ")) and _LABELLED.match(body.lstrip(BLANK + " ")):
        return True
    if _GROUP_IS.match(reading.plain):
        return True
    if reading.clause.modal:
        return False
    if reading.plain.lower().startswith("att "):
        return False
    begins_with_change = words("change_words").match(body.lstrip(BLANK + " "))
    perfect = _HAS_BEEN.search(body)
    if (
        perfect
        and not _AT_LEAST.search(body)
        and not re.search(r"\batt\b", body[: perfect.start()])
        and not (_OF_ENDED.search(reading.clause.whole) and SHARE.search(body, 0, perfect.start()))
        and (_BEFORE_NOW.search(body) or _amount_before(body, perfect.end()))
    ):
        return True
    wished = _AT_LEAST.search(body) or _MEASURED.match(reading.plain) or _AT_END.search(reading.clause.whole)
    if perfect and not wished and _count_after(reading, perfect.end()):
        return True
    if _SHOWN.match(reading.plain) or (_MANY.match(reading.plain) and not words("change_words").search(body)):
        return True
    if _HAS_NOW.search(body) or _so_many_did(reading):
        return True
    if _done_by_staff(body):
        return True
    past = words("past").search(body)
    if past and past.group().lower() == "var" and _EACH.match(body, past.end()):
        past = None
    if past and not begins_with_change and not words("lead_ins").search(body[: past.start()]):
        return True
    if _PAST_COUNT.search(body) and not begins_with_change:
        return True
    if _PASSIVE_PAST.search(body) or _DID.match(reading.plain) or _WENT.search(reading.plain):
        return True
    if _COMPARED.search(body) and not _SINCE.search(body):
        return True
    if there_is(reading):
        return False
    fact = words("facts").search(body)
    if (
        fact
        and not _AT_END.search(reading.clause.whole)
        and not words("change_words", "change_verbs").search(body[: fact.start()])
    ):
        if words("hard_facts").fullmatch(fact.group()):
            return True
        room = words("volume_nouns").search(body) or words("volume_only").search(body)
        return not (room or (_amount_before(body, fact.start()) and words("destinations").search(body)))
    if _WORKS.search(body) and reading.staff:
        return True
    return words("no_goal").fullmatch(reading.plain) is not None


def _count_after(reading: Reading, place: int) -> bool:
    return any(level.start() >= place and COUNT.fullmatch(level.group()) for level in reading.levels)


def _so_many_did(reading: Reading) -> bool:
    """ "35 deltagare slutade": so many, who did something."""
    if not reading.amount:
        return False
    who = words("participants").search(reading.body, reading.amount.end())
    return bool(who and _PAST_VERB.match(reading.body, who.end()))


def _done_by_staff(body: str) -> bool:
    """ "Remisserna bedöms av ett team": how it works, said of those who do it."""
    by = _BY_WHOM.search(body)
    return bool(by and words("staff", "teams").search(by[1]))


def _amount_before(body: str, place: int) -> bool:
    return bool(SHARE.search(body, 0, place) or COUNT.search(body, 0, place))
