"""Interventions whose names are so alike that they may be one and the same, suggested to a person.

Names are compared in small letters without punctuation and without years ("Lotsen 2019" and "Lotsen 2020" may well be
one intervention), by the share of letters in common (rapidfuzz ``ratio``). Other digits must agree. The same known
owner or applicant lowers the limit. Nothing is put together here: that takes a decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from portfolj.coding.codebook import UNDEFINED

ALIKE_FROM = 90.0  # per cent of letters
ALIKE_FROM_SAME_OWNER = 87.0
MOST_SUGGESTED = 200
CHUNK = 500  # names compared with all others at a time: 500 x 5 000 shares of four bytes are 10 MB
COLUMNS = ("key", "other", "likeness", "granted_sek")


def suggest_same(interventions: pd.DataFrame, *, answered: set[frozenset[str]]) -> pd.DataFrame:
    """Pairs to ask about, the most alike first, then by kronor; at most ``MOST_SUGGESTED``.

    ``interventions``: ``intervention_key, name, applicant, owner, granted_sek, row_count, first_year``. ``answered``
    holds pairs of keys that need not be asked about again. Columns: ``key`` (would become part of the other),
    ``other`` (would remain: the one with more rows in the ledger, then the older), ``likeness`` (0-100) and
    ``granted_sek`` (of both together).
    """
    records = interventions.to_dict("records")
    forms: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        form = comparable(str(record["name"])) if not pd.isna(record["name"]) else ""
        if form:
            forms.setdefault(form, []).append(place)
    pairs = []
    for first, second, likeness in _alike(forms):
        one, two = records[first], records[second]
        if likeness < ALIKE_FROM and not _same_owner(one, two):
            continue
        if frozenset((one["intervention_key"], two["intervention_key"])) in answered:
            continue
        remains, joins = sorted((one, two), key=remains_first)
        sek = sum(0 if pd.isna(record["granted_sek"]) else record["granted_sek"] for record in (one, two))
        pairs.append((joins["intervention_key"], remains["intervention_key"], round(likeness, 1), sek))
    pairs.sort(key=lambda pair: (-pair[2], -pair[3], pair[0], pair[1]))
    frame = pd.DataFrame.from_records(pairs[:MOST_SUGGESTED], columns=list(COLUMNS))
    return frame.astype({"key": "str", "other": "str", "likeness": "float64", "granted_sek": "float64"})


def comparable(name: str) -> str:
    """The name as it is compared; a name that is nothing but a year keeps it."""
    plain = " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())
    without_years = " ".join(re.sub(r"\b(?:19|20)\d\d\b", " ", plain).split())
    return without_years or plain


def _alike(forms: dict[str, list[int]]) -> Iterator[tuple[int, int, float]]:
    from rapidfuzz import fuzz, process

    # Many interventions of one and the same name ("Förstudie") are asked about one after the other, not each with each.
    for places in forms.values():
        for first, second in pairwise(places):
            yield first, second, 100.0
    blocks: dict[tuple[str, ...], list[str]] = {}
    for form in forms:
        blocks.setdefault(tuple(re.findall(r"\d+", form)), []).append(form)
    for texts in blocks.values():
        for start in range(0, len(texts) if len(texts) > 1 else 0, CHUNK):
            part = texts[start : start + CHUNK]
            scores = process.cdist(part, texts[start:], scorer=fuzz.ratio, score_cutoff=ALIKE_FROM_SAME_OWNER)
            for row, column in zip(*scores.nonzero(), strict=True):
                if row < column:
                    score = float(scores[row, column])
                    yield forms[part[row]][0], forms[texts[start + int(column)]][0], score


def _same_owner(one: dict[str, Any], two: dict[str, Any]) -> bool:
    for column, empty in (("owner", (UNDEFINED, "")), ("applicant", ("",))):
        cells: Sequence[Any] = [record.get(column) for record in (one, two)]
        if all(not pd.isna(cell) and cell not in empty for cell in cells) and cells[0] == cells[1]:
            return True
    return False


def remains_first(record: Mapping[Any, Any]) -> tuple[Any, ...]:
    """The order in which interventions that are one remain: more rows in the ledger first, then older."""
    year = record.get("first_year")
    rows, first = int(record.get("row_count") or 0), 9999 if pd.isna(year) else int(str(year))
    return (-rows, first, str(record["intervention_key"]))
