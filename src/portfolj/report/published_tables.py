"""What the published tables of each federation say, as one row of the overview's frame.

Only files of the report are read: its manifest, and tables that still are the ones the manifest names. No ledger and no
row about a person is within reach here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.source import shipped_labels
from portfolj.exhibits.overview.frame import BASES, GROUP_PREFIX, GROUP_SUFFIX
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
COLUMNS = {  # what is counted and summed of each: every intervention once
    "owner": ("count", "granted_sek"),
    "target_group": ("count_once", "granted_once_sek"),
    "orientation": ("count", "granted_sek"),
}
Rows = Sequence[Mapping[str, str]]
_ORDER = list(BASES)


class NotToBeRead(Exception):
    """Why the tables of a report are not in the overview, as the end of a sentence about them."""


def row_of(shelved: Shelved, report: Report) -> dict[str, Any]:
    """The federation's row of the overview. Raises NotToBeRead where its tables can't be trusted."""
    tables = {name: _table(report, name) for name in HEADINGS}
    try:
        return _about(shelved, report) | _money(report, tables) | _follow_up(tables["outcomes"])
    except ValueError as error:
        raise NotToBeRead("har celler som inte går att läsa") from error


def _about(shelved: Shelved, report: Report) -> dict[str, Any]:
    return {
        "federation": shelved.key,
        "name": shelved.name,
        "folder": report.href,
        "period": report.period,
        "created": str(report.manifest["created"]),
        "created_on": report.created_on,
        "has_failed": shelved.has_failed,
        "notice": str(report.manifest.get("notice") or ""),
    }


def _money(report: Report, tables: Mapping[str, Rows]) -> dict[str, Any]:
    codes = {name: {row[name]: row for row in tables[name]} for name in DIMENSIONS}
    counted = [row for row in tables["ledger_parts"] if row["part"] == "counted"]
    whole = (_count(counted, "interventions"), _ore(counted, "granted_sek"))
    for name, (count, money) in COLUMNS.items():
        if (_count(tables[name], count), _ore(tables[name], money)) != whole:
            raise NotToBeRead("går inte ihop med varandra")
    derived = [
        row
        for row in tables["basis"]
        if (row["dimension"], row["basis"], row["code"]) == ("orientation", "derived", ORIENTATIONS["structural"])
    ]
    missing = [row for row in tables["amounts_missing"] if row["dimension"] == "orientation"]

    def sek(name: str, code: str) -> float | None:
        return _number(codes[name].get(code, {}).get(COLUMNS[name][1], ""))

    return {
        "basis": _least_basis(report.manifest, tables["basis"]),
        "own_codes": any(set(rows) != set(shipped_labels()[DIMENSIONS[name]]) for name, rows in codes.items()),
        "interventions": whole[0],
        "without_amount": _count(missing, "without_amount"),
        "granted_sek": whole[1] / 100 if any(row["granted_sek"] for row in counted) else None,
        **{f"{key}_sek": sek("orientation", code) for key, code in ORIENTATIONS.items()},
        "structural_derived_sek": _ore(derived, "granted_sek") / 100,
        **{f"undefined_{name}_sek": sek(name, UNDEFINED) for name in DIMENSIONS},
        **{
            f"undefined_{name}_interventions": _number(codes[name].get(UNDEFINED, {}).get(COLUMNS[name][0], ""))
            for name in DIMENSIONS
        },
        **{f"{GROUP_PREFIX}{code}{GROUP_SUFFIX}": sek("target_group", code) for code in codes["target_group"]},
    }


def _table(report: Report, name: str) -> Rows:
    file = f"tables/{name}.csv"
    try:
        content = (report.folder / file).read_bytes()
    except OSError as error:
        raise NotToBeRead(f"saknar {file}") from error
    if sha256(content).hexdigest() != dict(report.manifest.get("outputs") or {}).get(file):
        raise NotToBeRead(f"har ändrats sedan rapporten gjordes ({file})")
    reader = csv.DictReader(StringIO(content.decode("utf-8"), newline=""))
    if not set(HEADINGS[name]) <= set(reader.fieldnames or ()):
        raise NotToBeRead(f"har andra rubriker än den här versionen läser ({file})")
    return list(reader)


def _least_basis(manifest: Mapping[str, Any], basis: Rows) -> str:
    """The weakest that owner and target group rest on: as set, or as used where a ledger lacks the field for it."""
    used = [row["basis"] for row in basis if row["dimension"] in ("owner", "target_groups")]
    said = str(dict(manifest.get("parameters") or {}).get("basis"))
    return max((each for each in (said, *used) if each in BASES), key=_ORDER.index, default=_ORDER[0])


def _follow_up(outcomes: Rows) -> dict[str, Any]:
    whole = next((row for row in outcomes if row["group"] == "all" and not row["intervention"]), None)
    return {
        "has_follow_up": whole is not None,
        "exits": _number(whole["exits"]) if whole else None,
        "share_work_or_study": _number(whole["share_work_or_study"]) if whole else None,
        "follow_up_suppressed": whole is not None and whole["suppressed"] == "True",
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def _count(rows: Rows, column: str) -> int:
    return sum(int(row[column] or 0) for row in rows)


def _ore(rows: Rows, column: str) -> int:
    return sum(round(float(row[column] or 0) * 100) for row in rows)
