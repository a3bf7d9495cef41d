"""Who answers for an intervention: read from the applicant, else from words that say or plainly imply it.

A place, a venue, a partner, a financier or the commissioner of an evaluation is no owner, so a description counts only
where words of ownership stand beside the organisation (roles ``owner_follows`` and ``owner_precedes``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portfolj.coding.actors import acting, mentioned, without_denied
from portfolj.coding.answers import Answer, nothing_found, undefined
from portfolj.coding.codebook import OWNER, Missing, Role, Strength
from portfolj.coding.reading import LIST_WORDS, FieldReading, RuleHit, Sentence, Span, without_covered
from portfolj.federation import Basis

LOCAL_GROUP = "lsg"
AUTHORITIES = {"kommun", "region", "af", "fk"}
DOCUMENTING = ("applicant", "description", "goal_text")
REACH_AFTER_CUE = 2
REACH_BEFORE_CUE = 2
_PLACES = re.compile(r"\b[A-ZÅÄÖ][\w-]*")


def code_owner(readings: Mapping[str, FieldReading]) -> Answer:
    """The owner that the strongest basis gives. Several equal owners of different kinds define none.

    Where an authority and a local cooperation group stand together, the authority is the owner.
    """
    if "applicant" in readings:
        answer = readings["applicant"].tell(_from_applicant)
        if answer:
            return answer
    several: Answer | None = None
    for field in ("description", "goal_text"):
        if field in readings:
            answer = readings[field].tell(_from_description)
            if answer and answer.codes:
                return answer
            several = several or answer
    if several:
        return several
    if "name" in readings:
        answer = readings["name"].tell(_from_name)
        if answer:
            return answer
    return nothing_found(readings.keys(), DOCUMENTING)


def _from_applicant(reading: FieldReading) -> Answer | None:
    mentions = without_covered(reading.of(OWNER))
    outside = [
        hit
        for hit in mentions
        if not _in_parentheses(reading.text, hit.start) and hit.rule.strength is not Strength.WEAK
    ]
    mentions = outside or mentions
    for span in reading.spans(Role.NOT_OWNER_FOLLOWS):
        before = [hit for hit in mentions if hit.last < span.first]
        if before:
            mentions = [hit for hit in mentions if hit.last < span.first or not _governed(reading, span.last, hit)]
    weak = all(hit.rule.strength is Strength.WEAK for hit in mentions)
    if reading.spans(Role.SEVERAL_PARTIES) and weak:
        return undefined(Missing.SEVERAL_PARTIES)
    return _decide(reading, _without_places(reading, mentions), Basis.STATED)


def _without_places(reading: FieldReading, mentions: list[RuleHit]) -> list[RuleHit]:
    """Without those that stand straight after ``i`` or ``vid`` behind another: ``Arbetsförmedlingen i Sala kommun``."""
    places = {span.last + 1 for span in reading.spans(Role.PLACE_FOLLOWS)}
    return [hit for place, hit in enumerate(mentions) if place == 0 or hit.first not in places]


def _governed(reading: FieldReading, cue: int, hit: RuleHit) -> bool:
    """Whether a mention stands under words such as ``i`` or ``tillsammans med``: directly after, or in their list."""
    return hit.first > cue and not re.search(r"[;/]", reading.text[reading.tokens[cue].end : hit.start])


def _from_description(reading: FieldReading) -> Answer | None:
    return _from_text(reading, Basis.DESCRIBED)


def _from_text(reading: FieldReading, basis: Basis) -> Answer | None:
    if OWNER not in reading.dimensions:
        return None
    owners: list[RuleHit] = []
    if any(sentence.tell(_says_who_owns) for sentence in reading.sentences if OWNER in sentence.hits):
        owners = [hit for told in _WAYS_TO_OWN for hit in reading.each(OWNER, told)]
    acted = list(dict.fromkeys(owners)) or acting(reading)
    return _decide(reading, acted, basis) if acted else None


def _says_who_owns(sentence: Sentence) -> bool:
    return any(sentence.tell(told) for told in _WAYS_TO_OWN)


def _after_cues(sentence: Sentence) -> list[RuleHit]:
    owners: list[RuleHit] = []
    mentions, others = sentence.tell(mentioned), sentence.spans(Role.NOT_OWNER_FOLLOWS)
    for span in sentence.spans(Role.OWNER_FOLLOWS) if mentions else ():
        # A longer cue that ends in the same word says otherwise: "utvärderingen genomförs av".
        if not any(other.last == span.last and other.first < span.first for other in others):
            owners += _listed_after(sentence, mentions, span.last)
    return without_denied(sentence, owners)


def _before_cues(sentence: Sentence) -> list[RuleHit]:
    owners: list[RuleHit] = []
    mentions = sentence.tell(mentioned)
    for span in sentence.spans(Role.OWNER_PRECEDES) if mentions else ():
        owners += _just_before(sentence, mentions, span.first)
    return without_denied(sentence, owners)


def _possessing(sentence: Sentence) -> list[RuleHit]:
    owners: list[RuleHit] = []
    mentions = sentence.tell(mentioned)
    for span in sentence.spans(Role.OWNER_POSSESSES) if mentions else ():
        before = [hit for hit in mentions if hit.last < span.first and sentence.same_sentence(hit.last, span.first)]
        owners += [hit for hit in before[-1:] if _distance(sentence, hit.last, span.first) == 0]
    return without_denied(sentence, owners)


_WAYS_TO_OWN = (_after_cues, _before_cues, _possessing)


def _from_name(reading: FieldReading) -> Answer | None:
    """The owner from a name: only by rules whose fields say so, or by the words of ownership that count in a text."""
    named = [hit for hit in without_covered(reading.of(OWNER)) if hit.rule.fields == ("name",)]
    return _decide(reading, named, Basis.NAMED) or _from_text(reading, Basis.NAMED)


def _listed_after(reading: Sentence, mentions: Sequence[RuleHit], cue: int) -> list[RuleHit]:
    """The organisations listed straight after a cue: ``drivs av Flens kommun och Region Sörmland``."""
    found: list[RuleHit] = []
    for hit in mentions:
        if hit.first <= cue or not reading.same_sentence(cue, hit.first):
            continue
        if found and not _listed(reading.text[found[-1].end : hit.start]):
            break
        if not found and _distance(reading, cue, hit.first) > REACH_AFTER_CUE:
            break
        if not found and any(cue < span.first <= hit.first for span in _turning_away(reading)):
            break
        found.append(hit)
    return found


def _just_before(reading: Sentence, mentions: Sequence[RuleHit], cue: int) -> list[RuleHit]:
    """The organisations listed straight before a cue: ``Flens kommun driver``."""
    found: list[RuleHit] = []
    for hit in reversed(mentions):
        if hit.last >= cue or not reading.same_sentence(cue, hit.last):
            continue
        if found and not _listed(reading.text[hit.end : found[-1].start]):
            break
        if not found and _distance(reading, hit.last, cue) > REACH_BEFORE_CUE:
            break
        turned = [
            span
            for span in _turning_away(reading)
            if span.last == hit.first - 1 and reading.same_sentence(span.last, hit.first)
        ]
        if turned and any(other.last == turned[0].first - 1 for other in mentions):
            continue  # the unit before it owns: "Beroendecentrum i Region Örebro län är huvudman"
        if turned:
            return []  # "samarbete mellan Af och kommunen ger": what turns the first away turns the list away
        found.append(hit)
    return found[::-1]


def _listed(between: str) -> bool:
    """Whether only list words, and places of what stands before, part two organisations."""
    return bool(LIST_WORDS.fullmatch(_PLACES.sub("", between)))


def _turning_away(reading: Sentence) -> list[Span]:
    return [*reading.spans(Role.NOT_OWNER_FOLLOWS), *reading.spans(Role.PLACE_FOLLOWS)]


def _distance(reading: Sentence, first: int, second: int) -> int:
    """The words between two tokens, names and list words aside: ``Kommunerna Mora, Orsa och Älvdalen driver``."""
    words = reading.words[first + 1 : second]
    return sum(not word[0].isupper() and word not in ("och", "samt") for word in words)


def _decide(reading: FieldReading, mentions: Sequence[RuleHit], basis: Basis) -> Answer | None:
    strong = [hit for hit in mentions if hit.rule.strength is not Strength.WEAK]
    mentions = strong or _innermost(mentions)
    codes = list(dict.fromkeys(hit.rule.code for hit in mentions))
    if not codes:
        return None
    if len(codes) == 2 and LOCAL_GROUP in codes and AUTHORITIES & set(codes):
        codes.remove(LOCAL_GROUP)
    one_each = {hit.rule.code: hit for hit in reversed(mentions)}
    hits = [one_each[code] for code in codes]
    evidence = tuple(reading.evidence(hit) for hit in hits)
    rules = tuple(hit.rule.id for hit in hits)
    if len(codes) > 1:
        return undefined(Missing.SEVERAL_PARTIES, evidence, rules)
    return Answer((codes[0],), basis, rules, evidence)


def _innermost(weak: Sequence[RuleHit]) -> list[RuleHit]:
    """Without those that another lies within: the rule of last resort takes all that an applicant's cell says."""
    return [
        hit
        for hit in weak
        if not any(
            (hit.start, hit.end) != (other.start, other.end) and hit.start <= other.start and other.end <= hit.end
            for other in weak
        )
    ]


def _in_parentheses(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)
