"""A federation whose files on statements and surveys a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from file_per_kind import Rows, write_files
from portfolj.disclosure import NOTHING, Remembered
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation, load_federation
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio
from portfolj.stakeholders.reading import StakeholdersFiles, read_stakeholders
from portfolj.stakeholders.view import StakeholdersView, open_stakeholders

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "Fråga nr;Fråga;Slag;Svarsalternativ",
    "1;Hur nöjd är du?;ett svar;Nöjd | Varken eller | Missnöjd",
    '2;Vad har du använt?;flera svar;"Telefon; Möten; Webb"',
    "3;Hur väl fungerar det?;skala;1-5",
    "4;Vad vill du tillägga?;fritext;",
)


def federation_of(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "", *, k: int = 5) -> Federation:
    """The federation with one file per kind: lines become ``kind.csv``, rows of cells become ``kind.xlsx``."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = write_files(folder, files)
    text = (
        f'name = "Prov"\nsmall_cell_threshold = {k}\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n'
        f"[stakeholders]\n{listed}\n{more}\n"
    )
    (folder / "federation.toml").write_text(text, encoding="utf-8")
    return load_federation(folder)


def read(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "") -> StakeholdersFiles:
    """What is read of the files."""
    return read_stakeholders(federation_of(folder, files, more))


def view_of(
    base: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "", *, k: int = 5, before: Remembered = NOTHING
) -> StakeholdersView:
    """The view of a federation with these files."""
    federation_of(base / "data" / "raw" / "prov", files, more, k=k)
    places = Places(data=base / "data", out=base / "reports", notebooks=ROOT / "notebooks")
    return open_stakeholders(open_portfolio("prov", places=places), before=before)


@contextmanager
def refused() -> Iterator[list[Fault]]:
    """The faults that the block's reading is refused with, in the list when the block is done."""
    faults: list[Fault] = []
    with pytest.raises(InputRefused) as raised:
        yield faults
    faults += raised.value.faults


def places_of(faults: Sequence[Fault]) -> list[tuple[str, Reason]]:
    """Cell and reason of each fault."""
    return [(fault.cell, fault.reason) for fault in faults]
