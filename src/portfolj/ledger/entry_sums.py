"""Entries added up once: what tables are made from, so that a table costs no more however long the ledger is.

A row stands for the entries of one intervention, year, type and financing. Its money is whole öre, exact whatever the
order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

SUMMED_BY = ("intervention_key", "year", "entry_type", "financing")
_TEXTS = ("intervention_key", "entry_type", "financing")
_EXACT = 2.0**53  # whole numbers up to this are exact as floats
_SPARE = 4_000_000  # places that may be counted in at once, though most of them stay empty


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` (``Ledger.rows``, or its columns ``SUMMED_BY`` and ``amount_sek``), a row per combination that occurs.

    Columns: ``SUMMED_BY`` (year Int64, the others str), ``ore`` (int64, the sum of known amounts), ``entries`` (int64,
    how many), ``without_amount`` (int64, how many of them have no amount).
    """
    found = [_coded(rows[key]) for key in SUMMED_BY]
    return _together([codes for codes, _ in found], [values for _, values in found], rows["amount_sek"].to_numpy())


def read_columns_of(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of entries that were kept as Parquet, repeated texts as categories, which take a tenth of the room
    and time. Raises OSError or ValueError where the file can't be read."""
    texts = [name for name in columns if name in _TEXTS]
    table = pq.read_table(path, columns=list(columns), read_dictionary=texts).unify_dictionaries()
    return pd.DataFrame(table.to_pandas(strings_to_categorical=False, self_destruct=True, split_blocks=True))


def _coded(column: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """For each row the number of its value, and the values; what is missing is a value of its own."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.isna().any():
        return column.cat.codes.to_numpy(), pd.Series(column.cat.categories)
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return codes, pd.Series(values)


def _together(codes: list[np.ndarray], values: list[pd.Series], amounts_sek: np.ndarray) -> pd.DataFrame:
    sizes = [max(len(each), 1) for each in values]
    place = codes[0].astype(np.int64)
    for each, size in zip(codes[1:], sizes[1:], strict=True):
        place *= size
        place += each
    many = int(np.prod(sizes))
    occurring: np.ndarray | None = None
    if many > max(_SPARE, len(place)):
        occurring, place = np.unique(place, return_inverse=True)
        many = len(occurring)
    unknown = np.isnan(amounts_sek)
    ore = np.rint(np.where(unknown, 0.0, amounts_sek) * 100)
    entries = np.bincount(place, minlength=many)
    if np.abs(ore).sum() < _EXACT:
        sums = np.bincount(place, ore, minlength=many).astype(np.int64)
    else:
        sums = np.zeros(many, dtype=np.int64)
        np.add.at(sums, place, ore.astype(np.int64))
    missing = np.bincount(place[unknown], minlength=many)
    kept = np.flatnonzero(entries)
    at = np.unravel_index(kept if occurring is None else occurring[kept], sizes)
    data = {key: own.iloc[n].reset_index(drop=True) for key, own, n in zip(SUMMED_BY, values, at, strict=True)}
    frame = pd.DataFrame({**data, "ore": sums[kept], "entries": entries[kept], "without_amount": missing[kept]})
    return frame.astype({**dict.fromkeys(_TEXTS, "str"), "year": "Int64", "ore": "int64", "entries": "int64",
                         "without_amount": "int64"})  # fmt: skip
