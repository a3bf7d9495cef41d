"""A federation whose files on economics a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from file_per_kind import Rows, write_files
from portfolj.economics.reading import EconomicsFiles, read_economics
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation, parse_federation

STATES = {
    "sickness_benefit": "Sjukpenning", "unemployment_benefit": "Arbetslöshetsersättning",
    "work_full_time": "Arbete på heltid", "work_half_time": "Arbete på halvtid", "none": "Ingen försörjning",
}  # fmt: skip


def federation_of(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "") -> Federation:
    """The federation with one file per kind: lines become ``kind.csv``, rows of cells become ``kind.xlsx``."""
    listed = write_files(folder, files)
    text = f'name = "Prov"\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n[economics]\n{listed}\n{more}\n'
    return parse_federation(text, folder=folder)


def read(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "") -> EconomicsFiles:
    """What is read of the files."""
    return read_economics(federation_of(folder, files, more), states=STATES)


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
