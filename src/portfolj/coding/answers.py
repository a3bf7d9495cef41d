"""What a dimension says about one intervention, and the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from portfolj.coding.codebook import UNDEFINED, Missing
from portfolj.federation import Basis

CODE_SEPARATOR = ";"
EVIDENCE_SEPARATOR = "; "
_EVIDENCE = re.compile(r'(\w+) (\d+)-(\d+) "')


class Evidence(NamedTuple):
    """The exact words of a field: ``text[start:end] == words`` in the text as it was given."""

    field: str
    start: int
    end: int
    words: str

    def __str__(self) -> str:
        return f'{self.field} {self.start}-{self.end} "{self.words}"'


@dataclass(frozen=True)
class Answer:
    """The codes of one dimension, primary first. ``codes`` is empty where nothing is defined; ``reason`` says why."""

    codes: tuple[str, ...] = ()
    basis: Basis | None = None
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: Missing | None = None

    @property
    def code(self) -> str:
        """The codes as a cell holds them: joined by ``;``, or ``ej_definierad``."""
        return CODE_SEPARATOR.join(self.codes) or UNDEFINED

    @property
    def evidence_text(self) -> str:
        """The evidence as a cell holds it."""
        return EVIDENCE_SEPARATOR.join(str(item) for item in self.evidence)


def undefined(reason: Missing, evidence: Iterable[Evidence] = (), rules: Iterable[str] = ()) -> Answer:
    """An answer that defines nothing, with the reason, and the words where some stood in the way."""
    return Answer(reason=reason, evidence=tuple(evidence), rules=tuple(dict.fromkeys(rules)))


def parse_evidence(text: str) -> list[Evidence]:
    """The evidence of a cell, in order. Words may hold quotes and semicolons: their length is known."""
    found, place = [], 0
    while match := _EVIDENCE.match(text, place):
        start, end = int(match[2]), int(match[3])
        words_end = match.end() + end - start
        found.append(Evidence(match[1], start, end, text[match.end() : words_end]))
        place = words_end + 1 + len(EVIDENCE_SEPARATOR)
    return found
