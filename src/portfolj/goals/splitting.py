"""A goal text cut into its goals: lines and sentences, then what is coordinated within a sentence.

A goal keeps its place in the text. Its ``body`` is as long as the text, with all that is not the goal's own blanked
out, so that whatever is found in the body stands at the same place in the text. What several goals share, such as
"Efter avslutad insats ska deltagarna", stays visible in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolj.goals.words import words

BLANK = "|"
_LINE = re.compile(r"[^\n\r•·●▪◦;\uf0b7]+")
_BULLET = re.compile(r"\s*(?:[-–—*o>]\s+|(?:\d{1,2}|[a-zA-Z])[.)]\s+(?=\S))*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:t\.?\s?ex|bl\.?\s?a|m\.?\s?m|m\.?\s?fl|d\.?\s?v\.?\s?s|ca|c:a|resp|etc|inkl|exkl|jan|febr?|aug|sept?|okt|nov|dec|"
    r"s\.?\s?k|f\.?\s?d|fr\.?\s?o\.?\s?m|t\.?\s?o\.?\s?m|o\.?\s?s\.?\s?v|max|min|nr|st|proc|kl|ev|gm)|\b\d{1,2})$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?][\"”’)]*(?=\s+[\"”“(]*[A-ZÅÄÖ0-9]|\s*$)|\s(?=\d{1,2}\.\s+[A-ZÅÄÖ]|\d{1,2}\)\s)")
_LABEL = re.compile(r"[^:.]{2,90}:(?=\s|$)")
MODAL = re.compile(
    r"\b(?:ska|skall|skulle|kommer\s+(?:att|vi|projektet|insatsen|deltagarna)|bör|måste|vill|avser(?:\s+att)?|förväntas|beräknas|väntas|planeras|ska\s+kunna)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"(?:(?:projektet|insatsen|verksamheten|vi|samverkansgruppen|förbundet|samordningsförbundet|parterna|[A-ZÅÄÖ]\w+)\s+)"
    r"(?:syftar\s+till(?:\s+att)?|syftade\s+till(?:\s+att)?|har\s+som\s+(?:\w+\s+)?(?:mål|syfte|målsättning|ambition)\s*(?:att)?|har\s+(?:till|för)\s+(?:syfte|avsikt)\s+att|"
    r"vill|avser\s+att|strävar\s+efter\s+att)\s+",
)
_IS_THAT = r"(?:\s+\S+){0,9}?\s+(?:är|var|blir|har\s+varit|ska\s+vara|skall\s+vara)(?:\s+(?:också|även|också\s+att|dessutom|främst|i\s+första\s+hand))?(?:\s+att)?(?=\s)"
# Why and how: the goal is what stands before.
_WHY = re.compile(
    r"(?<!verka )(?<!verkar )(?<!med målet )\b(?:för\s+att|(?:i|med)\s+syfte\s+att|så\s+att|i\s+avsikt\s+att|och\s+(?:därigenom|därmed|på\s+så\s+sätt)\b|vilket\s+(?:leder|ger|bidrar|ska|innebär|i\s+sin)|som\s+ett\s+led\s+i)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:genom|med\s+hjälp\s+av|via|tack\s+vare)\b", re.IGNORECASE)
_WITH_GOAL = re.compile(
    r",?\s*\bmed\s+(?:ett\s+|det\s+|den\s+)?(?:\w+\s+)?(?:mål(?:et|en)?|delmål(?:et)?|målsättning(?:en)?|ambition(?:en)?)\s+att\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:,\s+(?:och\s+|samt\s+|men\s+|dels\s+|varav\s+)?|\s+(?:och|samt|men|dels|varav|respektive)\s+)(?:(?:att|dels|därmed|även|också|på\s+sikt|där)\s+)*",
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
_COUNTED = re.compile(
    r"\b(?:(?:andel\w*|antal\w*|fler|färre|procent|%)\s+(?:[\w-]+\s+){0,3}|(?:de|dem)\s+)$", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:göras|genomföras|ske|erbjudas|tas\s+fram|skapas|upprättas|utarbetas|utvecklas|starta|mätas)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Clause:
    """One goal's place in the text, its ``body``, the ``whole`` with why and how, and where in it what is said of it begins (after "ska")."""

    start: int
    end: int
    body: str
    whole: str
    predicate: int
    modal: bool


