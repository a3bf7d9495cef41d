"""Where data and reports live: inside the repository unless told otherwise.

The order, highest first: the argument (``--data``, ``--out``), the environment variable (``PORTFOLJ_DATA``,
``PORTFOLJ_OUT``; this is how a run tells its kernels), the repository that the working folder lies in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from portfolj.errors import PortfoljError

DATA_VARIABLE = "PORTFOLJ_DATA"
OUT_VARIABLE = "PORTFOLJ_OUT"
NOTEBOOKS_VARIABLE = "PORTFOLJ_NOTEBOOKS"


@dataclass(frozen=True)
class Places:
    """The folders of one run. ``data`` holds ``raw/`` and ``processed/``; ``out`` is where reports are published."""

    data: Path
    out: Path
    notebooks: Path

    def raw(self, federation: str) -> Path:
        """The folder that holds a federation's ledger as received."""
        return self.data / "raw" / federation

    def processed(self, federation: str) -> Path:
        """The folder that holds what was read and coded, for notebooks and people."""
        return self.data / "processed" / federation


def processed_beside(raw: Path) -> Path | None:
    """The folder ``data/processed/NAME`` of the federation in ``data/raw/NAME``; None for a folder elsewhere."""
    return raw.parents[1] / "processed" / raw.name if raw.parent.name == "raw" else None


def find_places(*, data: Path | None = None, out: Path | None = None) -> Places:
    """The folders to work in, as absolute paths. Raises PortfoljError where none can be found."""
    root = _repository_root(Path.cwd()) or _repository_root(Path(__file__).resolve().parent)
    data = data or _from_environment(DATA_VARIABLE) or (root / "data" if root else None)
    out = out or _from_environment(OUT_VARIABLE) or (root / "reports" if root else None)
    notebooks = _from_environment(NOTEBOOKS_VARIABLE) or (root / "notebooks" if root else None)
    if data is None or out is None or notebooks is None:
        raise PortfoljError(
            "Hittar inte mapparna att arbeta i. Stå i portfoljs mapp, eller ange var data och rapporter ligger "
            "med --data MAPP och --out MAPP."
        )
    return Places(data=data.resolve(), out=out.resolve(), notebooks=notebooks.resolve())


def _from_environment(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def _repository_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that has both ``data/raw`` and ``notebooks``."""
    for folder in (start, *start.parents):
        if (folder / "data" / "raw").is_dir() and (folder / "notebooks").is_dir():
            return folder
    return None
