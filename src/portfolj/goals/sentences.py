"""A goal text cut into sentences: lines, bullets, numbered items, full stops; without labels and "Målet är att"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from portfolj.goals.words import words

_LINE = re.compile(r"[^\n\r•·●▪◦;\uf0b7]+")
_BULLET = re.compile(r"\s*(?:[-–—*o>]\s+|(?:\d{1,2}|[a-zA-Z])[.)]\s+(?=\S))*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:t\.?\s?ex|bl\.?\s?a|m\.?\s?m|m\.?\s?fl|d\.?\s?v\.?\s?s|ca|c:a|resp|etc|inkl|exkl|jan|febr?|aug|sept?|okt|nov|dec|"
    r"s\.?\s?k|f\.?\s?d|fr\.?\s?o\.?\s?m|t\.?\s?o\.?\s?m|o\.?\s?s\.?\s?v|max|min|nr|st|proc|kl|ev|gm)|\b\d{1,2})$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?][\"”’)]*(?=\s+[\"”“(]*[A-ZÅÄÖ0-9]|\s*$)|\s(?=\d{1,2}\.\s+[A-ZÅÄÖ]|\d{1,2}\)\s)")
_LABEL = re.compile(r"[^:.]{2,90}:(?=\s|$)")
_LEAD_IN = re.compile(
    r"(?:(?:projektet|insatsen|verksamheten|vi|samverkansgruppen|förbundet|samordningsförbundet|parterna|[A-ZÅÄÖ]\w+)\s+)"
    r"(?:syftar\s+till(?:\s+att)?|syftade\s+till(?:\s+att)?|har\s+som\s+(?:\w+\s+)?(?:mål|syfte|målsättning|ambition)\s*(?:att)?|har\s+(?:till|för)\s+(?:syfte|avsikt)\s+att|"
    r"vill|avser\s+att|strävar\s+efter\s+att)\s+|"
    r"(?:[\w-]+\s+){1,8}?(?:syftar|syftade)\s+till(?:\s+att)?\s+",
)
_IS_THAT = re.compile(
    r"(?:\s+\S+){0,9}?\s+(?:är|var|blir|har\s+varit|ska\s+vara|skall\s+vara)(?:\s+(?:också|även|också\s+att|dessutom|främst|i\s+första\s+hand))?(?:\s+att)?(?=\s)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:(?:ett|det|vårt|andra|övergripande|kvantitativa|kvalitativa|långsiktiga|kortsiktiga|viktigaste|den|\w+s)\s+){0,3}",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """Where a sentence stands, without its label; ``shared`` is where labels stand that speak of it."""

    start: int
    end: int
    shared: list[tuple[int, int]]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that hold a word, in its order. A label that ends a line speaks of all that follow."""
    found: list[Sentence] = []
    shared: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        start += len(_BULLET.match(text, start, end).group())  # type: ignore[union-attr]
        label = _LABEL.match(text, start, end)
        own = list(shared)
        if label:
            if not text[label.end() : end].strip():
                shared = [(start, label.end())]
                continue
            own, start = [(start, label.end())], label.end()
        if re.search(r"\w", text[start:end]):
            found.append(Sentence(_after_lead_in(text, start, end), end, own))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
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


def _after_lead_in(text: str, start: int, end: int) -> int:
    """Past "Målet med insatsen är att"."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    first = _FIRST.match(text, start, end)
    place = first.end() if first else start
    for begin in (start, place):
        lead = words("lead_ins").match(text, begin, end)
        if lead and (rest := _IS_THAT.match(text, lead.end(), end)):
            return rest.end()
    aims = _LEAD_IN.match(text, start, end)
    return aims.end() if aims else start
