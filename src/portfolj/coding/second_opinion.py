"""A statistical second opinion on orientation: it weighs what the rules found together with the words of the text.

A linear model, trained on coded descriptions when portfolj is built (``training/second_opinion.py``) and shipped as
weights: nothing is learnt or fetched at run time, the same text gives the same answer. It reads letter groups of words,
pairs of words, what kinds of words there are and in what order (``word_kinds``), and what the rules found, and says how
probable each orientation is. What speaks for one is a sum over the words, so the words that decided can be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from portfolj.coding.remembered import Remembered
from portfolj.coding.word_kinds import kinds_in_order, kinds_of_word, shipped_word_kinds

MODEL_FILE = "second_opinion.json"
SHORTEST, LONGEST = 3, 6  # letters in a group, the marks for the word's ends included
KNOWN = 200_000  # words whose weight is remembered; bounds memory
NAME_MARK = "n:"  # before the letter groups of an intervention's name, which have weights of their own

# How far something speaks for each kind of orientation, and last its size squared.
Weight = tuple[float, ...]


def letter_groups(word: str) -> set[str]:
    """The groups of letters of a word, its ends marked: ``<stöd>`` has ``<st``, ``stö``, ``töd`` and so on."""
    marked = f"<{word}>"
    groups = {
        marked[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    }
    return groups or {marked}


def features_of(words: Sequence[str]) -> list[str]:
    """What the model reads in the words of a sentence, in lower case."""
    return [*(feature for word in words for feature in _word_features(word)), *_order_features(words)]


def _word_features(word: str) -> list[str]:
    return [*sorted(letter_groups(word)), *kinds_of_word(shipped_word_kinds().of(word))]


def _order_features(words: Sequence[str]) -> list[str]:
    kinds = shipped_word_kinds()
    return [*(f"{first} {second}" for first, second in pairwise(words)), *kinds_in_order([*map(kinds.of, words)])]


def name_features(words: Sequence[str]) -> list[str]:
    """What the model reads in a name."""
    return [f"{NAME_MARK}{group}" for word in words for group in sorted(letter_groups(word))]


@dataclass(eq=False)
class SecondOpinion:
    """The model.

    ``kinds``: the orientations, with what speaks for each from the start (``intercepts``). ``weights``: what is read in
    words -> its ``Weight`` in hundredths. ``findings``: what the rules may find -> how far it speaks for each kind.
    """

    trained_on: str
    kinds: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, Sequence[int]]
    findings: Mapping[str, Sequence[float]]

    def __post_init__(self) -> None:
        self.nothing: Weight = (0.0,) * (len(self.kinds) + 1)
        self._words = Remembered(self._word, most=KNOWN)

    def _word(self, word: str) -> Weight:
        return self._sum(_word_features(word))

    def _sum(self, features: Iterable[str]) -> Weight:
        found = [self.weights[feature] for feature in features if feature in self.weights]
        return tuple([sum(each) / 100 for each in zip(*found, strict=True)]) or self.nothing

    def sentence(self, words: Sequence[str]) -> Weight:
        """The weight of a sentence's words, in lower case, and of their order."""
        return self.total([*map(self._words.__getitem__, words), self._sum(_order_features(words))])

    def name(self, words: Sequence[str]) -> Weight:
        """The weight of a name's words in lower case."""
        return self._sum(name_features(words))

    def total(self, weights: Sequence[Weight]) -> Weight:
        """The sum of some weights."""
        if len(weights) == 1:
            return weights[0]
        return tuple(map(sum, zip(*weights, strict=True))) or self.nothing

    def heard(self, weight: Weight) -> list[float]:
        """How far the words of a description, or of a name, speak for each kind: by their root of the size squared."""
        length = math.sqrt(weight[-1]) or 1.0
        return [each / length for each in weight[:-1]]

    def pull(self, findings: Mapping[str, float]) -> list[float]:
        """How far some findings speak for each kind."""
        pulls = []
        for finding, value in findings.items():
            weights = self.findings.get(finding)
            if weights:
                pulls.append(weights if value == 1.0 else [value * weight for weight in weights])
        return [*map(sum, zip(*pulls, strict=True))] or [0.0] * len(self.kinds)

    def probabilities(self, *spoken: Sequence[float]) -> dict[str, float]:
        """How probable each orientation is, 0 to 1, by all that speaks: what is ``heard`` and each ``pull``."""
        odds = [*map(sum, zip(self.intercepts, *spoken, strict=True))]
        highest = max(odds)
        exponents = [math.exp(each - highest) for each in odds]
        whole = sum(exponents)
        return {kind: each / whole for kind, each in zip(self.kinds, exponents, strict=True)}

    def leaning(self, word: str, towards: str, away: str) -> float:
        """How much more a word in lower case speaks for one kind of orientation than for another."""
        weight = self._words[word]
        return weight[self.kinds.index(towards)] - weight[self.kinds.index(away)]


def parse_second_opinion(text: str) -> SecondOpinion:
    """The model that the JSON ``text`` holds, its weights in hundredths."""
    stored = json.loads(text)
    findings = {finding: [each / 100 for each in pull] for finding, pull in stored["findings"].items()}
    kinds, intercepts = tuple(stored["kinds"]), tuple(stored["intercepts"])
    return SecondOpinion(stored["trained_on"], kinds, intercepts, stored["weights"], findings)


@cache
def shipped_second_opinion() -> SecondOpinion:
    """The model that ships with portfolj, read once per process."""
    return parse_second_opinion((resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8"))
