"""Any table with a column of names, coded: for ``portfolj classify`` and for a few lines in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from portfolj.coding.answers import CODE_SEPARATOR, EVIDENCE_SEPARATOR, Evidence
from portfolj.coding.classify import classify
from portfolj.coding.codebook import DIMENSIONS, TEXT_FIELDS, Codebook
from portfolj.coding.settle import settle
from portfolj.coding.tags import Tags
from portfolj.errors import PortfoljError
from portfolj.federation import Basis

ADDED_COLUMNS = (
    *DIMENSIONS,
    *(f"{dimension}_{part}" for dimension in DIMENSIONS for part in ("basis", "evidence", "reason")),
)
TAG_COLUMNS = ("tags", "tags_evidence")


def classify_table(
    frame: pd.DataFrame,
    *,
    codebook: Codebook,
    basis: Basis = Basis.NAMED,
    derive_orientation: bool = False,
    headings: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """``frame`` with ``owner, target_groups, orientation`` and ``_basis, _evidence, _reason`` of each added last.

    Rows, row order, index and columns stay as they are; the frame given is not changed. Columns are found by their
    field names (``name, applicant, target_group_text, description, goal_text``) and, where a field has none, by
    ``headings`` (field -> heading) or by the Swedish and English headings that ledgers use. Codes that the codebook
    folds are folded. Raises PortfoljError where no column holds names, where two could hold the same field, or where
    a column already has the name of one that is added.
    """
    _refuse_taken(frame, ADDED_COLUMNS, advice=" Är owner den sökande: döp om kolumnen till applicant.")
    places = _places(frame, headings)
    if "name" not in places:
        raise PortfoljError(
            f"Ingen kolumn håller insatsens namn. Rubrikerna är: {_listed(frame)}. "
            "Kalla kolumnen name, Insats eller Projekt."
        )
    texts = pd.DataFrame({field: frame.iloc[:, place].array for field, place in places.items()}, index=frame.index)
    coded = classify(texts, codebook=codebook)
    settled = settle(
        coded, basis=basis, derive_orientation=derive_orientation, fields=tuple(places), folds=codebook.folds
    )
    result = frame.copy()
    for column in ADDED_COLUMNS:
        result[column] = settled[column].array
    return result


def tag_table(frame: pd.DataFrame, *, tags: Tags, columns: Sequence[str] = ()) -> pd.DataFrame:
    """``frame`` with ``tags`` (codes, ``;`` between) and ``tags_evidence`` (where each was found) added last.

    ``columns``: the headings of those that are read; without them, the columns that hold the fields of an intervention.
    A tag is given where its expression is found in one of them and the one to exclude in none. The frame given is not
    changed. Raises PortfoljError where there is no such column, or one already has the name of one that is added.
    """
    _refuse_taken(frame, TAG_COLUMNS)
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise PortfoljError(f"Kolumnen {', '.join(missing)} finns inte. Rubrikerna är: {_listed(frame)}.")
    read = list(columns) or read_columns(frame)
    if not read:
        raise PortfoljError(
            f"Ingen kolumn känns igen. Ange den som ska läsas med --text. Rubrikerna är: {_listed(frame)}."
        )
    texts = [["" if pd.isna(cell) else str(cell) for cell in frame[column].array] for column in read]
    codes: list[str] = []
    words: list[str] = []
    for cells in zip(*texts, strict=True):
        found = tags.of_several(cells)
        codes.append(CODE_SEPARATOR.join(tag.code for tag, _, _ in found))
        told = (Evidence(read[place], match.start(), match.end(), match.group()) for _, place, match in found)
        words.append(EVIDENCE_SEPARATOR.join(map(str, told)))
    return frame.assign(**dict(zip(TAG_COLUMNS, (codes, words), strict=True)))


def read_columns(frame: pd.DataFrame) -> list[str]:
    """The headings of the columns that hold the fields of an intervention, in the order of the table."""
    return [str(frame.columns[place]) for place in sorted(_places(frame, None).values())]


def _refuse_taken(frame: pd.DataFrame, added: Sequence[str], *, advice: str = "") -> None:
    taken = [column for column in added if column in frame.columns]
    if taken:
        raise PortfoljError(
            f"Tabellen har redan {'kolumnen' if len(taken) == 1 else 'kolumnerna'} {', '.join(taken)}, som kodningen "
            f"lägger till. Döp om eller ta bort det som står där.{advice}"
        )


def _places(frame: pd.DataFrame, mapped: Mapping[str, str] | None) -> dict[str, int]:
    """Field -> place of its column. Raises PortfoljError where a field is ambiguous."""
    from portfolj.ledger.headings import match_headings

    headings = [str(heading) for heading in frame.columns]
    exact = [heading.strip().lower() for heading in headings]
    places = {field: exact.index(field) for field in TEXT_FIELDS if exact.count(field) == 1}
    doubled = {field: [field] for field in TEXT_FIELDS if exact.count(field) > 1}
    # The mapping is of a federation's ledger, and this may be another table.
    present = {field: heading for field, heading in (mapped or {}).items() if not heading or heading in headings}
    match = match_headings(headings, mapping=present)
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
    return places


def _listed(frame: pd.DataFrame) -> str:
    return ", ".join(map(str, frame.columns)) or "inga"
