"""What the published tables of each federation say, as one row of the overview's frame.

Only files of the report are read: its manifest, and tables that still are the ones the manifest names. No ledger and no
row about a person is within reach here.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.source import shipped_labels
from portfolj.exhibits.overview.frame import BASES, GROUP_PREFIX, GROUP_SUFFIX
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.report.shelf import Report, Shelved

HEADINGS = {
    "owner": ("owner", "count", "granted_sek"),
    "target_group": ("target_group", "count_once", "granted_once_sek"),
    "orientation": ("orientation", "count", "granted_sek"),
    "basis": ("dimension", "code", "basis", "granted_sek"),
    "ledger_parts": ("part", "interventions", "granted_sek"),
    "amounts_missing": ("dimension", "code", "without_amount"),
    "outcomes": ("intervention", "group", "exits", "share_work_or_study", "suppressed"),
}
DIMENSIONS = {"owner": "owner", "target_group": "target_groups", "orientation": "orientation"}
ORIENTATIONS = {"structural": "strukturpaverkande", "individual": "individinriktad", "mixed": "blandad"}
_ORDER = list(BASES)


class NotToBeRead(Exception):
    """Why the tables of a report are not in the overview, as the end of a sentence about them."""


def row_of(out: Path, shelved: Shelved, report: Report) -> dict[str, Any]:
    """The federation's row of the overview. Raises NotToBeRead where its tables can't be trusted."""
    tables = {name: _table(out, report, name) for name in HEADINGS}
    counted = tables["ledger_parts"][tables["ledger_parts"]["part"] == "counted"]
    codes = {name: _by_code(tables[name], name) for name in DIMENSIONS}
    whole = (int(counted["interventions"].sum()), sum_sek(counted["granted_sek"]))
    for frame in codes.values():
        if (int(frame["count"].sum()), sum_sek(frame["granted_sek"])) != whole:
            raise NotToBeRead("går inte ihop med varandra")
    orientation, basis = codes["orientation"]["granted_sek"], tables["basis"]
    missing = tables["amounts_missing"]
    derived = basis[(basis["dimension"] == "orientation") & (basis["basis"] == "derived")
                    & (basis["code"] == ORIENTATIONS["structural"])]  # fmt: skip
    return {
        "federation": shelved.key,
        "name": shelved.name,
        "folder": report.folder,
        "period": report.period,
        "created": str(report.manifest["created"]),
        "created_on": report.created_on,
        "has_failed": shelved.has_failed,
        "basis": _least_basis(report.manifest, basis),
        "own_codes": any(set(frame.index) != set(shipped_labels()[DIMENSIONS[name]]) for name, frame in codes.items()),
        "notice": str(report.manifest.get("notice") or ""),
        "interventions": whole[0],
        "without_amount": int(missing.loc[missing["dimension"] == "orientation", "without_amount"].sum()),
        "granted_sek": known_sum_sek(counted["granted_sek"]),
        **{f"{key}_sek": orientation.get(code) for key, code in ORIENTATIONS.items()},
        "structural_derived_sek": sum_sek(derived["granted_sek"]),
        **{f"undefined_{name}_sek": frame["granted_sek"].get(UNDEFINED) for name, frame in codes.items()},
        **{f"undefined_{name}_interventions": frame["count"].get(UNDEFINED) for name, frame in codes.items()},
        **{f"{GROUP_PREFIX}{code}{GROUP_SUFFIX}": sek for code, sek in codes["target_group"]["granted_sek"].items()},
        **_follow_up(tables["outcomes"]),
    }


def _table(out: Path, report: Report, name: str) -> pd.DataFrame:
    file = f"tables/{name}.csv"
    try:
        content = (out / report.folder / file).read_bytes()
    except OSError as error:
        raise NotToBeRead(f"saknar {file}") from error
    if sha256(content).hexdigest() != dict(report.manifest.get("outputs") or {}).get(file):
        raise NotToBeRead(f"har ändrats sedan rapporten gjordes ({file})")
    frame = pd.read_csv(BytesIO(content), dtype={"intervention": "str"}, keep_default_na=False, na_values=[""])
    if not set(HEADINGS[name]) <= set(frame.columns):
        raise NotToBeRead(f"har andra rubriker än den här versionen läser ({file})")
    return frame


def _by_code(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``count`` and ``granted_sek`` by code, each intervention once."""
    renamed = frame.rename(columns={"count_once": "count", "granted_once_sek": "granted_sek"})
    return renamed.set_index(name)[["count", "granted_sek"]].astype({"granted_sek": "float64"})


def _least_basis(manifest: Mapping[str, Any], basis: pd.DataFrame) -> str:
    """The weakest that owner and target group rest on: as set, or as used where a ledger lacks the field for it."""
    used = basis.loc[basis["dimension"].isin(["owner", "target_groups"]), "basis"]
    said = str(dict(manifest.get("parameters") or {}).get("basis"))
    return max((each for each in (said, *used) if each in BASES), key=_ORDER.index, default=_ORDER[0])


def _follow_up(outcomes: pd.DataFrame) -> dict[str, Any]:
    whole = outcomes[(outcomes["group"] == "all") & outcomes["intervention"].isna()]
    if whole.empty:
        return {"has_follow_up": False, "exits": None, "share_work_or_study": None, "follow_up_suppressed": False}
    line = whole.iloc[0]
    return {
        "has_follow_up": True,
        "exits": line["exits"],
        "share_work_or_study": line["share_work_or_study"],
        "follow_up_suppressed": str(line["suppressed"]) == "True",
    }
