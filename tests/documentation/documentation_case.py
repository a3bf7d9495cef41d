"""A federation whose files on documentation a test writes itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from file_per_kind import Rows, write_files
from portfolj.documentation.reading import DocumentationFiles, read_documentation
from portfolj.documentation.view import DocumentationView, documentation_of
from portfolj.federation import Federation, parse_federation
from portfolj.followup.rows import FollowUp
from portfolj.followup.view import view_of
from portfolj.goals.view import open_goals
from small_ledger import portfolio_of

LATE = date(2030, 1, 1)  # a day after everything that the tests make up


def federation_of(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "") -> Federation:
    """The federation with one file per kind: lines become ``kind.csv``, rows of cells become ``kind.xlsx``."""
    listed = write_files(folder, files)
    text = f'name = "Prov"\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n[documentation]\n{listed}\n{more}\n'
    return parse_federation(text, folder=folder)


def read(folder: Path, files: Mapping[str, Sequence[str] | Rows], more: str = "") -> DocumentationFiles:
    """What is read of the files."""
    return read_documentation(federation_of(folder, files, more))


def opened(
    folder: Path, ledger: Iterable[Sequence[str]], files: Mapping[str, Sequence[str] | Rows] | None = None,
    more: str = "", *, rows: FollowUp | None = None, today: date = LATE, **rules: Any,
) -> DocumentationView:  # fmt: skip
    """The documentation of a federation with this ledger (rows of ``small_ledger``), these files and settings."""
    folder.mkdir(parents=True, exist_ok=True)
    portfolio = portfolio_of(ledger, folder, basis="stated", **rules)
    settings = federation_of(folder, files or {}, more)
    changed = portfolio.federation.model_copy(update={"documentation": settings.documentation})
    portfolio = replace(portfolio, federation=changed)
    follow_up = view_of(portfolio, rows or FollowUp())
    return documentation_of(open_goals(portfolio), follow_up, read_documentation(settings), today=today)
