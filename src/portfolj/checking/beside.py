"""The files beside the ledger, part by part: how a check reads them, and what it tells of their rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portfolj.comparison.reading import ComparisonFiles, read_comparison
from portfolj.documentation.reading import read_documentation
from portfolj.economics.reading import read_economics
from portfolj.economics.states import labels_of_states
from portfolj.errors import Fault
from portfolj.federation import Federation
from portfolj.federation.inputs import KOLADA_FILE
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.row_lines import RowsRead, row_lines
from portfolj.logic.reading import LogicFiles, read_logic
from portfolj.stakeholders.reading import read_stakeholders

KIND_WORDS: Final = {
    "incomes": "deltagare och intäkter", "transitions": "övergångar mellan lägen", "values": "värden",
    "break_even": "brytpunkter", "published": "tryckta siffror", "facts": "uppgifter om insatser", "phases": "faser",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The files of one part. ``heading``: over what is told of them; ``remarks_heading``: over what is odd in them;
    ``about``: ends ``andra filer … har fel``.

    ``names``: those that the settings name; ``read``: what they say, or InputRefused; ``lines``: the file and a line
    on it, for those that there is something to tell of.
    """

    heading: str
    remarks_heading: str
    about: str
    names: Callable[[Federation], Collection[str]]
    read: Callable[[Federation], Any]
    lines: Callable[[Any, Federation], Iterator[tuple[str, str]]]
    remarks: Callable[[Any], Sequence[Fault]] = lambda read: read.remarks

    def told(self, read: Any, federation: Federation, *, only: str = "") -> list[str]:
        """What there is to tell of the files, or of the file ``only``: a line each, and what is odd."""
        told = [f"  {line}" for file, line in self.lines(read, federation) if only in ("", file)]
        if odd := [remark for remark in self.remarks(read) if only in ("", remark.file)]:
            told += ["", f"{self.remarks_heading} ({len(odd)})", *(f"  {remark}" for remark in odd)]
        return told


def _in_kinds(room: str) -> Callable[[Federation], Collection[str]]:
    return lambda federation: [name for names in getattr(federation, room).files.values() for name in names]


def _of_people(read: RowsRead, federation: Federation) -> Iterator[tuple[str, str]]:
    return row_lines(read, k=federation.small_cell_threshold)


def _per_file(read: Any, federation: Federation) -> Iterator[tuple[str, str]]:
    for row in read.sources.itertuples():
        rows = f"{row.rows_in} rader in = {row.rows_used} använda + {row.rows_set_aside} åt sidan"
        yield str(row.file), f"{row.file}: {rows} ({KIND_WORDS[str(row.kind)]})"


def _models(read: LogicFiles, federation: Federation) -> Iterator[tuple[str, str]]:
    for model in read.models:
        yield model.file, f"{model.file}: {len(model.items)} rutor och {len(model.links)} länkar ({model.title})"


def _compared(read: ComparisonFiles, federation: Federation) -> Iterator[tuple[str, str]]:
    for row in read.allocation.sources.itertuples():
        rows = f"{row.rows_in} rader in = {row.rows_used} använda + {row.rows_set_aside} åt sidan"
        yield str(row.file), f"{row.file}: {rows} (statens fördelning)"
    if read.compared is not None:
        kept = read.compared.kept
        day = "" if kept is None else kept.fetched_at.date().isoformat()
        told = "inte hämtat" if kept is None else f"{'påhittade siffror' if kept.invented else 'hämtat'} {day}"
        yield KOLADA_FILE, f"Kolada: {told}"


PARTS: Final = (
    Part(
        "Uppföljning", "Att känna till om uppföljningen", "om uppföljningen", _in_kinds("followup"),
        lambda federation: read_follow_up(federation, key=find_key(federation)), _of_people,
    ),
    Part(
        "Samhällsekonomi", "Att känna till om samhällsekonomin", "om samhällsekonomin", _in_kinds("economics"),
        lambda federation: read_economics(federation, states=labels_of_states(federation)), _per_file,
    ),
    Part(
        "Underlag", "Att känna till om underlaget", "om underlaget", _in_kinds("documentation"), read_documentation,
        _per_file,
    ),
    Part(
        "Logiska modeller", "Svagheter i de logiska modellerna", "med logiska modeller",
        lambda federation: federation.logic.files, read_logic, _models,
    ),
    Part(
        "Vad de berörda säger", "Att känna till om vad de berörda säger", "om vad de berörda säger",
        _in_kinds("stakeholders"), read_stakeholders, _of_people,
    ),
    Part(
        "Jämförelser", "Att känna till om jämförelserna", "om jämförelser",
        lambda federation: [*federation.allocation.files, *[KOLADA_FILE] * bool(federation.comparison.municipalities)],
        read_comparison, _compared,
        lambda read: read.allocation.remarks,
    ),
)  # fmt: skip
