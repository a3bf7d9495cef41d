"""What each word does in a goal text: a verb of change, of offering or of building, people, a result, a measure.

``reference/goal_words.csv`` says it of some 6,000 forms, judged one by one. A goal whose words nobody coded yet then
reads like goals that were: ``utarbeta en rutin`` as ``utveckla en modell``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

from portfolj.coding.remembered import Remembered

WORDS_FILE: Final = "goal_words.csv"
# The letters of the file. A word with two has both, the stronger first.
KINDS: Final = {
    "C": "a verb or noun of change: öka, minska, stärka, bättre, fler",
    "W": "reaching, becoming, being able: nå, få, börja, återgå, klara",
    "B": "contributing, creating conditions: bidra, främja, möjliggöra",
    "U": "building, developing, starting, spreading: utveckla, ta fram, inrätta",
    "G": "giving, helping, motivating, inviting: erbjuda, stödja, lotsa",
    "Q": "studying, measuring, informing: kartlägga, utreda, identifiera",
    "F": "carrying out, working, taking part: genomföra, arbeta, delta",
    "X": "something told as a fact or a past result: blev, visade, beror",
    "E": "work, studies, self-support as something reached",
    "H": "a person's state or quality: hälsa, motivation, delaktighet",
    "J": "an organisation's or society's state or quality: samverkan, samsyn, kvalitet",
    "L": "trouble: arbetslöshet, ohälsa, utanförskap",
    "P": "people who are served: deltagare, unga, målgruppen",
    "S": "staff, professionals, organisations, employers",
    "M": "something made: modell, plan, rutin, nätverk",
    "T": "a service or activity: stöd, kurs, samtal, rehabilitering",
    "N": "words of counting: andel, antal, procent, platser",
    "D": "money, time, place, law, documents",
    "Z": "what announces a goal: mål, syfte, vision, avsikt",
}
ITSELF: Final = "="  # a word that is its own kind: ska, för, inte
NO_KIND: Final = "-"
SHORTEST_ENDING: Final = 4
KNOWN: Final = 200_000  # words whose kinds are remembered; bounds memory


class GoalWords:
    """``words``: a form in lower case -> its kinds, the stronger first."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words
        self._kinds = Remembered(self._of, most=KNOWN)

    def of(self, word: str) -> str:
        """The kinds of a word in lower case: one or two letters, ``=`` and the word itself, or nothing."""
        return self._kinds[word]

    def _of(self, word: str) -> str:
        if word[0].isdigit() or word == "%":
            return "N"
        found = self.words.get(word)
        if found is None:  # a compound is what its last part is
            endings = (word[start:] for start in range(1, len(word) - SHORTEST_ENDING + 1))
            found = next((kinds for end in endings if (kinds := self.words.get(end, ITSELF)) not in "=-"), NO_KIND)
        if found == ITSELF:
            return f"{ITSELF}{word}"
        return "" if found == NO_KIND else found


@cache
def shipped_goal_words() -> GoalWords:
    """The words that ship with portfolj, read once per process."""
    text = (resources.files("portfolj") / "reference" / WORDS_FILE).read_text(encoding="utf-8")
    return GoalWords({row["form"]: row["kinds"] for row in csv.DictReader(text.splitlines())})
