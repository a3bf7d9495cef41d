"""What kind of thing a word stands for, and in what order such words come in a sentence.

``reference/word_kinds.csv`` says of some 17,000 forms whether they are people who are served, staff, a service, a
method that is developed, a verb of helping or of building, and so on. A sentence with words that nobody coded yet then
reads like sentences that were: ``utarbetar en turordning för mötena`` as ``utvecklar en modell för samverkan``.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import combinations, pairwise

from portfolj.coding.remembered import Remembered

KINDS_FILE = "word_kinds.csv"
# The letters of the file. A word with two has both, the stronger first: samordnare is SR, ungdomscoach SK.
KINDS = {
    "K": "people who are served: deltagare, unga, patient, målgrupp",
    "P": "professionals, officials and deciders: handläggare, chef, personal, styrelse",
    "S": "a role or team that serves persons: coach, lots, mentor, resursteam",
    "R": "a role that serves structures: processledare, strateg, utredare",
    "O": "an organisation, authority, employer or association",
    "T": "a service or activity that people get: stöd, arbetsträning, samtal, rehabilitering",
    "A": "a task about structures: förstudie, utvärdering, nätverk, personalutbildning",
    "M": "something that is developed or regulated: modell, metod, rutin, kunskap",
    "U": "a verb or noun of building, trying and spreading: utvecklar, prövar, inför",
    "G": "a verb of giving, helping, receiving and taking part: erbjuder, möter, lotsar",
    "Q": "a verb of studying, describing and discussing: kartlägger, mäter, redovisar",
    "D": "decisions, money, time and documents: beviljar, kronor, ansökan, period",
    "E": "what people aim at: arbete, egenförsörjning, studier, hälsa",
    "L": "people's situation or trouble: ohälsa, missbruk, arbetslöshet",
    "B": "a place: center, verkstad, vårdcentral, skola",
    "J": "joint, shared and between: samverkan, gemensam, samsyn",
}
ITSELF = "="  # a word that is its own kind: kring, för, tillsammans
NO_KIND = "-"
KNOWN = 200_000  # words whose kinds are remembered; bounds memory
SHORTEST_ENDING = 3
SHORTEST_DAMAGED = 4
_PLAIN, _GONE = str.maketrans("åäö", "aao"), str.maketrans("", "", "åäö")
SKIPPED_REACH = 4  # two kinds go together where at most this many words with a kind lie between their places


class WordKinds:
    """``words``: a form -> its kinds, the stronger first. ``endings``: the same of all words that end so."""

    def __init__(self, words: dict[str, str], endings: dict[str, str]) -> None:
        self.words, self.endings = words, endings
        self.damaged = self._damaged()
        self._kinds = Remembered(self._of, most=KNOWN)

    def _damaged(self) -> dict[str, str]:
        """Forms with å, ä and ö that scanning turned into a and o or lost, where no other form looks like that."""
        found: dict[str, set[str]] = {}
        for form, kinds in self.words.items():
            for without in {form.translate(_PLAIN), form.translate(_GONE)} - {form}:
                if len(without) >= SHORTEST_DAMAGED and without not in self.words:
                    found.setdefault(without, set()).add(kinds)
        return {form: kinds.pop() for form, kinds in found.items() if len(kinds) == 1}

    def of(self, word: str) -> str:
        """The kinds of a word in lower case, one letter each; the word where it is its own kind; ``""`` for none.

        The word itself comes before its endings, of which the longest counts.
        """
        return self._kinds[word]

    def _of(self, word: str) -> str:
        kinds = self.words.get(word) or self._by_ending(word) or self.damaged.get(word, "")
        if kinds == ITSELF:
            return word
        return "" if kinds == NO_KIND else kinds

    def _by_ending(self, word: str) -> str:
        endings = (word[start:] for start in range(len(word) - SHORTEST_ENDING + 1))
        return next((self.endings[ending] for ending in endings if ending in self.endings), "")


def kinds_of_word(kinds: str) -> list[str]:
    """What the second opinion reads in the kinds of one word."""
    if not kinds or kinds[0].islower():
        return []
    return [f"kind:{kinds[0]}", f"kinds:{kinds}"] if len(kinds) > 1 else [f"kind:{kinds}"]


def kinds_in_order(kinds: Sequence[str]) -> list[str]:
    """What the second opinion reads in the order of kinds: those of the words of a sentence, in order.

    How it opens; two and three that follow each other, with and without the words that are their own kind; which come
    before which, near each other; and which stand together.
    """
    spoken = [kind[0] if kind[0].isupper() else kind for kind in kinds if kind]
    things = [kind for kind in spoken if kind.isupper()]
    found = [f"opens:{things[0]}", f"opens:{''.join(things[:2])}"] if things else []
    found += [f"next:{first}{second}" for first, second in pairwise(things)]
    found += [f"next:{''.join(things[place : place + 3])}" for place in range(len(things) - 2)]
    found += [f"said:{first} {second}" for first, second in pairwise(spoken)]
    found += [f"said:{' '.join(spoken[place : place + 3])}" for place in range(len(spoken) - 2)]
    found += [
        f"before:{first}{second}"
        for place, first in enumerate(things)
        for second in things[place + 2 : place + 1 + SKIPPED_REACH]
    ]
    found += [f"with:{first}{second}" for first, second in combinations(sorted(set(things)), 2)]
    return found


def parse_word_kinds(text: str) -> WordKinds:
    """The kinds that a table ``form,kinds`` gives; a form with ``*`` before it is an ending."""
    rows = [(row["form"], row["kinds"]) for row in csv.DictReader(text.splitlines())]
    words = {form: kinds for form, kinds in rows if form[0] != "*"}
    return WordKinds(words, {form[1:]: kinds for form, kinds in rows if form[0] == "*"})


@cache
def shipped_word_kinds() -> WordKinds:
    """The kinds that ship with portfolj, read once per process."""
    return parse_word_kinds((resources.files("portfolj") / "reference" / KINDS_FILE).read_text(encoding="utf-8"))
