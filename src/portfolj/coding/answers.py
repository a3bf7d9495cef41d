"""What a dimension says about one intervention, and the evidence for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, KeysView
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Answer:
    """The codes of one dimension, primary first. ``codes`` is empty where nothing is defined; ``reason`` says why."""

    codes: tuple[str, ...] = ()
    basis: Basis | None = None
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: Missing | None = None
    _cells: tuple[str, str, str, str, str] | None = field(default=None, compare=False, repr=False)

    @property
    def code(self) -> str:
        """The codes as a cell holds them: joined by ``;``, or ``ej_definierad``."""
        return CODE_SEPARATOR.join(self.codes) or UNDEFINED

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Code, basis, rule, evidence and reason as cells hold them; kept, since an applicant's answer comes again."""
        if self._cells is None:
            # As str(Evidence), without a call for each: these are made by the million.
            evidence = EVIDENCE_SEPARATOR.join([f'{name} {start}-{end} "{w}"' for name, start, end, w in self.evidence])
            self._cells = self.code, self.basis or "", ";".join(self.rules), evidence, self.reason or ""
        return self._cells


def undefined(reason: Missing, evidence: Iterable[Evidence] = (), rules: Iterable[str] = ()) -> Answer:
    """An answer that defines nothing, with the reason, and the words where some stood in the way."""
    return Answer((), None, tuple(dict.fromkeys(rules)), tuple(evidence), reason)


def nothing_found(fields: KeysView[str], documenting: Iterable[str]) -> Answer:
    """An answer that defines nothing, by whether any field was there that could have said something."""
    return NO_DOCUMENTATION if fields.isdisjoint(documenting) else NO_RULE


NO_RULE = undefined(Missing.NO_RULE)
NO_DOCUMENTATION = undefined(Missing.NO_DOCUMENTATION)


def parse_evidence(text: str) -> list[Evidence]:
    """The evidence of a cell, in order. Words may hold quotes and semicolons: their length is known."""
    found, place = [], 0
    while match := _EVIDENCE.match(text, place):
        start, end = int(match[2]), int(match[3])
        words_end = match.end() + end - start
        found.append(Evidence(match[1], start, end, text[match.end() : words_end]))
        place = words_end + 1 + len(EVIDENCE_SEPARATOR)
    return found
