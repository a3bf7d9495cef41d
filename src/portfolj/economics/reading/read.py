"""From a federation's files on economics to ``EconomicsFiles``: every row used or set aside, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter

import pandas as pd

from portfolj.economics.reading import break_even_file, incomes, published_file, transitions, values_file
from portfolj.economics.reading.files import EconomicsFiles, empty_frame, frame_of
from portfolj.economics.reading.stated_costs import tell_of_contradictions
from portfolj.economics.reading.table import ROOM, Read, each_once, unused_columns
from portfolj.economics.unit_values import Value
from portfolj.errors import InputRefused
from portfolj.federation import Federation
from portfolj.federation.setting_faults import named_twice
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape, tables_in
from portfolj.followup.table import Table

SUBJECT = "Samhällsekonomin"
_Reader = Callable[..., pd.DataFrame]


def read_economics(federation: Federation, *, states: Mapping[str, str]) -> EconomicsFiles:
    """The federation's files on economics, all together; empty frames for the kinds that it has no files of.

    ``states``: code -> label of the states that transitions may name. Raises InputRefused with every fault of every
    file at once: what cannot be read, what contradicts another row, files that are not there.
    """
    findings = Findings(named_twice({f"economics.{kind}": names for kind, names in federation.economics.files.items()}))
    readers: dict[str, tuple[Shape, _Reader]] = {
        "incomes": (incomes.SHAPE, partial(incomes.incomes_of, federation=federation)),
        "transitions": (transitions.SHAPE, partial(transitions.transitions_of, states=states)),
        "values": (values_file.SHAPE, partial(values_file.values_of, federation=federation)),
        "break_even": (break_even_file.SHAPE, break_even_file.break_even_of),
        "published": (published_file.SHAPE, partial(published_file.published_of, federation=federation)),
    }
    read = {kind: _once(kind, _read(kind, *reader, federation, findings), findings) for kind, reader in readers.items()}
    if findings.faults:
        raise InputRefused(SUBJECT, sorted(set(findings.faults), key=attrgetter("order")))
    own: list[Value] = [value for table, frame in read["values"] for value in values_file.as_values(table, frame)]
    return EconomicsFiles(
        values=tuple(own), set_aside=_without_room(findings.set_aside), sources=_without_room(findings.sources),
        remarks=tuple(sorted(findings.remarks, key=attrgetter("order"))),
        **{kind: _whole(kind, read[kind]) for kind in readers if kind != "values"},
    )  # fmt: skip


def _read(
    kind: str, shape: Shape, read: _Reader, federation: Federation, findings: Findings
) -> list[tuple[Table, pd.DataFrame]]:
    names = list(dict.fromkeys(federation.economics.files.get(kind, [])))
    tables = tables_in(names, shape, folder=federation.folder, mapping={}, findings=findings)
    for table in tables:
        unused_columns(table, findings)
    return [(table, read(table, findings=findings)) for table in tables]


def _once(kind: str, read: Read, findings: Findings) -> Read:
    if kind == "incomes":
        read = incomes.once_per_actor(read, findings)
    elif kind == "transitions":
        transitions.with_or_without_years(read, findings)
        transitions.remark_on_repeated(read, findings)
    elif kind == "values":
        read = each_once(
            read, by=("key", "year", "actor"), says=("value",), what="Samma värde, år och aktör", field="key",
            must=("key", "value"), findings=findings,
        )  # fmt: skip
        tell_of_contradictions(read, findings)
    elif kind == "break_even":
        says = ("intervention", "cost_sek", "value_key", "value_per_person_year_sek", "years", "printed_persons",
                "printed_value_sek", "printed_years")  # fmt: skip
        read = each_once(
            read, by=("case",), says=says, what="Samma fall", field="case", must=("case",), findings=findings
        )
    else:
        read = each_once(
            read, by=("year", "actor", "measure"), says=("value",), what="Samma år, aktör och mått", field="printed",
            must=("actor", "measure"), findings=findings,
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
