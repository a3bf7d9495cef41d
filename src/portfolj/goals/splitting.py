"""A goal text cut into its goals: lines and sentences, then what is coordinated within a sentence.

A goal keeps its place in the text. Its ``body`` is as long as the text, with all that is not the goal's own blanked
out, so that whatever is found in the body stands at the same place in the text. What several goals share, such as
"Efter avslutad insats ska deltagarna", stays visible in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from portfolj.goals.sentences import sentences
from portfolj.goals.words import words

BLANK = "|"
ONLY_WHY = 3  # words; what only says why, as in ".För att", is no goal
MODAL = re.compile(
    r"\b(?:ska|skall|skulle|kommer\s+(?:att|vi|projektet|insatsen|deltagarna)|bör|måste|vill|avser(?:\s+att)?|förväntas|beräknas|väntas|planeras|ska\s+kunna)\b",
    re.IGNORECASE,
)
# Why and how: the goal is what stands before.
_WHY = re.compile(
    r"(?<!verka )(?<!verkar )(?<!med målet )\b(?:för\s+att|(?:i|med)\s+syfte\s+att|så\s+att|"
    r"i\s+avsikt\s+att|och\s+(?:därigenom|därmed|på\s+så\s+sätt)\b|"
    r"(?<=pröva\s)om|(?<=prövas\s)om|(?<=testa\s)om|(?<=utreda\s)(?:om|hur)|(?<=undersöka\s)(?:om|hur)|(?<=undersökas\s)(?:om|hur)|(?<=analysera\s)hur|(?<=kartlägga\s)hur|"
    r"vilket\s+(?:leder|ger|bidrar|ska|innebär|i\s+sin)|som\s+ett\s+led\s+i)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:genom|med\s+hjälp\s+av|via|tack\s+vare)\b", re.IGNORECASE)
_WITH_GOAL = re.compile(
    r",?\s*\bmed\s+(?:ett\s+|det\s+|den\s+)?(?:\w+\s+)?(?:mål(?:et|en)?|delmål(?:et)?|målsättning(?:en)?|ambition(?:en)?)\s+att\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:,\s+(?:och\s+|samt\s+|men\s+|dels\s+|varav\s+)?|\s+(?:och|samt|men|dels|varav|respektive)\s+)(?:(?:att|dels|därmed|även|också|på\s+sikt|i\s+bästa\s+fall|i\s+förlängningen|därefter|där)\s+)*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:minst|cirka|ca|högst|omkring|totalt|ytterligare|upp\s+till|åtminstone|ungefär)?\s*(?:en\s+ökning|en\s+minskning)?\s*"
    r"(?:\d+\s*[-–]?\s*\d*\s*(?:%|procent|personer|st\b|deltagare|av\b|individer|ungdomar)|\d+\b|hälften|en\s+(?:tredje|fjärde|femte)del|"
    r"(?:tio|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(?:fem)?\s+(?:procent|personer|deltagare|av)\b|alla\b|samtliga\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:som|där|vars|vilka)\s[^,|.;:]*", re.IGNORECASE)
_RELATIVE_ENDS = re.compile(r"\w+\s+\w+\s+\w+\s+")
_DESCRIBED = re.compile(
    r"\b(?:som|där|vilka)\s+(?!(?:\w+(?:[aeiå]tt?|ar|er|år)|är|vill|bor)\s+)(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
# A description that has its own verb ends where the next one begins: "de som avslutat insatsen har funnit".
_DESCRIBED_FULLY = re.compile(
    r"(?:som|där|vilka)\s+(?:\w+(?:[aeiå]tt?|ar|er|år)|är|har|bor)\s+(?:[\w-]+\s+){1,9}?(?<!och\s)(?<!eller\s)(?<!inte\s)"
    r"(?=(?:har|är|får|når|blir|kommer|går|hamnar)\s)",
    re.IGNORECASE,
)
_ATT = re.compile(r"(?:att\s+)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:(?:andel\w*|antal\w*|fler|färre|procent|%)\s+(?:[\w-]+\s+){0,3}|(?:de|dem)\s+)$", re.IGNORECASE
)
_FROM = re.compile(r"\bmellan\s+\d[\d\s]*(?:%|procent)?\s*$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:göras|genomföras|ske|erbjudas|tas\s+fram|skapas|upprättas|utarbetas|utvecklas|starta|mätas)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Clause:
    """One goal's place in the text, its ``body``, the ``whole`` with why and how, where its ``predicate`` begins."""

    start: int
    end: int
    body: str
    whole: str
    predicate: int
    modal: bool


