"""Words in columns of codes: actors, measures, confidence. A word that is no code is refused with the nearest one."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

from portfolj.economics.actors import labels_of
from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold, shipped_words
from portfolj.followup.values import read_year
from portfolj.ledger.cells import Value, text_of


def words_of(name: str) -> Mapping[str, str]:
    """Folded word -> code, of a list in ``reference/economics_headings.toml``."""
    listed = _words()[name]
    return {fold(word): code for code, words in listed.items() for word in (code, *words)}


def says(name: str, code: str, value: Value) -> bool:
    """Whether the cell is one of the list's words for the code."""
    return fold(text_of(value)) in {fold(word) for word in _words()[name][code]}


def year_or(name: str, code: str) -> Callable[[Value], int | None]:
    """What reads a cell as a year; None where it is empty or one of the list's words for the code (``alla år``).

    Any other word is no year, also one that says that nothing is known: whoever wrote ``x`` did not say every year.
    """

    def read(value: Value) -> int | None:
        if not text_of(value) or says(name, code, value):
            return None
        year = read_year(value)
        if year is None:
            raise CellFault(
                Reason.YEAR_UNREADABLE, "Cellen håller inget årtal",
                f"ett årtal, eller en tom cell för {_words()[name][code][-1]}", "Rätta eller töm cellen",
            )  # fmt: skip
        return year

    return read


def actor_reader(federation: Federation, *, blank: bool = False) -> Callable[[Value], str]:
    """What reads a cell as an actor's code; the federation's own actors are known by code and label.

    ``blank``: whether a cell may say nothing, or that it is about everybody; its code is then empty. The reader raises
    CellFault with the actor that is most like what stands there.
    """
    labels = labels_of(federation.economics.actors)
    known = {**words_of("actors"), **{fold(label): code for code, label in labels.items()}}
    known |= {fold(code): code for code in labels}

    def read(value: Value) -> str:
        if says("everybody", "all", value):
            if blank:
                return ""
            raise CellFault(Reason.VALUE_MISSING, "Raden säger inte vilken aktör den gäller", _listed(labels), "Fyll i")
        return _known(value, known, labels, what="Aktören finns inte")

    return read


def measure_of(value: Value) -> str:
    """The code of a printed figure's measure. Raises CellFault."""
    words = words_of("measures")
    return _known(value, words, {code: _words()["measures"][code][0] for code in _words()["measures"]},
                  what="Måttet finns inte")  # fmt: skip


def confidence_of(value: Value) -> str:
    """How sure the federation is of a value, ``O`` (its own) where nothing stands. Raises CellFault."""
    if not text_of(value):
        return "O"
    labels = {code: f"{code} ({words[0]})" for code, words in _words()["confidence"].items()}
    return _known(value, words_of("confidence"), labels, what="Säkerheten finns inte i listan")


def state_reader(states: Mapping[str, str]) -> Callable[[Value], str]:
    """What reads a cell as a state: by code, by label, or by a word of follow-up that means the same state."""
    known: dict[str, str] = {}
    for words in (shipped_words("occupation"), shipped_words("income")):
        known |= {word: code for word, code in words.items() if code in states}
    known |= {fold(word): code for code, label in states.items() for word in (label, code)}

    def read(value: Value) -> str:
        if not text_of(value):
            raise CellFault(Reason.VALUE_MISSING, "Raden saknar ett tillstånd", "ett tillstånd i listan", "Fyll i")
        return _known(value, known, states, what="Tillståndet finns inte")

    return read


def yes_or_no(value: Value) -> bool:
    """Whether a cell says yes; nothing is no. Raises CellFault."""
    text = fold(text_of(value))
    if not text:
        return False
    if text not in shipped_words("yes_no"):
        raise CellFault(Reason.WORD_UNKNOWN, "Cellen är varken ja eller nej", "ja eller nej", "Rätta cellen")
    return shipped_words("yes_no")[text] == "yes"


def nearest(word: str, known: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """``Menade du Kommunen?``: the label of the known word that is most like this one."""
    close = difflib.get_close_matches(fold(word), list(known), n=1)
    return f"Menade du {labels[known[close[0]]]}?" if close else "Rätta cellen"


def _known(value: Value, known: Mapping[str, str], labels: Mapping[str, str], *, what: str) -> str:
    text = text_of(value)
    if fold(text) in known:
        return known[fold(text)]
    raise CellFault(Reason.WORD_UNKNOWN, what, _listed(labels), nearest(text, known, labels))


def _listed(labels: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(labels.values()))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    text = (files("portfolj") / "reference" / "economics_headings.toml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(text)["words"]
    return words
