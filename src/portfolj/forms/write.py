"""Forms written to files: which kinds and endings there are, and that nothing is written over unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from portfolj.coding import Codebook
from portfolj.errors import PortfoljError, cause_of
from portfolj.files import replace_whole
from portfolj.forms.asked import Asked, asked
from portfolj.forms.document import document_of
from portfolj.forms.workbook import workbook_of
from portfolj.ledger.filled import form_of

WRITERS: Final[Mapping[str, Callable[[Asked], bytes]]] = {".xlsx": workbook_of, ".docx": document_of}


def write_forms(kind: str, path: Path, *, codebook: Codebook, federation: str = "", force: bool = False) -> list[Path]:
    """The form of that kind at ``path``, by its ending; without an ending both files. Returns what was written.

    Raises PortfoljError for another ending, for a folder that is not there, and for a file that is there unless
    ``force``; then nothing is written.
    """
    paths = _paths(path)
    if taken := [each for each in paths if each.exists()] if not force else []:
        raise PortfoljError(f"{_listed(taken)} finns redan. Välj ett annat namn, eller skriv över med --force.")
    ready = asked(form_of(kind), codebook, federation=federation)
    for each in paths:
        try:
            replace_whole(each, WRITERS[each.suffix.lower()](ready))
        except OSError as error:
            action = "Stäng filen om den är öppen, eller välj en annan mapp."
            raise PortfoljError(f"{each} går inte att skriva: {cause_of(error)}. {action}") from None
    return paths


def _paths(path: Path) -> list[Path]:
    if path.suffix.lower() in WRITERS:
        return [path]
    if path.suffix:
        allowed = f"{' och '.join(WRITERS)}; utan ändelse skrivs båda"
        raise PortfoljError(f"Blanketten går inte att skriva som {path.suffix}. Tillåtet: {allowed}.")
    if path.is_dir():
        raise PortfoljError(f"{path} är en mapp. Skriv vad filen ska heta, till exempel {path / 'ansokan.xlsx'}.")
    return [path.with_name(path.name + ending) for ending in WRITERS]


def _listed(paths: Sequence[Path]) -> str:
    return " och ".join(map(str, paths))
