"""Any table with a column of names, coded: for ``portfolj classify`` and for a few lines in a notebook."""

from __future__ import annotations

import pandas as pd

from portfolj.coding.classify import classify
from portfolj.coding.codebook import DIMENSIONS, TEXT_FIELDS, Codebook
from portfolj.coding.settle import settle
from portfolj.errors import PortfoljError
from portfolj.federation import Basis

ADDED_COLUMNS = (
    *DIMENSIONS,
    *(f"{dimension}_{part}" for dimension in DIMENSIONS for part in ("basis", "evidence", "reason")),
)


def classify_table(
    frame: pd.DataFrame, *, codebook: Codebook, basis: Basis = Basis.NAMED, derive_orientation: bool = False
) -> pd.DataFrame:
    """``frame`` with ``owner, target_groups, orientation`` and ``_basis, _evidence, _reason`` of each added last.

    Rows, row order, index and columns stay as they are; the frame given is not changed. Columns are found by their
    field names (``name, applicant, target_group_text, description, goal_text``) and, where a field has none, by the
    Swedish and English headings that ledgers use. Raises PortfoljError where no column holds names, where two could
    hold the same field, or where a column already has the name of one that is added.
    """
    taken = [column for column in ADDED_COLUMNS if column in frame.columns]
    if taken:
        raise PortfoljError(
            f"Tabellen har redan {'kolumnen' if len(taken) == 1 else 'kolumnerna'} {', '.join(taken)}, som kodningen "
            "lägger till. Döp om eller ta bort det som står där. Är owner den sökande: döp om kolumnen till applicant."
        )
    places = _places([str(heading) for heading in frame.columns])
    texts = pd.DataFrame({field: frame.iloc[:, place].array for field, place in places.items()}, index=frame.index)
    coded = classify(texts, codebook=codebook)
    settled = settle(coded, basis=basis, derive_orientation=derive_orientation, fields=tuple(places))
    result = frame.copy()
    for column in ADDED_COLUMNS:
        result[column] = settled[column].array
    return result


def _places(headings: list[str]) -> dict[str, int]:
    """Field -> place of its column. Raises PortfoljError where names are missing or a field is ambiguous."""
    from portfolj.ledger.headings import match_headings

    exact = [heading.strip().lower() for heading in headings]
    places = {field: exact.index(field) for field in TEXT_FIELDS if exact.count(field) == 1}
    doubled = {field: [field] for field in TEXT_FIELDS if exact.count(field) > 1}
    match = match_headings(headings)
    for field in TEXT_FIELDS:
        if field not in places and field in match.fields and match.fields[field] not in places.values():
            places[field] = match.fields[field]
        elif field not in places and field in match.ambiguous:
            doubled[field] = [headings[place] for place in match.ambiguous[field]]
    if doubled:
        listed = "; ".join(f"{field}: {', '.join(found)}" for field, found in doubled.items())
        raise PortfoljError(
            f"Flera kolumner kan vara samma fält ({listed}). Ge den rätta kolumnen fältets namn, till exempel name."
        )
    if "name" not in places:
        raise PortfoljError(
            f"Ingen kolumn håller insatsens namn. Rubrikerna är: {', '.join(headings) or 'inga'}. "
            "Kalla kolumnen name, Insats eller Projekt."
        )
    return places
