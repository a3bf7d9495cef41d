"""From a federation's follow-up files to a ``FollowUp``: every row used or set aside, every fault told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path

import pandas as pd

from portfolj.errors import InputRefused
from portfolj.federation import PERSON_KINDS, Federation
from portfolj.federation.setting_faults import named_twice
from portfolj.followup.codes import word_faults
from portfolj.followup.count_remarks import remark_on_counts, remark_on_exits
from portfolj.followup.findings import Findings
from portfolj.followup.headings import mapping_faults
from portfolj.followup.identity import INVENTED_KEY, key_missing
from portfolj.followup.kinds import assessments, counts, exits, goals, participations, published, statuses
from portfolj.followup.kinds.dated import at_points
from portfolj.followup.kinds.joint import each_once
from portfolj.followup.kinds.repeated import without_repeated
from portfolj.followup.rows import COLUMNS, FollowUp, empty_frame, frame_of
from portfolj.followup.sheets import Shape, tables_of
from portfolj.followup.table import Table
from portfolj.ledger.personal_numbers import mask_personal_numbers

_Read = list[tuple[Table, pd.DataFrame]]
# Kind -> what makes two rows about the same thing, what they say of it, what that is called, and at which column.
_ONCE = {
    "assessments": (
        ("person", "intervention", "occasion", "respondent", "item"), ("value",),
        "Samma persons skattning vid samma mättillfälle", "duplicate_assessment", "person",
    ),
    "statuses": (
        ("person", "intervention", "point"), ("status",), "Samma persons läge vid samma tidpunkt", "duplicate_status",
        "person",
    ),
    "counts": (
        ("intervention", "year", "sex", "measure"), ("count",), "Samma insats, år, kön och mått", "duplicate_count",
        "intervention",
    ),
    "exits": (
        ("intervention", "base", "outcome", "printed_in"), ("count",), "Samma insats, bas och utfall",
        "duplicate_exit", "outcome",
    ),
    "goals": (
        ("intervention", "goal"), ("verdict", "outcome"), "Samma mål", "duplicate_goal", "goal",
    ),
}  # fmt: skip


def read_follow_up(federation: Federation, *, key: bytes | None) -> FollowUp:
    """The federation's follow-up, all its files together; empty frames for the kinds that it has no files of.

    ``key``: see ``identity.find_key``; rows on persons are only read with one, or where they are invented. Raises
    InputRefused with every fault of every file at once, none of which repeats a cell of a file on persons.
    """
    findings = Findings(
        [
            *mapping_faults(federation),
            *word_faults(federation),
            *named_twice({f"followup.{kind}": names for kind, names in federation.followup.files.items()}),
        ]
    )
    if findings.faults:
        raise InputRefused("Uppföljningens inställningar", findings.faults)
    frames = _plain_frames(federation, findings)
    with_persons = [name for kind in PERSON_KINDS for name in federation.followup.files.get(kind, [])]
    used_key = INVENTED_KEY if federation.followup.invented else key
    if with_persons and not used_key:
        findings.faults.append(key_missing(federation, with_persons))
    elif with_persons and used_key:
        frames |= _person_frames(federation, used_key, findings)
    if findings.faults:
        raise InputRefused("Uppföljningen", sorted(set(findings.faults), key=attrgetter("order")))
    remarks = tuple(sorted(findings.remarks, key=attrgetter("order")))
    return FollowUp(**frames, set_aside=findings.set_aside, sources=findings.sources, remarks=remarks)


def _plain_frames(federation: Federation, findings: Findings) -> dict[str, pd.DataFrame]:
    kinds: dict[str, tuple[Shape, Callable[..., pd.DataFrame]]] = {
        "counts": (counts.SHAPE, counts.counts_of),
        "exits": (exits.SHAPE, exits.exits_of),
        "goals": (goals.SHAPE, goals.goals_of),
        "published": (published.SHAPE, published.published_of),
    }
    frames = {}
    for kind, (shape, read) in kinds.items():
        tables = tables_of(shape, federation, findings)
        read_tables = [(table, read(table, federation=federation, findings=findings)) for table in tables]
        if kind == "counts":
            remark_on_counts(read_tables, findings)
        elif kind == "exits":
            remark_on_exits(read_tables, federation, findings)
        frames[kind] = _once(kind, read_tables, findings)
    return frames


def _person_frames(federation: Federation, key: bytes, findings: Findings) -> dict[str, pd.DataFrame]:
    tables = tables_of(participations.shape_of(federation), federation, findings)
    read = [
        (table, participations.participations_of(table, federation=federation, key=key, findings=findings))
        for table in tables
    ]
    parts = each_once(read, findings, age_limits=federation.followup.age_limits)
    for table, _ in read:
        findings.close(table)
    joined = _whole("participations", parts)
    frames = {"participations": joined}
    starts_known = not any(fault.file in _names(federation, "participations") for fault in findings.faults)
    for kind, shape, read_kind in (
        ("assessments", assessments.SHAPE, assessments.assessments_of),
        ("statuses", statuses.SHAPE, statuses.statuses_of),
    ):
        tables = tables_of(shape, federation, findings)
        read = [
            (table, _with_intervention(read_kind(table, federation=federation, key=key, findings=findings), joined))
            for table in tables
        ]
        if kind == "statuses":
            read = at_points(read, joined, findings, starts_known=starts_known)
        frames[kind] = _once(kind, read, findings)
    return frames


def _once(kind: str, read: _Read, findings: Findings) -> pd.DataFrame:
    if kind in _ONCE:
        by, says, what, reason, field = _ONCE[kind]
        read = without_repeated(read, by=by, says=says, what=what, reason=reason, field=field, findings=findings)
    for table, _ in read:
        findings.close(table)
    return _whole(kind, [frame for _, frame in read])


def _whole(kind: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return empty_frame(kind)
    whole = pd.concat([part[list(COLUMNS[kind])] for part in parts], ignore_index=True)
    for name in ("intervention", "status"):
        if name in whole:
            whole[name] = _spelt_alike(whole[name])
    return frame_of(kind, {name: whole[name].reset_index(drop=True) for name in COLUMNS[kind]})


def _spelt_alike(texts: pd.Series) -> pd.Series:
    """Texts that differ in capitals only, all spelt as most of them are (the first in the alphabet of as many)."""
    counted = texts.value_counts().rename_axis("text").reset_index(name="times")
    counted = counted.assign(folded=counted["text"].str.casefold()).sort_values(
        ["times", "text"], ascending=[False, True]
    )
    spelling = counted.drop_duplicates("folded").set_index("folded")["text"]
    by_text = dict(zip(counted["text"], counted["folded"].map(spelling), strict=True))
    return texts.map(by_text)


def _with_intervention(frame: pd.DataFrame, joined: pd.DataFrame) -> pd.DataFrame:
    """Rows without an intervention get the person's, where the person takes part in one only."""
    blank = frame["intervention"] == ""
    if not blank.any():
        return frame
    one = (
        joined[joined["person"] != ""].drop_duplicates(["person", "intervention"]).drop_duplicates("person", keep=False)
    )
    names = dict(zip(one["person"], one["intervention"], strict=True))
    found = pd.Series([names.get(person, "") for person in frame["person"]], index=frame.index, dtype="str")
    return frame.assign(intervention=frame["intervention"].where(~blank, found))


def _names(federation: Federation, kind: str) -> set[str]:
    return {mask_personal_numbers(Path(name).name) for name in federation.followup.files.get(kind, [])}
