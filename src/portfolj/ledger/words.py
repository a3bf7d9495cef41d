"""Words in a ledger's own cells for the type of entry and for the financing, mapped by data files."""

from __future__ import annotations

import difflib
import fnmatch
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from portfolj.federation import Financing, FinancingSettings
from portfolj.ledger.cells import clean_text

NOT_COUNTED = "not_counted"
_BETWEEN_TWO = ("/", "&", ";", ",", " och ", " samt ")


def entry_type_of(word: str) -> str | None:
    """``granted``, ``paid``, ``returned`` or ``not_counted``; ``granted`` for an empty cell; None where unknown."""
    text = clean_text(word).casefold().rstrip(".: ")
    if not text:
        return "granted"
    return next((kind for kind, words in _words("entry_types.toml").items() if text in words), None)


def financing_of(word: str, *, settings: FinancingSettings | None = None) -> Financing | None:
    """Whose money a word names, ``Finsam`` where empty, None where unknown. The federation's own words go first."""
    text = clean_text(word).casefold().rstrip(".: ")
    if not text or text in ("-", "–"):
        return Financing.FINSAM
    for kind, words in (*_own(settings).items(), *_words("financing_words.toml").items()):
        if any(_fits(text, w) for w in words):
            return Financing(kind)
    return None


def nearest_entry_type(word: str) -> str:
    """The known entry-type word that is most like the given one, or an empty text."""
    return _nearest(word, (w for words in _words("entry_types.toml").values() for w in words))


def nearest_financing(word: str) -> str:
    """The known financing word that is most like the given one, or an empty text."""
    return _nearest(word, (w for words in _words("financing_words.toml").values() for w in words))


def _own(settings: FinancingSettings | None) -> Mapping[str, list[str]]:
    if settings is None:
        return {}
    own = {"Finsam": settings.members, "ESF": settings.ESF, "EU": settings.EU, "other": settings.other}
    return {kind: [clean_text(w).casefold().rstrip(".: ") for w in words] for kind, words in own.items()}


def _fits(text: str, word: str) -> bool:
    if "*" not in word:
        return text == word
    return fnmatch.fnmatchcase(text, word) and not any(mark in text for mark in _BETWEEN_TWO)


def _nearest(word: str, words: Iterable[str]) -> str:
    close = difflib.get_close_matches(clean_text(word).casefold(), [w for w in words if "*" not in w], n=1, cutoff=0.7)
    return close[0] if close else ""


@lru_cache(maxsize=2)
def _words(file: str) -> dict[str, list[str]]:
    return tomllib.loads((files("portfolj") / "reference" / file).read_text(encoding="utf-8"))
