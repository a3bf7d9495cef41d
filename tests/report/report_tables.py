"""Made-up tables of a report, as their files have them, for the tests of what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from portfolj.report.changed import Report
from portfolj.report.manifest import write_manifest

MADE_OF = {
    "parameters": {"basis": "stated", "counting": "once", "discount_rate_pct": -1.0, "period": ""},
    "rows": {"in": 12, "used": 10, "set_aside": 2},
    "vintages": {"codebook": "2026.1", "unit_values": "2026.1"},
    "versions": {"portfolj": "0.1.0", "pandas": "3.1.1"},
}
ENTRY = ("intervention_key", "year", "financing", "part", "granted_sek", "entries")
OUTCOME = (
    "intervention",
    "group",
    "category",
    "participations",
    "exits",
    "to_work",
    "share_work_or_study",
    "suppressed",
)
INTERVENTION = (
    "intervention_key", "name", "description", "granted_sek", "row_count",
    "owner", "owner_decided_by", "owner_rule", "target_groups", "target_groups_decided_by",
)  # fmt: skip


def table(columns: Sequence[str], *rows: Sequence[object]) -> pd.DataFrame:
    """A table of text, as it is read from its file."""
    return pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=list(columns), dtype="str")


def interventions(*changed: Mapping[str, object], without: Sequence[str] = ()) -> pd.DataFrame:
    """Three interventions of 100, 200 and 300 kr; each of ``changed`` has its key and what is other in it."""
    rows = {
        key: dict(zip(INTERVENTION, (key, name, "", amount, 1, owner, by, "", "unga", "rule"), strict=True))
        for key, name, amount, owner, by in (
            ("a", "Ateljén", 100, "kommun", "rule"), ("b", "Bron", 200, "region", "rule"),
            ("c", "Cirkeln", 300, "ej_definierad", "none"),
        )
    }  # fmt: skip
    for each in changed:
        key = str(each["intervention_key"])
        rows[key] = {**rows.get(key, dict.fromkeys(INTERVENTION, "")), **each}
    return table(INTERVENTION, *([row[c] for c in INTERVENTION] for key, row in rows.items() if key not in without))


def report(made_of: Mapping[str, Mapping[str, object]] | None = None, **tables: pd.DataFrame) -> Report:
    """A report of these tables; ``made_of``: what of its manifest is other than in ``MADE_OF``."""
    manifest = {what: {**given, **(made_of or {}).get(what, {})} for what, given in MADE_OF.items()}
    return Report(tables, manifest)


def write_report(folder: Path, one: Report, *, created: str = "2026-11-03", changes: Mapping[str, str] | None) -> None:
    """The report as a folder with tables and a manifest; ``changes=None`` as from before reports told any."""
    import json
    from datetime import datetime

    write_report_tables(folder, one)
    about = {name: one.manifest[name] for name in ("parameters", "rows", "vintages")}
    path = write_manifest(
        folder, federation="solbacka", federation_name="Solbacka", period="", inputs={},
        created=datetime.fromisoformat(f"{created}T02:00:00+01:00"), changes=changes, **about,
    )  # fmt: skip
    told = {**json.loads(path.read_text(encoding="utf-8")), "versions": one.manifest["versions"]}
    path.write_text(json.dumps(told), encoding="utf-8")


def write_report_tables(folder: Path, one: Report) -> None:
    """Only the tables, as a report has them before its manifest is written."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for name, frame in one.tables.items():
        frame.to_csv(folder / "tables" / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
