"""A federation whose follow-up files a test writes itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation, parse_federation
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp

KEY = bytes(range(32))
# Valid numbers that stand as examples in public documentation. The third is a coordination number.
WOMAN, MAN, COORDINATION = "670919-9530", "811228-9874", "701063-2391"
HEAD = "Person;Insats;Start"


def federation_of(folder: Path, files: Mapping[str, Sequence[str] | bytes | None], more: str = "") -> Federation:
    """The federation with one file per kind: ``participations`` in ``participations.csv`` and so on.

    ``files``: kind -> its lines, bytes as they are, or None where the test has written ``kind.xlsx`` itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for kind, content in files.items():
        names[kind] = f"{kind}.csv" if content is not None else f"{kind}.xlsx"
        if content is not None:
            raw = content if isinstance(content, bytes) else "\n".join(content).encode()
            (folder / names[kind]).write_bytes(raw)
    (folder / "l.csv").write_text("Insats;Sökande;År;Beviljat\nUng start;Flens kommun;2020;100\n", encoding="utf-8")
    listed = "\n".join(f'{kind} = ["{name}"]' for kind, name in names.items())
    text = f'name = "Prov"\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n[followup]\n{listed}\n{more}\n'
    (folder / "federation.toml").write_text(text, encoding="utf-8")
    return parse_federation(text, folder=folder)


def read(folder: Path, files: Mapping[str, Sequence[str] | bytes | None], more: str = "") -> FollowUp:
    """What is read of the files, under a key."""
    return read_follow_up(federation_of(folder, files, more), key=KEY)


@contextmanager
def refused() -> Iterator[list[Fault]]:
    """The faults that the block's reading is refused with, in the list when the block is done."""
    faults: list[Fault] = []
    with pytest.raises(InputRefused) as raised:
        yield faults
    faults += raised.value.faults


def places_of(faults: Sequence[Fault]) -> list[tuple[str, str, Reason]]:
    """File, cell and reason of each fault."""
    return [(fault.file, fault.cell, fault.reason) for fault in faults]
