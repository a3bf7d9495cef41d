"""Words of the files, by ``reference/stakeholders_words.toml``: what a cell means, and what a code is called."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold, is_missing
from portfolj.ledger.cells import Value, text_of


@lru_cache(maxsize=1)
def _reference() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    return tomllib.loads((files("portfolj") / "reference" / "stakeholders_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def words_of(name: str) -> Mapping[str, str]:
    """Folded word -> code, of one list."""
    known: dict[str, str] = {}
    for code, entry in _reference()[name].items():
        listed = entry["words"]
        assert isinstance(listed, list)
        known |= {fold(str(word)): code for word in (code, entry["label"], *listed)}
    return known


def label_of(name: str, code: str) -> str:
    """What a code is called in Swedish."""
    return str(_reference()[name][code]["label"])


def reader(name: str, *, blank: str | None = None) -> Callable[[Value], str]:
    """What reads a cell into a code of the list. An empty cell is ``blank``, and a fault where there is none."""
    allowed = ", ".join(label_of(name, code).casefold() for code in _reference()[name])

    def read(value: Value) -> str:
        text = fold(text_of(value))
        if text in words_of(name):
            return words_of(name)[text]
        if is_missing(text):
            if blank is not None:
                return blank
            raise CellFault(Reason.VALUE_MISSING, "Cellen är tom", allowed, "Fyll i cellen")
        raise CellFault(Reason.WORD_UNKNOWN, "Ett ord som inte finns i listan", allowed, "Rätta cellen")

    return read
