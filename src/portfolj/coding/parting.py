"""Which words the codebook and a list of common words have, and where words that were run together part.

Swedish writes compounds in one word, so most long words are whole: a word is parted after an ending or a small word
that no compound has there, or where two words follow each other in a term of the codebook. Where several words of a
text look run together, less is asked of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from portfolj.coding.letters import Letters, bones
from portfolj.coding.remembered import Remembered
from portfolj.coding.seams import MIN_LETTERS, reach

_FREE = {"och", "att", "som", "eller", "samt", "inom", "från", "hos", "vid", "är", "genom"}
SMALL_WORDS = {
    *_FREE, "de", "den", "med", "för", "till", "av", "på", "i", "om", "mot", "en", "ett", "hur", "där", "kring", "sina",
}  # fmt: skip
_AFTER = {
    "och", "att", "som", "eller", "samt", "från", "med", "till", "för", "av", "på", "inom", "vid", "hos", "mot",
    "kring", "mellan", "utan", "genom", "där", "när", "är",
}  # fmt: skip
_STEMS = {"vuxen", "öppen", "egen", "sluten", "center", "extra", "data", "tema", "samma", "arena", "enskild"}
_AFTER_NAMES = {"kommun", "kommuns", "stad", "stads", "län", "läns"}
_ENDINGS = {"ren", "des", "nde", "are"}
# Inflected words, which no compound begins with.
_CLOSED = re.compile(r"[^\W\d_]{3,}(?:a|or|as|es|de|en|et|er|ar|igt|iskt?|ad|at|satt)")
SHORT_WORD = 3
LONGEST_WORD = 40  # the ways to part a word grow fast with its length, and no words run together are longer
KEPT_WORDS = 200_000


class KnownWords:
    """The words of a codebook's terms and the common words.

    ``words``: the words of its terms, ``*`` for any letters. ``pairs``: two words that follow each other in a term.
    ``fits``: the ``patterns``, by number, that a word fits. ``letters`` mends the letters of parts.
    """

    def __init__(
        self, words: Collection[str], *, pairs: Iterable[tuple[str, str]], common: Collection[str],
        fits: Callable[[str], Collection[int]], patterns: Sequence[str], letters: Letters,
    ) -> None:  # fmt: skip
        self._fits, self._patterns, self._letters = fits, patterns, letters
        self._pairs = {(a.lower(), b.lower().rstrip("*")) for a, b in pairs if "*" not in a}
        self._common = {word for word in common if not word.endswith("*")}
        self._guards = tuple(word[:-1] for word in common if word.endswith("*"))
        self._exact = {word if word.isupper() and len(word) > 1 else word.lower() for word in words if "*" not in word}
        # What a word that is parted may begin with; some of them only once a long beginning has got its letters back.
        self._beginnings = {word.lower() for word in (*self._common, *self._exact, *SMALL_WORDS, *_FREE)}
        self._damaged_beginnings = {bones(word) for word in self._beginnings if len(word) > MIN_LETTERS}
        self._parted: Remembered[tuple[str, bool], tuple[str, ...]] = Remembered(self._part, most=KEPT_WORDS)
        self._lettered: Remembered[str, str] = Remembered(self._letter, most=KEPT_WORDS)

    @property
    def exact_words(self) -> Collection[str]:
        """The words that terms of the codebook have as they are."""
        return self._exact

    def exact(self, word: str) -> bool:
        """Whether a term of the codebook has the word itself."""
        return word.lower() in self._exact

    def known(self, word: str) -> bool:
        """Whether the word is one of the codebook's, a common word or a number."""
        lower = word.lower()
        return (
            lower in self._common or lower in self._exact or word in self._exact or word.isdigit()
            or lower.startswith(self._guards)
        )  # fmt: skip

    def whole(self, word: str) -> bool:
        """Whether the word is known or fits a pattern of the codebook."""
        return self.known(word) or bool(self._fits(word))

    def paired(self, first: str, second: str) -> bool:
        """Whether the two follow each other in a term as they are."""
        return any((first, second[:end]) in self._pairs for end in range(len(second), 1, -1))

    def spans(self, word: str, before: int, after: int, known: bool) -> bool:
        """Whether letters that a term spells out lie on both sides of the seam; from the start after a ``known``."""
        lower = word.lower()
        for pattern in self._fits(word):
            for part in self._patterns[pattern].lower().split("*"):
                start = lower.find(part) if part else -1
                if start < 0 or (known and start > 0):
                    continue
                if start + reach(part) <= before and len(lower) - start - len(part) + reach(part) <= after:
                    return True
        return False

    def part(self, word: str, joined: bool) -> tuple[str, ...]:
        """The words that have been run together in one, or the one. ``joined``: others in the text have been."""
        return self._parted[word, joined]

    def _part(self, key: tuple[str, bool]) -> tuple[str, ...]:
        return self._parts(*key) or (key[0],)

    def _parts(self, word: str, joined: bool) -> tuple[str, ...]:
        if not 4 <= len(word) <= LONGEST_WORD or not word.isalpha() or word.isupper() or self.known(word):
            return ()
        likely = joined and len(self.part(word, False)) == 1  # what is two words for sure is so in any text
        for cut in self._cuts(word, likely):
            first, rest = self._lettered[word[:cut]], self._lettered[word[cut:]]
            if self._likely(first, rest) if likely else self._surely(first, rest, word):
                return (*(self._parts(first, joined) or (first,)), *(self._parts(rest, joined) or (rest,)))
        return ()

    def _cuts(self, word: str, likely: bool) -> Iterator[int]:
        """Where a word may be parted, from the last place on: at the others ``_surely`` and ``_likely`` say no.

        They ask either that the first part is a known word, perhaps only once it has its letters back, or that the
        rest is a small word, or that a capital stands at the seam.
        """
        capitals = not word[1:].islower()
        for cut in range(len(word) - 1, 0, -1):
            first, rest = word[:cut].lower(), word[cut:].lower()
            if (
                first in self._beginnings or rest in _AFTER
                or (capitals and (word[cut].isupper() or word[:cut].isupper()))
                or (cut > MIN_LETTERS and bones(first) in self._damaged_beginnings)
                or (likely and (rest == "i" or _CLOSED.fullmatch(first)))
            ):  # fmt: skip
                yield cut

    def _letter(self, part: str) -> str:
        return self._letters.mend(part, doubtful=False) if len(part) > MIN_LETTERS and not self.known(part) else part

    def _surely(self, written: str, rest: str, word: str) -> bool:
        """Whether a ``word`` is two, since no compound has an ending or a small word there."""
        first, lower = written.lower(), rest.lower()
        if rest[0].isupper():
            return len(rest) > 2 and self._before_capital(written, rest)
        if written.isupper() and len(written) > 2 and written in self._exact and (lower in _AFTER or lower == "i"):
            return True
        genitive = first[-1] == "s" and first in self._exact and first[:-1] in self._exact
        named = written[0].isupper() and first in self._exact and lower in _AFTER_NAMES
        if (genitive or named or self._closed(first)) and self.paired(first, lower):
            return True
        if first in _FREE and self.whole(rest):
            return True
        if lower in _AFTER and len(first) > 3 and (first in self._common or first in self._exact):
            return True
        if lower in _AFTER and len(first) > MIN_LETTERS and _CLOSED.fullmatch(first) and self._fits(written):
            return True
        if lower in _ENDINGS or len(rest) < 3 or not self._closed(first):
            return False
        if not self.known(rest) and not (len(rest) > 4 and self._parts(rest, False)):
            return False
        return set(self._fits(word)).issubset([*self._fits(written), *self._fits(rest)])  # else it is a compound

    def _before_capital(self, written: str, rest: str) -> bool:
        """Whether a word ends where a capital follows: ``hosRegion``, ``RegionKalmar``, ``LSGFlen``, not ``JobbNu``."""
        first, lower = written.lower(), rest.lower()
        if first in self._common or self._closed(first):
            return written.islower() or self.paired(first, lower)
        named = first in self._exact or written in self._exact
        return named and (
            self.paired(first, lower) or ((written.isupper() or len(first) >= MIN_LETTERS) and lower in self._exact)
        )

    def _likely(self, written: str, rest: str) -> bool:
        """Whether two words would be taken for one compound in a text that has no others run together."""
        first, lower = written.lower(), rest.lower()
        if (lower in _AFTER and len(first) > 2 and self.whole(written)) or (lower == "i" and self.whole(written)):
            return True
        if self.paired(first, lower) and first in self._exact:
            return True
        if first in SMALL_WORDS and len(rest) > 2 and (self._begins(rest) or self._parts(rest, True)):
            return True
        if len(rest) <= SHORT_WORD or not (self._closed(first) or (_CLOSED.fullmatch(first) and self._fits(written))):
            return False
        return self.known(rest) or (len(rest) >= MIN_LETTERS and (self._begins(rest) or bool(self._parts(rest, True))))

    def _begins(self, word: str) -> bool:
        """Whether the word is known, or begins as a term begins."""
        return self.known(word) or any(self._patterns[number][0] != "*" for number in self._fits(word))

    def _closed(self, word: str) -> bool:
        """Whether a word is one that no compound begins with, since it is inflected."""
        return (word in self._common or word in self._exact) and word not in _STEMS and bool(_CLOSED.fullmatch(word))
