"""From a federation's files on documentation to ``DocumentationFiles``: no row lost, and every fault at once."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

import pandas as pd

from portfolj.documentation import facts_file, phases_file
from portfolj.documentation.files import DocumentationFiles, empty_frame, frame_of
from portfolj.documentation.rows import ROOM
from portfolj.economics.reading.table import Read, each_once, unused_columns
from portfolj.errors import InputRefused
from portfolj.federation import Federation, fact_codes
from portfolj.federation.setting_faults import named_twice
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape, tables_in

__all__ = ["DocumentationFiles", "read_documentation"]
SUBJECT = "Underlaget"
READERS: dict[str, tuple[Shape, Callable[..., pd.DataFrame]]] = {
    "facts": (facts_file.SHAPE, facts_file.facts_of), "phases": (phases_file.SHAPE, phases_file.phases_of),
}  # fmt: skip


def read_documentation(federation: Federation) -> DocumentationFiles:
    """The federation's files on this. Raises InputRefused with every fault of every file at once."""
    findings = Findings(
        named_twice({f"documentation.{kind}": names for kind, names in federation.documentation.files.items()})
    )
    read = {kind: _once(kind, _read(kind, federation, findings), findings) for kind in READERS}
    if findings.faults:
        raise InputRefused(SUBJECT, sorted(set(findings.faults), key=attrgetter("order")))
    return DocumentationFiles(
        **{kind: _whole(kind, found) for kind, found in read.items()},
        set_aside=_without_room(findings.set_aside), sources=_without_room(findings.sources),
        remarks=tuple(sorted(findings.remarks, key=attrgetter("order"))),
    )  # fmt: skip


def _read(kind: str, federation: Federation, findings: Findings) -> Read:
    shape, reader = READERS[kind]
    names = list(dict.fromkeys(federation.documentation.files.get(kind, [])))
    tables = tables_in(names, shape, folder=federation.folder, mapping={}, findings=findings)
    for table in tables:
        unused_columns(table, findings)
    return [(table, reader(table, findings=findings)) for table in tables]


def _once(kind: str, read: Read, findings: Findings) -> Read:
    if kind == "facts":
        read = each_once(
            read, by=("about",), says=fact_codes(), what="Samma insats", field="intervention", must=("about",),
            findings=findings,
        )  # fmt: skip
    else:
        read = each_once(
            read, by=("about", "phase"), says=("amount_sek", "start", "end", "condition", "met", "decided_on"),
            what="Samma fas", field="phase", must=("about", "phase"), findings=findings,
        )  # fmt: skip
    for table, _ in read:
        findings.close(table)
    return read


def _whole(kind: str, read: Read) -> pd.DataFrame:
    if not read:
        return empty_frame(kind)
    whole = pd.concat([frame for _, frame in read], ignore_index=True)
    return frame_of(kind, {name: whole[name] for name in whole.columns})


def _without_room(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(kind=[kind.removeprefix(ROOM) for kind in frame["kind"]]).astype({"kind": "str"})
