"""Sources of income and occupations as a column each, marked with ja or nej, 1 or 0, an x or nothing.

The heading says which code of which list the column is (``Sjukpenning före``, ``Försörjning efter: Lön``). A column is
read so only where most of what stands in it are marks: ``Arbete efter`` may as well be a text about somebody's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from portfolj.errors import Fault, Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, coder, fold, is_missing, label_of
from portfolj.followup.findings import Findings
from portfolj.followup.headings import SIDES, normal_heading, subjects_and_sides
from portfolj.followup.table import Table
from portfolj.ledger.cells import Value, text_of
from portfolj.ledger.personal_numbers import mask_personal_numbers

_LISTS = ("income", "occupation")


class Meaning(NamedTuple):
    """The code of a list that a heading names, in which word, and of which side, empty where that is not said."""

    name: str
    code: str
    word: str
    side: str

    @property
    def field(self) -> str:
        """``income_before``."""
        return f"{self.name}_{self.side}"


@dataclass(frozen=True)
class Marks:
    """``codes``: field -> per row the codes that are marked, joined by ``;``. ``columns``: all that were read so."""

    codes: Mapping[str, np.ndarray]
    columns: frozenset[int]


def meanings_of(heading: str, words: Mapping[str, Mapping[str, str]]) -> tuple[Meaning, ...]:
    """What the heading of a marked column may mean, by list -> word -> code; several where it could be either list.

    A word that two lists have is of the one that has it as a label: ``Arbete`` is an occupation, though it is a source
    of income too. ``Pension`` is the label of neither, so that the heading has to say.
    """
    found: dict[str, set[Meaning]] = {}
    for rest, side, subject in _stripped(normal_heading(heading)):
        for name in _LISTS:
            if subject in ("", name) and rest in words[name]:
                found.setdefault(rest, set()).add(Meaning(name, words[name][rest], rest, side))
    if not found:
        return ()
    rest = max(found, key=len)  # ”Ingen försörjning före”: försörjning is part of the word there
    labelled = [m for m in found[rest] if normal_heading(label_of(m.name, m.code)) == rest]
    return tuple(sorted(labelled if len(labelled) == 1 else found[rest]))


def marked_columns(federation: Federation) -> Callable[[str], tuple[Meaning, ...] | None]:
    """What tells which headings are marked columns of a stated side, for ``Shape.more``."""
    return partial(_sided, words=_words(federation))


def read_marks(table: Table, *, federation: Federation, findings: Findings) -> Marks:
    """What is marked in the table's rows; missing where nothing is, since its columns ask for some of the codes only.

    A marked column that does not say which side, or which list, it is of is a fault.
    """
    words, marks = _words(federation), coder("mark", federation).words
    columns: dict[str, dict[int, Meaning]] = {}
    unclear = set()
    for position, meanings in _candidates(table, words):
        if not _is_marked(table, position, partial(_mark, word=meanings[0].word, marks=marks)):
            continue
        if len(meanings) > 1 or not meanings[0].side:
            findings.faults.append(_unclear(table, position, meanings))
            unclear.add(position)
        else:
            columns.setdefault(meanings[0].field, {})[position] = meanings[0]
    read = {position for of_field in columns.values() for position in of_field}
    codes = {field: _together(table, of_field, marks, findings) for field, of_field in columns.items()}
    return Marks(codes, frozenset(read | unclear))


def _candidates(table: Table, words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[int, tuple[Meaning, ...]]]:
    field_of = {position: name for name, positions in table.header.fields.items() for position in positions}
    times = Counter(map(normal_heading, table.header.headings))
    for position, heading in enumerate(table.header.headings):
        meanings = meanings_of(heading, words)
        if field := field_of.get(position):
            # The federation may have said of which field a column with a code for its heading is. Where the heading
            # stands twice that does not tell which of the two is meant.
            name, _, side = field.rpartition("_")
            stated = side if times[normal_heading(heading)] == 1 else ""
            meanings = tuple(m._replace(side=m.side or stated) for m in meanings if m.name == name)
        if meanings:
            yield position, meanings


def _together(table: Table, columns: Mapping[int, Meaning], marks: Mapping[str, str], findings: Findings) -> np.ndarray:
    codes = sorted({meaning.code for meaning in columns.values()})
    sums = np.zeros(len(table), dtype=np.int64)
    for position, meaning in columns.items():
        read = partial(_mark, word=meaning.word, marks=marks)
        marked = findings.read(table, position, read, blank=False).astype(bool)
        sums |= np.where(marked, 1 << codes.index(meaning.code), 0)
    distinct, which = np.unique(sums, return_inverse=True)
    joined = [";".join(code for n, code in enumerate(codes) if one & 1 << n) or MISSING for one in distinct.tolist()]
    return np.array(joined, dtype=object)[which]


def _mark(value: Value, *, word: str, marks: Mapping[str, str]) -> bool:
    """Whether the cell is a mark; the word of the heading is one too, as surveys write it. Raises CellFault."""
    text = fold(text_of(value))
    if text in marks:
        return marks[text] == "yes"
    if is_missing(text):
        return False
    if normal_heading(text) == word:
        return True
    raise CellFault(
        Reason.WORD_UNKNOWN, "Cellen går inte att läsa som ja eller nej", "ja, nej, 1, 0, x eller tom", "Rätta cellen"
    )


def _is_marked(table: Table, position: int, read: Callable[[Value], bool]) -> bool:
    column = table.column(position)
    times = np.bincount(column.codes[table.used], minlength=len(column.values))
    marked = unread = 0
    for value, number in zip(column.values, times.tolist(), strict=True):
        try:
            read(value)
            marked += number * bool(text_of(value))
        except CellFault:
            unread += number
    return marked > 0 and marked >= unread


def _unclear(table: Table, position: int, meanings: tuple[Meaning, ...]) -> Fault:
    first, sheet = meanings[0], table.sheet
    label = label_of(first.name, first.code)
    if len({m.name for m in meanings}) > 1:
        found = "Kolumnen har ja och nej, och rubriken kan vara både försörjning och sysselsättning"
        allowed = "en rubrik som säger vilket, till exempel ”Försörjning före: Pension”"
    else:
        found = f"Kolumnen har ja och nej för {label}, men rubriken säger inte om det är före eller efter insatsen"
        allowed = f"en rubrik som säger det, till exempel ”{label} före”"
    example = f'{first.name}_{first.side or SIDES[0]} = "Rubriken"'
    return Fault(
        mask_personal_numbers(sheet.file), mask_personal_numbers(sheet.title),
        sheet.address(table.header.row, position), Reason.COLUMN_AMBIGUOUS, found, allowed,
        "Skriv det i rubriken, eller ange rubriken under [followup.columns.participations] i federation.toml, till "
        f"exempel {example}, eller unused om kolumnen inte ska läsas",
    )  # fmt: skip


def _sided(heading: str, *, words: Mapping[str, Mapping[str, str]]) -> tuple[Meaning, ...] | None:
    return tuple(m for m in meanings_of(heading, words) if m.side) or None


def _words(federation: Federation) -> Mapping[str, Mapping[str, str]]:
    return {n: {normal_heading(word): code for word, code in coder(n, federation).words.items()} for n in _LISTS}


def _stripped(heading: str) -> Iterator[tuple[str, str, str]]:
    """The heading, and what is left of it without words for a side or a list at either end, with what was left out."""
    phrases = subjects_and_sides()
    waiting = [(heading, "", "")]
    while waiting:
        rest, side, subject = waiting.pop()
        yield rest, side, subject
        for phrase, (what, is_side) in phrases.items():
            for shorter in (rest.removeprefix(f"{phrase} "), rest.removesuffix(f" {phrase}")):
                if shorter != rest and not (side if is_side else subject):
                    waiting.append((shorter, what, subject) if is_side else (shorter, side, what))
