"""One sentence of the board's page, the question that it answers, and where on which page its figures are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from portfolj.exhibits.markup import Html, anchor_of

MOST = 10  # sentences on the page
_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9\"”])")
_NAMES = ("Arbetsförmedlingen", "Försäkringskassan", "Finsam")


class Section(StrEnum):
    """The parts of the page, in the order in which they are read."""

    FUNDED = "funded"
    RESULTS = "results"
    UNKNOWN = "unknown"
    DECIDE = "decide"


@dataclass(frozen=True)
class Place:
    """A section of another page of the report: the page's file and title, and the section's heading as it stands."""

    page: str
    title: str
    heading: str

    @property
    def address(self) -> str:
        """Where it is, from a page of the same report."""
        return f"{self.page}#{anchor_of(self.heading)}"

    @property
    def name(self) -> str:
        """Page and section, as the text of a link."""
        return f"{self.title}{'' if self.title.endswith('?') else ':'} {self.heading}"


@dataclass(frozen=True)
class Sentence:
    """One sentence. ``weight``: how much a board misses where it is left out, the more the heavier."""

    section: Section
    question: str
    text: str
    places: tuple[Place, ...]
    weight: int

    def html(self) -> Markup:
        """The question, the sentence and the way to what is behind it."""
        links = Markup(", ").join(Markup('<a href="{}">{}</a>').format(p.address, p.name) for p in self.places)
        asked = Markup("<strong>{}</strong> ").format(self.question) if self.question else Markup("")
        return asked + Markup('{} <span class="behind">{}</span>').format(self.text, links)


def heaviest(candidates: Iterable[Sentence | None]) -> list[Sentence]:
    """At most ``MOST`` of them, the heaviest, in the order in which they were given."""
    given = [sentence for sentence in candidates if sentence is not None]
    kept = sorted(range(len(given)), key=lambda n: (-given[n].weight, n))[:MOST]
    return [given[n] for n in sorted(kept)]


def listed(sentences: Iterable[Sentence]) -> Html:
    """The sentences as a list."""
    items = Markup("").join(Markup("<li>{}</li>").format(sentence.html()) for sentence in sentences)
    return Html(Markup('<ul class="board">{}</ul>').format(items))


def parts_of(text: str) -> list[str]:
    """The sentences of a finding."""
    return _BETWEEN.split(text.strip()) if text.strip() else []


def first_of(text: str) -> str:
    """Its first sentence; empty of an empty text."""
    return parts_of(text)[0] if text.strip() else ""


def as_one(parts: Iterable[str]) -> str:
    """Several sentences as one, with semicolons between; empty without any."""
    told = [part.strip().rstrip(".") for part in parts if part.strip()]
    small = [
        part if part.startswith(_NAMES) or part[:2].isupper() else part[:1].lower() + part[1:] for part in told[1:]
    ]
    return "; ".join([*told[:1], *small]) + "." if told else ""