def split_goals(text: str) -> list[Clause]:
    """The clauses of a text that may be goals, in its order. None for a text without words."""
    found: list[Clause] = []
    shared: list[tuple[int, int]] = []
    for start, end in _sentences(text):
        start += len(_BULLET.match(text, start, end).group())  # type: ignore[union-attr]
        label = _LABEL.match(text, start, end)
        own = list(shared)
        if label:
            if not text[label.end() : end].strip():
                shared = [(start, label.end())]
                continue
            own, start = [(start, label.end())], label.end()
        if re.search(r"\w", text[start:end]):
            found += _clauses(text, start, end, own)
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _STOP.finditer(line.group()):
            end = line.start() + stop.end()
            if stop.group()[0] == "." and stop.end() < len(line.group()):
                before = text[start : line.start() + stop.start()]
                if _ABBREVIATION.search(before) and (
                    text[end:].lstrip()[:1].islower() or len(before.strip()) <= 3 or before.strip()[-1:].isdigit()
                ):
                    continue
            if text[start:end].strip():
                yield start, end
            start = end
        if text[start : line.end()].strip():
            yield start, line.end()


def _clauses(text: str, start: int, end: int, shared: list[tuple[int, int]]) -> Iterator[Clause]:
    """The goals of one sentence."""
    start = _after_lead_in(text, start, end)
    for first, last in _with_goals(text, start, end):
        visible = _core(text, first, last)
        yield from _coordinated(text, first, last, visible, shared)


def _after_lead_in(text: str, start: int, end: int) -> int:
    """Past "Målet med insatsen är att"."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    first = re.compile(
        r"(?:(?:ett|det|vårt|projektets|insatsens|vårt|andra|övergripande|kvantitativa|långsiktiga|kortsiktiga|den|\w+s)\s+){0,3}",
        re.IGNORECASE,
    ).match(text, start, end)
    place = first.end() if first else start
    for begin in (start, place):
        if lead := words("lead_ins").match(text, begin, end):
            if rest := re.compile(_IS_THAT, re.IGNORECASE).match(text, lead.end(), end):
                return rest.end()
    if lead := _LEAD_IN.match(text, start, end):
        return lead.end()
    return start


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
    opening = _HOW.match(text, start, end) or _WHY.match(text, start, end)
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
        place = _goes_on(text, pattern_hit.end(), end)
    kept.append((place, end))
    return [(a, b) for a, b in kept if text[a:b].strip(" .,")]


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
        modal = MODAL.search(_blanked(text, own), first, last)
        if modal and not _in_relative(text[first : modal.start()]):
            subject = (first, modal.end())
            yield _clause(text, own, shared, modal.end(), True, last)
        elif subject and not _new_subject(body, first, last):
            yield _clause(text, own, [*shared, subject], first, True, last)
        else:
            yield _clause(text, own, shared, first, False, last)


def _in_relative(before: str) -> bool:
    return False


def _new_subject(body: str, start: int, end: int) -> bool:
    """Whether a part has a quantity of its own, so that the one before isn't about it."""
    return bool(_AMOUNT.match(body, start, end))


def _clause(
    text: str, own: list[tuple[int, int]], shared: list[tuple[int, int]], predicate: int, modal: bool, last: int
) -> Clause:
    start = min(a for a, _ in own)
    end = max(b for _, b in own)
    whole = _blanked(text, [*shared, (start, last)])
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,"))
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,\t"))
    return Clause(start, end, _blanked(text, [*shared, *own]), whole, predicate, modal)


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
        to = re.compile(r"\s(?=att\s)").search(body, hit.start(), end)
        end = min([end, *([turn.start()] if turn else []), *([to.start()] if to else [])])
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
    if re.match(r"(?:som|där|vilket|vilka|varav|bland|exempelvis|såsom|inklusive)\b", chunk, re.IGNORECASE):
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
    if verb and not (reach.fullmatch(verb.group()) and not verb.group().lower() in {"utveckla", "öka"}):
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
