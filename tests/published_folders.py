"""Sites of small published folders, made without running a notebook: what the index and the overview are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from portfolj.report.kept import beyond_the_last, kept_reports, remove_empty_history, remove_kept
from portfolj.report.manifest import write_manifest
from portfolj.report.publish import publish

MADE = datetime(2026, 11, 22, 2, tzinfo=UTC)
OUTCOMES = (
    "intervention,group,category,participations,exits,to_work,to_study,to_training,share_work_or_study,suppressed"
)
OWNERS = ("kommun", "region", "af", "fk", "lsg", "forbund", "ovrigt", "ej_definierad")
GROUPS = (
    "langvarigt_bidragsberoende", "psykisk_ohalsa", "unga", "personal_beslutsfattare", "nyanlanda_utrikesfodda",
    "langtidssjukskrivna", "funktionsnedsattning", "missbruk", "ej_definierad",
)  # fmt: skip
ORIENTATIONS = ("strukturpaverkande", "individinriktad", "blandad", "ej_definierad")
# owner, target group, orientation, what the three answers rest on, SEK (None: no amount is known)
Intervention = tuple[str, str, str, str, int | None]


def publish_keeping(build: Callable[[Path], None], target: Path, *, keep: int) -> None:
    """Publish with history, and keep so many earlier reports of the period, as a run does when it is over."""
    publish(build, target, history=True)
    remove_kept(beyond_the_last(kept_reports(target.parent, period=target.name), keep))
    remove_empty_history(target.parent)


def publish_small(
    out: Path,
    key: str,
    *,
    name: str = "",
    period: str = "2019",
    interventions: Sequence[Intervention] = (),
    outcomes: Sequence[str] = (),
    groups: Sequence[str] = GROUPS,
    created: datetime = MADE,
    below: str = "",
    parameters: Mapping[str, object] | None = None,
    **more: object,
) -> Path:
    """A report with the tables that the overview reads, an empty front page and its manifest; gives its folder.

    ``outcomes`` are the lines of ``outcomes.csv`` below its headings. ``below`` is the folder in the federation's own,
    the period where nothing is said.
    """
    folder = out / key / (below or period or "alla-ar")
    write_small_tables(folder / "tables", interventions, outcomes, groups=groups)
    (folder / "index.html").write_text("", encoding="utf-8")
    given = {"basis": "stated", "counting": "once", "period": "", **(parameters or {})}
    about = {"inputs": {}, "rows": {}, "vintages": {"codebook": "2026.1"}, **more}
    write_manifest(folder, federation=key, federation_name=name or key, period=period, parameters=given,
                   created=created, **about)  # type: ignore[arg-type] # fmt: skip
    return folder


def write_small_tables(
    folder: Path, interventions: Sequence[Intervention], outcomes: Sequence[str], *, groups: Sequence[str] = GROUPS
) -> None:
    """Write the tables of a report that the overview reads, by the same rules as the report's own."""
    folder.mkdir(parents=True)

    def write(name: str, *lines: str) -> None:
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def money(rows: Sequence[Intervention]) -> str:
        known = [row[4] for row in rows if row[4] is not None]
        return str(sum(known)) if known or not rows else ""

    def having(position: int, code: str) -> list[Intervention]:
        return [row for row in interventions if row[position] == code]

    def table(position: int, codes: Sequence[str]) -> list[str]:
        return [f"{c},{len(having(position, c))},{money(having(position, c))}" for c in codes]

    write("owner", "owner,count,granted_sek,mean_granted_sek", *(f"{line}," for line in table(0, OWNERS)))
    write("target_group", "target_group,count_once,granted_once_sek,granted_split_sek,granted_overlapping_sek",
          *(f"{line},," for line in table(1, groups)))  # fmt: skip
    write("orientation", "orientation,count,granted_sek", *table(2, ORIENTATIONS))
    lines = []
    for position, dimension in enumerate(("owner", "target_groups", "orientation")):
        for code, basis in sorted({(row[position], row[3]) for row in interventions}):
            rows = [row for row in interventions if (row[position], row[3]) == (code, basis)]
            unknown = sum(row[4] is None for row in rows)
            lines.append(f"{dimension},{code},{basis},{len(rows)},{money(rows)},{unknown}")
    write("basis", "dimension,code,basis,count,granted_sek,without_amount", *lines)
    unknown = sum(row[4] is None for row in interventions)
    write("amounts_missing", "dimension,code,count,without_amount", f"orientation,blandad,0,{unknown}")
    counted = f"counted,{len(interventions)},{len(interventions)},{money(interventions)},{unknown}"
    write("ledger_parts", "part,interventions,entries,granted_sek,entries_without_amount", counted)
    write("outcomes", OUTCOMES, *outcomes)
