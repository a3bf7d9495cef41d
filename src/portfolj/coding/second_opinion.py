"""A statistical second opinion on orientation: it weighs what the rules found together with the words of the text.

A linear model, trained on coded descriptions when portfolj is built (``training/second_opinion.py``) and shipped as
weights: nothing is learnt or fetched at run time, the same text gives the same answer. It reads letter groups of words,
pairs of words, what kinds of words there are and in what order (``word_kinds``), and what the rules found, and says how
probable each orientation is. What speaks for one is a sum over the words, so the words that decided can be shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, pairwise

import numpy as np

from portfolj.coding.findings import COUNTED
from portfolj.coding.remembered import Remembered
from portfolj.coding.word_kinds import kinds_in_order, kinds_of_word, shipped_word_kinds

MODEL_FILE = "second_opinion.json"
SHORTEST, LONGEST = 3, 6  # letters in a group, the marks for the word's ends included
KNOWN = 200_000  # words whose weight is remembered; bounds memory
NAME_MARK = "n:"  # before the letter groups of an intervention's name, which have weights of their own

# How far words speak for each kind of orientation, and their size squared, in hundredths; last how many words they are.
Weight = tuple[int, ...]


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
    """The model. It weighs many texts at once: the arrays have a row for each.

    ``kinds``: the orientations, with what speaks for each from the start (``intercepts``). ``weights``: what is read in
    words -> how far it speaks for each kind and its size squared, in hundredths. ``findings``: what the rules may find
    -> how far it speaks for each kind, in hundredths.
    """

    trained_on: str
    kinds: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, Sequence[int]]
    findings: Mapping[str, Sequence[int]]

    def __post_init__(self) -> None:
        self._nothing = (0,) * (len(self.kinds) + 1)
        self._words = Remembered(self._word, most=KNOWN)
        self._numbers = {finding: number for number, finding in enumerate(self.findings)}
        self._counted = [number for finding, number in self._numbers.items() if finding.startswith(COUNTED)]
        self._pulls = np.array([*self.findings.values()]) / 100

    def _word(self, word: str) -> Sequence[int]:
        return self._sum(_word_features(word))

    def _sum(self, features: Iterable[str]) -> Sequence[int]:
        found = [self.weights[feature] for feature in features if feature in self.weights]
        return [*map(sum, zip(*found, strict=True))] or self._nothing

    def sentence(self, words: Sequence[str]) -> Weight:
        """The weight of a sentence's words, in lower case, and of their order."""
        weights = [*map(self._words.__getitem__, words), self._sum(_order_features(words))]
        return (*map(sum, zip(*weights, strict=True)), len(words))

    def name(self, words: Sequence[str]) -> Weight:
        """The weight of a name's words in lower case."""
        return (*self._sum(name_features(words)), len(words))

    def totals(self, texts: Sequence[Sequence[Weight]]) -> np.ndarray:
        """The sums of the weights that each text has."""
        width = len(self.kinds) + 2
        flat = chain.from_iterable(chain.from_iterable(texts))
        weights = np.fromiter(flat, dtype=np.int64).reshape(-1, width)
        return _summed(weights, _rows(texts), len(texts))

    def heard(self, totals: np.ndarray) -> np.ndarray:
        """How far the words of descriptions, or of names, speak for each kind: by their root of the size squared."""
        kinds = len(self.kinds)
        size = np.sqrt(totals[:, kinds : kinds + 1] / 100)
        return totals[:, :kinds] / 100 / np.where(size > 0, size, 1.0)

    def numbers(self, findings: Iterable[str]) -> tuple[int, ...]:
        """Findings by their number; those that the model does not know say nothing."""
        return tuple([self._numbers[finding] for finding in findings if finding in self._numbers])

    def pulls(self, found: Sequence[Sequence[int]]) -> np.ndarray:
        """How far the findings of each text speak for each kind. Given are their numbers, one for each time."""
        cells = np.fromiter(chain.from_iterable(found), dtype=np.int64)
        known = len(self._numbers)
        times = np.bincount(_rows(found) * known + cells, minlength=len(found) * known).reshape(-1, known)
        values = np.minimum(times, 1.0)
        values[:, self._counted] = np.log1p(times[:, self._counted])
        return np.einsum("tf,fk->tk", values, self._pulls)

    def probabilities(self, *spoken: np.ndarray) -> np.ndarray:
        """How probable each orientation is, 0 to 1, by all that speaks: what is ``heard`` and each of ``pulls``."""
        odds = np.array(self.intercepts) + sum(spoken)
        exponents = np.exp(odds - odds.max(axis=1, keepdims=True))
        return exponents / exponents.sum(axis=1, keepdims=True)

    def leaning(self, word: str, towards: str, away: str) -> float:
        """How much more a word in lower case speaks for one kind of orientation than for another."""
        weight = self._words[word]
        return weight[self.kinds.index(towards)] / 100 - weight[self.kinds.index(away)] / 100


def _rows(lists: Sequence[Sequence[object]]) -> np.ndarray:
    """For each member of each list, the place of the list."""
    return np.repeat(np.arange(len(lists)), [len(each) for each in lists])


def _summed(values: np.ndarray, rows: np.ndarray, size: int) -> np.ndarray:
    """The sums of the values that belong to each of ``size`` rows, 0 where none do."""
    return np.stack([np.bincount(rows, column, minlength=size) for column in values.T], axis=1)


def parse_second_opinion(text: str) -> SecondOpinion:
    """The model that the JSON ``text`` holds, its weights in hundredths."""
    stored = json.loads(text)
    kinds, intercepts = tuple(stored["kinds"]), tuple(stored["intercepts"])
    return SecondOpinion(stored["trained_on"], kinds, intercepts, stored["weights"], stored["findings"])


@cache
def shipped_second_opinion() -> SecondOpinion:
    """The model that ships with portfolj, read once per process."""
    return parse_second_opinion((resources.files("portfolj") / "reference" / MODEL_FILE).read_text(encoding="utf-8"))
