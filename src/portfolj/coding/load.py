"""Codebooks from files: the one that ships, a whole one of one's own, a federation's additions to the shipped one."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from portfolj.coding.additions import read_additions
from portfolj.coding.codebook import Codebook
from portfolj.coding.read import CodebookReading, parse_codebook, shipped_organisations
from portfolj.coding.reader import reader_of
from portfolj.coding.second_opinion import shipped_second_opinion
from portfolj.coding.source import CODEBOOK_FILE, parse_toml, read_text, shipped_text
from portfolj.coding.word_kinds import shipped_word_kinds
from portfolj.errors import PortfoljError
from portfolj.federation import Federation
from portfolj.federation.inputs import ADDITIONS_FILE

_WHOLE = ("words", "implied")  # tables that only a whole codebook has


def load_codebook(path: Path | None = None) -> Codebook:
    """The codebook at ``path``, or the one that ships with portfolj (read once per process).

    A file without the tables ``words`` and ``implied`` adds to the shipped codebook. What only coding needs is made
    when the first text is read, or by ``set_up``. Raises PortfoljError where the file is missing, InputRefused with
    every fault at once, an expression that could hang among them.
    """
    if path is None:
        return _shipped()
    if not path.is_file():
        raise PortfoljError(f"Kodboken {path.name!r} finns inte. Ange en .toml-fil i samma form som {CODEBOOK_FILE}.")
    return _parsed(read_text(path), path.name)


def codebook_of(federation: Federation) -> Codebook:
    """The codebook that a federation's interventions are coded and shown by: the shipped one and its own additions.

    Raises InputRefused with every fault of the federation's ``codebook.toml``.
    """
    return codebook_in(federation.folder)


def codebook_in(folder: Path) -> Codebook:
    """The same for the federation whose folder is ``folder``."""
    path = folder / ADDITIONS_FILE
    return load_codebook(path) if path.is_file() else load_codebook()


@cache
def _shipped() -> Codebook:
    return parse_codebook(shipped_text(), organisations=shipped_organisations())


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> Codebook:
    reading, codebook = read_codebook(text, file=file)
    reading.try_expressions()
    reading.refuse()
    return codebook


def set_up(codebook: Codebook) -> Codebook:
    """The codebook, with what is kept of it and of the second opinion made ready, so that the first table takes no
    longer to code than the next."""
    reader_of(codebook)
    shipped_second_opinion()
    shipped_word_kinds()
    return codebook


def read_codebook(text: str, *, file: str) -> tuple[CodebookReading, Codebook]:
    """A file's text read, faults and all; see ``CodebookReading.codebook``. Raises InputRefused where it is no TOML."""
    table, lines = parse_toml(text, file=file)
    if not any(name in table for name in _WHOLE):
        return read_additions(table, lines, file=file)
    reading = CodebookReading(file, lines, shipped_organisations())
    return reading, reading.codebook(table)
