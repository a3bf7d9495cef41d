"""A matcher that finds all terms of a codebook in a text in one pass.

Every different word of the texts is looked up once and remembered (``Form``), so that the cost of a codebook with
thousands of terms is paid per word form and not per text. Most words begin no term, and of those that do most are
followed by no word that goes on with it: both are seen at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from portfolj.coding.expressions import Expressions
from portfolj.coding.remembered import Remembered
from portfolj.coding.terms import ANY_NUMBER, Term, Token
from portfolj.coding.within import PartsOfWords

KEPT_FORMS = 200_000  # word forms that are remembered; bounds memory


class Hit(NamedTuple):
    """A term found: which term, its first and last token (both included), and its characters ``start`` to ``end``."""

    term: int
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """Where terms with the same first words part: largest gap -> next word pattern -> node. ``terms`` end here."""

    terms: list[int] = field(default_factory=list)
    next: dict[int, dict[int, _Node]] = field(default_factory=dict)


class Form:
    """What the matcher knows of a word form.

    ``patterns`` that it fits, and those ``later`` that a term has behind its first word; ``nodes`` of the terms that it
    begins, and the terms among them that are this word ``alone``; for any other to go on, one of the patterns
    ``needed`` must stand among the next ``reach`` words.
    """

    __slots__ = ("alone", "later", "needed", "nodes", "patterns", "reach")

    def __init__(self, patterns: tuple[int, ...], later: tuple[int, ...], nodes: tuple[_Node, ...]) -> None:
        self.patterns, self.later, self.nodes = patterns, later, nodes
        self.alone = tuple(number for node in nodes for number in node.terms)
        self.needed = frozenset(pattern for node in nodes for branch in node.next.values() for pattern in branch)
        self.reach = max((gap for node in nodes for gap in node.next), default=0) + 1


class _Pattern(NamedTuple):
    """A word with ``*``. ``one_part``: any word that holds its part fits it, if need be at the end (``last``)."""

    number: int
    one_part: bool
    last: bool
    expression: str
    flags: re.RegexFlag


class Matcher:
    """Finds many terms in a text at once. Term numbers are places in the sequence given."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.expressions = Expressions((i, term.expression) for i, term in enumerate(terms) if term.expression)
        self.forms: Remembered[str, Form] = Remembered(lambda word: Form(*self.parts_of_form(word)), most=KEPT_FORMS)
        self._patterns: dict[str, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._heads: PartsOfWords[_Pattern] = PartsOfWords()
        self._parts: PartsOfWords[_Pattern] = PartsOfWords()
        self._roots: dict[int, _Node] = {}
        self._later: set[int] = set()
        for number, term in enumerate(terms):
            node: _Node | None = None
            for word, gap in zip(term.words, term.gaps, strict=True):
                branch = self._roots if node is None else node.next.setdefault(gap, {})
                pattern = self._pattern(word)
                if node is not None:
                    self._later.add(pattern)
                node = branch.get(pattern)
                if node is None:
                    node = branch[pattern] = _Node()
            if node is not None:
                node.terms.append(number)
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
        parts = key.split("*")
        if len(parts) == 1:
            self._exact[key].append(number)
            return number
        # "ung*" is looked for where a word begins, all else by its longest part anywhere in a word.
        part = parts[0] or max(parts, key=len)
        one_part = not capitals and sum(map(bool, parts)) == 1
        expression = r"\w*".join(map(re.escape, parts))
        flags = re.RegexFlag(0) if capitals else re.IGNORECASE
        starred = _Pattern(number, one_part, bool(parts[-1]), expression, flags)
        (self._heads if parts[0] else self._parts).add(part.lower(), starred)
        return number

    def parts_of_form(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[_Node, ...]]:
        """What a ``Form`` of the word is made of."""
        patterns = self.fits(word)
        return (
            patterns, tuple([pattern for pattern in patterns if pattern in self._later]),
            tuple([self._roots[pattern] for pattern in patterns if pattern in self._roots]),
        )  # fmt: skip

    def fits(self, word: str) -> tuple[int, ...]:
        """The patterns that a word fits, by number."""
        lower = word.lower()
        found = {*self._exact.get(lower, ()), *self._exact.get(word, ())}
        if word.isdigit():
            found.update(self._exact.get(ANY_NUMBER, ()))
        likely = [(len(lower), pattern) for pattern in self._heads.beginning(lower)]
        likely += [(end, pattern) for _, end, pattern in self._parts.within(lower)]
        plain = word.isalnum()
        for end, pattern in likely:
            if pattern.one_part and plain:
                if not pattern.last or end == len(lower):
                    found.add(pattern.number)
            elif re.fullmatch(pattern.expression, word, pattern.flags):
                found.add(pattern.number)
        return tuple(sorted(found))

    def find(self, text: str, tokens: Sequence[Token], *, skip: Collection[int] = ()) -> list[Hit]:
        """Every hit of every term. Hits may overlap; where words may stand between, the nearest are taken.

        ``skip``: regular expressions that are not asked for here, by term number.
        """
        return [*self.find_words(tokens), *self.find_expressions(text, tokens, skip=skip)]

    def find_words(self, tokens: Sequence[Token]) -> list[Hit]:
        """The hits of terms that are words. None reaches from one sentence into the next."""
        hits: list[Hit] = []
        before = 0
        for _, sentence in groupby(tokens, key=lambda token: token.sentence):
            words = list(sentence)
            for term, first, last in self.find_forms([self.forms[token.word] for token in words]):
                hits.append(Hit(term, first + before, last + before, words[first].start, words[last].end))
            before += len(words)
        return hits

    def find_forms(self, forms: Sequence[Form]) -> list[tuple[int, int, int]]:
        """The terms that the words of one sentence are: which term, its first and its last word."""
        hits: list[tuple[int, int, int]] = []
        present: set[int] = set().union(*[form.later for form in forms if form.later])
        for first, form in enumerate(forms):
            if form.nodes:
                if form.needed.isdisjoint(present) or not _goes_on(form, forms, first):
                    hits += [(term, first, first) for term in form.alone]
                else:
                    for node in form.nodes:
                        _follow(node, forms, first, first, hits)
        return hits

    def find_expressions(self, text: str, tokens: Sequence[Token], *, skip: Collection[int] = ()) -> list[Hit]:
        """The hits of regular expressions, which see the whole text."""
        hits: list[Hit] = []
        tries = self.expressions.worth_trying(text, [token.word for token in tokens])
        for number, start, end in found_by([each for each in tries if each[0] not in skip], text):
            covered = [place for place, token in enumerate(tokens) if token.start < end and token.end > start]
            if covered:
                hits.append(Hit(number, covered[0], covered[-1], start, end))
        return hits


def found_by(expressions: Sequence[tuple[int, re.Pattern[str]]], text: str) -> list[tuple[int, int, int]]:
    """What regular expressions match: the number of each, and the first and last character."""
    return [
        (number, match.start(), match.end())
        for number, expression in expressions
        for match in expression.finditer(text)
    ]


def _goes_on(form: Form, forms: Sequence[Form], first: int) -> bool:
    """Whether a word that some term needs next is near enough."""
    near = set().union(*[after.later for after in forms[first + 1 : first + 1 + form.reach]])
    return not form.needed.isdisjoint(near)


def _follow(node: _Node, forms: Sequence[Form], first: int, last: int, hits: list[tuple[int, int, int]]) -> None:
    """The terms that end at ``node``, reached at word ``last``, and those that go on from there."""
    for term in node.terms:
        hits.append((term, first, last))
    for gap, branch in node.next.items():
        done: set[int] = set()
        for place, form in enumerate(forms[last + 1 : last + 2 + gap], last + 1):
            for pattern in form.later:
                if pattern in branch and pattern not in done:
                    done.add(pattern)
                    _follow(branch[pattern], forms, first, place, hits)


def _words_of(expression: re.Pattern[str] | None) -> list[str]:
    """The whole words that a regular expression spells out."""
    return (
        re.findall(r"(?<![\w*?])[^\W\d_]{3,}(?![\w*?{\[])", re.sub(r"\\.", " ", expression.pattern))
        if expression
        else []
    )
