"""Codebook terms: their syntax, and a matcher that finds all of them in a text in one pass.

The syntax of a term, as analysts write it in ``codebook.toml``:

- ``unga vuxna``: the words in that order. Space, hyphen and slash between words count as the same thing.
- ``*arbetslös*``: ``*`` stands for any letters or digits, or none: compounds
  (``långtidsarbetslösa``) and inflection.
- ``utbildning <3> personal``: at most three words between, within one sentence.
- ``#``: a word that is a number.
- ``NPF``: a word written in capitals only is found in capitals only. All else ignores case.
- ``re:...``: a regular expression over the whole text, for what words can't say (age spans). Ignores case.

Every different word of the texts is looked up once and remembered, so that the cost of a codebook with thousands of
terms is paid per word form and not per text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from portfolj.coding.expressions import Expressions

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"”“(]*[A-ZÅÄÖ])|[;\n\r•]")
_GAP = re.compile(r"<(\d{1,2})>")
_PIECE = re.compile(r"<\d{1,2}>|#|[^\W_*]*(?:\*[^\W_*]*)+|[^\W_]+")
_SEPARATORS = re.compile(r"[\s\-–/.,:&+'’]*")

REGEX_PREFIX = "re:"
ANY_NUMBER = "#"
LONGEST_GAP = 8
KEPT_WORDS = 200_000  # word forms whose patterns are remembered; bounds memory


class Token(NamedTuple):
    """A word of a text: its characters ``start`` to ``end`` and the sentence it stands in."""

    word: str
    start: int
    end: int
    sentence: int


class Hit(NamedTuple):
    """A term found: which term, its first and last token (both included), and its characters ``start`` to ``end``."""

    term: int
    first: int
    last: int
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The words of a text with their places. A full stop within ``m.fl.`` or ``bl.a.`` ends no sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    tokens, sentence = [], 0
    for match in _WORD.finditer(text):
        start = match.start()
        while sentence < len(ends) and start >= ends[sentence]:
            sentence += 1
        tokens.append(Token(match.group(), start, match.end(), sentence))
    return tokens


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


@dataclass(slots=True)
class _Node:
    """Where terms with the same first words part: largest gap -> next word pattern -> node. ``terms`` end here."""

    terms: list[int] = field(default_factory=list)
    next: dict[int, dict[int, _Node]] = field(default_factory=dict)


class Matcher:
    """Finds many terms in a text at once. Term numbers are places in the sequence given."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._expressions = Expressions((i, term.expression) for i, term in enumerate(terms) if term.expression)
        self._patterns: dict[str, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._by_part: dict[str, list[tuple[int, re.Pattern[str]]]] = defaultdict(list)
        self._known: dict[str, tuple[int, ...]] = {}
        self._starts: dict[str, tuple[_Node, ...]] = {}
        self._roots: dict[int, _Node] = {}
        for number, term in enumerate(terms):
            node: _Node | None = None
            for word, gap in zip(term.words, term.gaps, strict=True):
                branch = self._roots if node is None else node.next.setdefault(gap, {})
                pattern = self._pattern(word)
                node = branch.get(pattern)
                if node is None:
                    node = branch[pattern] = _Node()
            if node is not None:
                node.terms.append(number)
        self._lengths = sorted({len(part) for part in self._by_part})
        self.patterns = tuple(self._patterns)
        self.words = frozenset(word for term in terms for word in (*term.words, *_words_of(term.expression)))
        self.pairs = frozenset(
            pair for term in terms for pair, gap in zip(pairwise(term.words), term.gaps[1:], strict=True) if gap == 0
        )

    def _pattern(self, word: str) -> int:
        capitals = len(word) > 1 and word.isupper()
        key = word if capitals else word.lower()
        if key in self._patterns:
            return self._patterns[key]
        number = self._patterns[key] = len(self._patterns)
        if "*" not in key:
            self._exact[key].append(number)
            return number
        flags = 0 if capitals else re.IGNORECASE
        expression = re.compile(r"\w*".join(re.escape(part) for part in key.split("*")), flags)
        self._by_part[max(key.split("*"), key=len).lower()].append((number, expression))
        return number

    def _look_up(self, word: str) -> tuple[int, ...]:
        """The patterns that a word fits, remembered, since texts are many and word forms few."""
        patterns = self._known[word] = self.fits(word)
        self._starts[word] = tuple(self._roots[pattern] for pattern in patterns if pattern in self._roots)
        return patterns

    def fits(self, word: str) -> tuple[int, ...]:
        """The patterns that a word fits, by number."""
        lower = word.lower()
        found = {*self._exact.get(lower, ()), *self._exact.get(word, ())}
        if word.isdigit():
            found.update(self._exact.get(ANY_NUMBER, ()))
        for length in self._lengths:
            for start in range(len(lower) - length + 1):
                for number, expression in self._by_part.get(lower[start : start + length], ()):
                    if expression.fullmatch(word):
                        found.add(number)
        return tuple(sorted(found))

    def find(self, text: str, tokens: Sequence[Token], *, skip: Collection[int] = ()) -> list[Hit]:
        """Every hit of every term. Hits may overlap; where words may stand between, the nearest are taken.

        ``skip``: regular expressions that are not asked for here, by term number.
        """
        return [*self.find_words(tokens), *self.find_expressions(text, tokens, skip=skip)]

    def find_words(self, tokens: Sequence[Token]) -> list[Hit]:
        """The hits of terms that are words. None reaches from one sentence into the next."""
        hits: list[Hit] = []
        known = self._known
        if len(known) >= KEPT_WORDS:
            known.clear()
            self._starts.clear()
        patterns = [known[token.word] if token.word in known else self._look_up(token.word) for token in tokens]
        for first, token in enumerate(tokens):
            for node in self._starts[token.word]:
                self._follow(node, tokens, patterns, first, first, hits)
        return hits

    def find_expressions(self, text: str, tokens: Sequence[Token], *, skip: Collection[int] = ()) -> list[Hit]:
        """The hits of regular expressions, which see the whole text."""
        hits: list[Hit] = []
        for number, expression in self._expressions.worth_trying(text, [token.word for token in tokens]):
            if number in skip:
                continue
            for match in expression.finditer(text):
                covered = _covered(tokens, match.start(), match.end())
                if covered:
                    hits.append(Hit(number, covered[0], covered[-1], match.start(), match.end()))
        return hits

    def _follow(
        self, node: _Node, tokens: Sequence[Token], patterns: list[tuple[int, ...]], first: int, last: int,
        hits: list[Hit],
    ) -> None:  # fmt: skip
        for number in node.terms:
            hits.append(Hit(number, first, last, tokens[first].start, tokens[last].end))
        for gap, branch in node.next.items():
            done: set[int] = set()
            for place in range(last + 1, min(last + 2 + gap, len(tokens))):
                if tokens[place].sentence != tokens[first].sentence:
                    break
                for pattern in patterns[place]:
                    if pattern in branch and pattern not in done:
                        done.add(pattern)
                        self._follow(branch[pattern], tokens, patterns, first, place, hits)


def _words_of(expression: re.Pattern[str] | None) -> list[str]:
    """The whole words that a regular expression spells out."""
    return (
        re.findall(r"(?<![\w*?])[^\W\d_]{3,}(?![\w*?{\[])", re.sub(r"\\.", " ", expression.pattern))
        if expression
        else []
    )


def _covered(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """The tokens that some characters touch, in order; none where they touch no word."""
    return [place for place, token in enumerate(tokens) if token.start < end and token.end > start]
