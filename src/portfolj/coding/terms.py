"""Codebook terms: their syntax, and the words of a text that they are looked for in (by ``matching``).

The syntax of a term, as analysts write it in ``codebook.toml``:

- ``unga vuxna``: the words in that order. Space, hyphen and slash between words count as the same thing.
- ``*arbetslös*``: ``*`` stands for any letters or digits, or none: compounds
  (``långtidsarbetslösa``) and inflection.
- ``utbildning <3> personal``: at most three words between, within one sentence.
- ``#``: a word that is a number.
- ``NPF``: a word written in capitals only is found in capitals only. All else ignores case.
- ``re:...``: a regular expression over the whole text, for what words can't say (age spans). Ignores case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"”“(]*[A-ZÅÄÖ])|[;\n\r•]")
# A sentence up to its end, which is that of _SENTENCE_END, line ends aside, since a word may go on after one.
_SENTENCE = re.compile(r"[^.!?;]*(?:[.!?](?![\"”’)]*\s+[\"”“(]*[A-ZÅÄÖ])[^.!?;]*)*(?:[.!?][\"”’)]*\s+|;|\Z)")
_GAP = re.compile(r"<(\d{1,2})>")
_PIECE = re.compile(r"<\d{1,2}>|#|[^\W_*]*(?:\*[^\W_*]*)+|[^\W_]+")
# Words of two letters or more, with or without a star at either end: what most terms are.
_PLAIN = re.compile(r"\*?[^\W_*]{2,}\*?(?: \*?[^\W_*]{2,}\*?)*")
_SEPARATORS = re.compile(r"[\s\-–/.,:&+'’]*")

REGEX_PREFIX = "re:"
ANY_NUMBER = "#"
LONGEST_GAP = 8


class Token(NamedTuple):
    """A word of a text: its characters ``start`` to ``end`` and the sentence it stands in."""

    word: str
    start: int
    end: int
    sentence: int


def tokenise(text: str) -> list[Token]:
    """The words of a text with their places. A full stop within ``m.fl.`` or ``bl.a.`` ends no sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    tokens, sentence = [], 0
    for match in WORD.finditer(text):
        start = match.start()
        while sentence < len(ends) and start >= ends[sentence]:
            sentence += 1
        tokens.append(Token(match.group(), start, match.end(), sentence))
    return tokens


def sentences(text: str) -> list[str]:
    """The text in pieces that no term and no mending reaches over. Together they are the text."""
    return [sentence for sentence in _SENTENCE.findall(text) if sentence] or [text]


@dataclass(frozen=True)
class Term:
    """A term made ready: its words (patterns) with the largest number of words allowed before each."""

    text: str
    words: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()
    expression: re.Pattern[str] | None = None


def parse_term(text: str) -> Term:
    """The term that ``text`` describes. Raises ValueError, in Swedish, where it breaks the syntax."""
    if text.startswith(REGEX_PREFIX):
        return _parse_expression(text)
    if _PLAIN.fullmatch(text):
        plain = tuple(text.split(" "))
        return Term(text, plain, (0,) * len(plain))
    words: list[str] = []
    gaps: list[int] = []
    gap, place = 0, 0
    while place < len(text):
        place += len(_SEPARATORS.match(text, place).group())  # type: ignore[union-attr]
        if place == len(text):
            break
        piece = _PIECE.match(text, place)
        if not piece:
            raise ValueError(f"tecknet {text[place]!r} kan inte stå i en term")
        place = piece.end()
        if number := _GAP.fullmatch(piece.group()):
            gap = int(number[1])
            if not words or gap > LONGEST_GAP:
                raise ValueError(f"ett mellanrum <n> står mellan två ord och är högst <{LONGEST_GAP}>")
            continue
        if len(piece.group().replace("*", "")) < 2 and "*" in piece.group():
            raise ValueError(
                f"ordet {piece.group()!r} träffar nästan allt: skriv minst två bokstäver före eller efter *"
            )
        words.append(piece.group())
        gaps.append(gap)
        gap = 0
    if not words:
        raise ValueError("termen är tom")
    if gap:
        raise ValueError("ett mellanrum <n> måste följas av ett ord")
    return Term(text, tuple(words), tuple(gaps))


def _parse_expression(text: str) -> Term:
    try:
        expression = re.compile(text[len(REGEX_PREFIX) :], re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"det reguljära uttrycket går inte att tolka: {error}") from None
    if expression.match(""):
        raise ValueError("det reguljära uttrycket träffar en tom text")
    return Term(text, expression=expression)