def split_goals(text: str) -> list[Clause]:
    """The clauses of a text that may be goals, in its order. None for a text without words."""
    return [
        clause
        for sentence in sentences(text)
        for start, end in _with_goals(text, sentence.start, sentence.end)
        for clause in _coordinated(text, start, end, _core(text, start, end) or _all(text, start, end), sentence.shared)
    ]


def _all(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The whole sentence, where it seems to hold nothing but why and how and still says something."""
    return [(start, end)] if len(text[start:end].split()) > ONLY_WHY else []


def _with_goals(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cut in _WITH_GOAL.finditer(text, start, end):
        if text[start : cut.start()].strip():
            yield start, cut.start()
        start = cut.end()
    if text[start:end].strip():
        yield start, end


def _core(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What of a sentence is the goal: not why ("för att") nor how ("genom att")."""
    verb = words("activity_verbs", "change_verbs", "carriers")
    place = _ATT.match(text, start, end).end()  # type: ignore[union-attr]
    opening = _HOW.match(text, place, end) or _WHY.match(text, place, end)
    if opening:
        modal = MODAL.search(text, opening.end(), end)
        heads = [
            hit
            for hit in verb.finditer(text, opening.end(), end)
            if text[hit.start() - 4 : hit.start()].lower() != "att "
        ]
        if modal:
            start = modal.start()
        elif heads:
            start = heads[0].start()
    kept: list[tuple[int, int]] = []
    place = start
    for pattern_hit in sorted(
        [*_WHY.finditer(text, start, end), *_HOW.finditer(text, start, end)], key=lambda hit: hit.start()
    ):
        if pattern_hit.start() < place or pattern_hit.start() <= start:
            continue
        kept.append((place, pattern_hit.start()))
        modal = MODAL.search(text, place, pattern_hit.start())
        if modal and not text[modal.end() : pattern_hit.start()].strip():
            place = _first_verb(text, pattern_hit.end(), end)  # "ska genom en kartläggning identifiera"
        else:
            place = _goes_on(text, pattern_hit.end(), end)
    kept.append((place, end))
    return [(a, b) for a, b in kept if text[a:b].strip(" .,")]


def _first_verb(text: str, start: int, end: int) -> int:
    """Where what is to be done stands behind how: the first verb that no "att" goes before."""
    verbs = words("activity_verbs", "change_verbs", "carriers", "reach_verbs").finditer(text, start, end)
    return next((hit.start() for hit in verbs if text[hit.start() - 4 : hit.start()].lower() != "att "), end)


def _goes_on(text: str, start: int, end: int) -> int:
    """Where another goal begins after a purpose: a quantity or a subject with "ska"; the end where none does."""
    for joint in _JOINT.finditer(text, start, end):
        following = _JOINT.search(text, joint.end(), end)
        chunk = text[joint.end() : following.start() if following else end]
        if MODAL.search(chunk) and not chunk.lower().startswith(("som ", "de ", "att ")):
            return joint.start()
    return end


def _coordinated(
    text: str, start: int, end: int, visible: list[tuple[int, int]], shared: list[tuple[int, int]]
) -> Iterator[Clause]:
    body = _blanked(text, visible)
    cuts = [start]
    starts = [start]
    for joint in _JOINT.finditer(body, start, end):
        if _begins_goal(body, cuts[-1], joint.start(), joint.end(), end):
            cuts.append(joint.end())
            starts.append(joint.start())
    ends = [*starts[1:], end]
    subject: tuple[int, int] | None = None
    for first, last in zip(cuts, ends, strict=True):
        own = [(max(a, first), min(b, last)) for a, b in visible if max(a, first) < min(b, last)]
        if not own:  # only why or how, as in ".För att"
            continue
        modal = main_modal(_blanked(text, own), first, last)
        said = _Said(first, modal.end() if modal else first, last, bool(modal))
        if modal:
            subject = (first, modal.end())
            yield _clause(text, own, shared, said)
        elif subject and not _AMOUNT.match(body, first, last):
            yield _clause(text, own, [*shared, subject], said._replace(modal=True))
        else:
            yield _clause(text, own, shared, said)


class _Said(NamedTuple):
    """Where a part of a sentence stands."""

    first: int
    predicate: int
    last: int
    modal: bool


def _clause(text: str, own: list[tuple[int, int]], shared: list[tuple[int, int]], said: _Said) -> Clause:
    start, end = min(a for a, _ in own), max(b for _, b in own)
    whole = _blanked(text, [*shared, (start, said.last)])
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,"))
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,\t"))
    body = _blanked(text, [*shared, *own])
    return Clause(start, end, body, whole, said.predicate, said.modal)


def main_modal(body: str, start: int, end: int) -> re.Match[str] | None:
    """The first "ska" that isn't of somebody described, as in "unga som vill arbeta"."""
    return next(
        (hit for hit in MODAL.finditer(body, start, end) if not _DESCRIBED.search(body[start : hit.start()])), None
    )


def without_relatives(body: str) -> str:
    """The body without "som ..." that only describes somebody; kept in "andelen deltagare som får arbete"."""
    kept = body
    for hit in _RELATIVE.finditer(body):
        if _COUNTED.search(body[: hit.start()]):
            continue
        modal = MODAL.search(body, hit.start(), hit.end())
        end = modal.start() if modal else hit.end()
        ended = _RELATIVE_ENDS.search(body, hit.start(), end)
        turn = words("change_words", "turns").search(body, ended.end(), end) if ended else None
        fully = _DESCRIBED_FULLY.match(body, hit.start(), end)
        to = re.compile(r"\s(?=att\s)").search(body, hit.start(), end)
        end = min(
            [end, *([fully.end()] if fully else []), *([turn.start()] if turn else []), *([to.start()] if to else [])]
        )
        kept = kept[: hit.start()] + BLANK * (end - hit.start()) + kept[end:]
    return kept


def _blanked(text: str, visible: list[tuple[int, int]]) -> str:
    kept = [BLANK] * len(text)
    for start, end in visible:
        kept[start:end] = text[start:end]
    return "".join(kept)


def _begins_goal(body: str, start: int, joint: int, place: int, end: int) -> bool:
    """Whether a new goal begins at ``place``, after "och" or a comma."""
    left = body[start:joint]
    if not re.search(r"\w", left.replace(BLANK, "")):
        return False
    following = _JOINT.search(body, place, end)
    chunk_end = following.start() if following else end
    chunk = body[place:chunk_end]
    modal = MODAL.search(chunk)
    if re.match(
        r"(?:som|där|vilket|vilka|varav|bland|exempelvis|såsom|inklusive|det\s+vill\s+säga|dvs)\b", chunk, re.I
    ):
        return False
    if _FROM.search(left):  # "mellan 20 och 30 deltagare"
        return False
    any_head = words("activity_verbs", "change_verbs", "change_words", "reach_verbs", "carriers", "volume_verbs")
    if not modal and not MODAL.search(left) and MODAL.search(body, chunk_end, end):
        return False  # coordinated within the subject: "möjligheterna att nå, få och behålla ett arbete ska öka"
    verbs = words("activity_verbs", "change_verbs", "reach_verbs")
    if modal and not MODAL.search(left) and verbs.match(chunk):
        return False
    if modal:
        return bool(MODAL.search(left) or any_head.search(left))
    has_modal = bool(MODAL.search(left))
    if _AMOUNT.match(body, place, end):
        # "15 procent studera": a quantity with something said of it.
        amount = _AMOUNT.match(body, place, end)
        rest = body[amount.end() : chunk_end] if amount else ""
        return bool(words("reach_verbs", "activity_verbs", "change_verbs", "destinations").search(rest)) and bool(
            words("reach_verbs", "activity_verbs", "change_verbs", "destinations", "volume_verbs").search(left)
        )
    activity, change, reach = words("activity_verbs"), words("change_verbs"), words("reach_verbs")
    verb = activity.match(body, place) or change.match(body, place)
    if reached := words("volume_verbs", "reach_verbs").match(body, place):
        follows = reached.end() + 1
        if (_AMOUNT.match(body, follows, end) or words("participants").match(body, follows)) and any_head.search(left):
            return True
    if verb and not (reach.fullmatch(verb.group()) and verb.group().lower() not in {"utveckla", "öka"}):
        heads = [*words("activity_verbs", "change_verbs", "carriers", "reach_verbs", "change_words").finditer(left)]
        if not heads:
            return False
        after = left[heads[-1].end() :]
        return bool(re.search(r"\w", after.replace(BLANK, ""))) or bool(has_modal and len(heads) > 1)
    carrier = words("carriers").match(body, place)
    if carrier and " " in carrier.group() and any_head.search(left):
        return True
    if carrier and words("change_words", "lasting").search(chunk) and not reach.match(body, place):
        return True
    article = re.compile(r"(?:en|ett|den|det)\s+").match(body, place)
    if adjective := words(*(("change_words", "good_words") if article else ("change_words",))).match(
        body, article.end() if article else place
    ):
        rest = body[adjective.end() : chunk_end]
        if not re.search(r"\w{3,}", rest):
            return False
        return bool(words("change_words", "change_verbs", "activity_verbs").search(left)) or has_modal
    done = _DONE.search(chunk)
    return bool(done and done.start() < 30 and _DONE.search(left))
