"""The review workbook of a federation on disk: written, and read back into decisions.csv.

Nothing that somebody has decided is lost: a workbook with answers that have not been applied is never written over, a
file that another program has open is left alone, and decisions.csv is replaced whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolj.errors import InputRefused, PortfoljError, cause_of
from portfolj.files import replace_whole
from portfolj.ledger.opening import open_file
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio
from portfolj.review.applied import Applied
from portfolj.review.columns import REVIEW_FILE
from portfolj.review.locks import refuse_if_open
from portfolj.review.merged import Merged
from portfolj.review.merging import merge
from portfolj.review.rows import Item, Pair, full_codebook, review_items, review_pairs
from portfolj.review.workbook import workbook_of
from portfolj.review.workbook_answers import workbook_answers

MOST_TOLD = 10  # answers not applied that a message lists


@dataclass(frozen=True)
class Written:
    """A workbook that has been written, and what it asks about."""

    path: Path
    items: list[Item]
    pairs: list[Pair]


def review_path(portfolio: Portfolio, *, places: Places) -> Path:
    """Where the federation's review workbook is."""
    return places.processed(portfolio.federation.key) / REVIEW_FILE


def write_review(portfolio: Portfolio, *, places: Places) -> Written:
    """Writes the review workbook.

    Raises PortfoljError where one is there that is open in another program, holds answers that have not been applied,
    or can't be read.
    """
    path = review_path(portfolio, places=places)
    refuse_if_open(path)
    if path.exists():
        _refuse_if_unapplied(path, portfolio)
    items, pairs = review_items(portfolio), review_pairs(portfolio)
    _replace(path, workbook_of(portfolio, items=items, pairs=pairs))
    return Written(path, items, pairs)


def apply_review(portfolio: Portfolio, *, places: Places, today: date | None = None) -> Applied:
    """Puts the answers of the review workbook into the federation's decisions.csv.

    Raises InputRefused with every fault at once, by cell, and PortfoljError where there is no workbook or one of the
    two files is open in another program; decisions.csv is then as it was.
    """
    path = review_path(portfolio, places=places)
    if not path.exists():
        key = portfolio.federation.key
        raise PortfoljError(f"Det finns ingen granskningsbok i {path.parent}. Gör en med: portfolj review {key}")
    refuse_if_open(path)
    return write_decisions(_merged(path, portfolio, today or date.today()), subject=path.name)


def write_decisions(merged: Merged, *, subject: str) -> Applied:
    """decisions.csv written with ``merged`` in it, where that changes anything.

    Raises InputRefused about ``subject`` with the faults of ``merged``.
    """
    if merged.faults:
        raise InputRefused(subject, merged.faults)
    path = merged.standing.path
    refuse_if_open(path)
    if merged.changes:
        _replace(path, merged.file.content)
    return Applied(path, dict(merged.changes), merged.answered, merged.without_why, tuple(merged.notes))


def _merged(path: Path, portfolio: Portfolio, today: date) -> Merged:
    answers = workbook_answers(
        open_file(path), file=path.name, federation=portfolio.federation.key,
        codebook=full_codebook(portfolio), today=today,
    )  # fmt: skip
    return merge(answers, portfolio)


def _refuse_if_unapplied(path: Path, portfolio: Portfolio) -> None:
    key = portfolio.federation.key
    action = (
        f"För in dem med: portfolj review {key} --apply\n"
        f"Ska de inte gälla: byt namn på {path} eller ta bort den, och kör igen."
    )
    try:
        merged = _merged(path, portfolio, date.today())
    except InputRefused as refused:
        raise PortfoljError(
            f"Det ligger redan en {path.name} i {path.parent} som inte kan läsas, så den skrivs inte över.\n{refused}\n"
            f"Byt namn på den eller ta bort den, och kör igen."
        ) from None
    count = sum(merged.changes.values())
    if merged.faults:
        told = "\n".join(f"  {fault}" for fault in merged.faults[:MOST_TOLD])
        raise PortfoljError(
            f"{path.name} har svar som inte är införda, och några behöver rättas. Den skrivs inte över.\n"
            f"{told}\n{action}"
        )
    if count:
        what = "ett svar som inte är infört" if count == 1 else f"{count} svar som inte är införda"
        raise PortfoljError(f"{path.name} har {what}. Den skrivs inte över.\n{action}")


def _replace(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content)
    except PermissionError:
        raise PortfoljError(
            f"Kan inte skriva {path.name}: filen är öppen i ett annat program eller skrivskyddad. Stäng den i Excel "
            "eller LibreOffice, och kör igen."
        ) from None
    except OSError as error:
        raise PortfoljError(
            f"Kan inte skriva {path.name} i {path.parent}: {cause_of(error)}. Kontrollera att mappen går att skriva i "
            "och att disken har plats, och kör igen."
        ) from error
