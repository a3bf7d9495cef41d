"""From a federation's files to ``StakeholdersFiles``: every row used or set aside, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter

import pandas as pd

from portfolj.economics.reading.table import Read, unused_columns
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import PERSON_KINDS, Federation
from portfolj.federation.setting_faults import named_twice
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape, tables_in
from portfolj.followup.table import Table
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.stakeholders import given_counts, questions, respondents, statements
from portfolj.stakeholders.contradictions import contradictions_of
from portfolj.stakeholders.files import StakeholdersFiles, empty_frame, frame_of

__all__ = ["StakeholdersFiles", "read_stakeholders"]

SUBJECT = "Det de berörda säger"
_Reader = Callable[..., pd.DataFrame]
_JUDGED_BY_QUESTIONS = (Reason.WORD_UNKNOWN, Reason.COLUMN_MISSING, Reason.COLUMN_AMBIGUOUS, Reason.NO_HEADER)


def read_stakeholders(federation: Federation) -> StakeholdersFiles:
    """The federation's files on this. Raises InputRefused with every fault of every file at once."""
    findings = Findings(
        named_twice({f"stakeholders.{kind}": names for kind, names in federation.stakeholders.files.items()})
    )
    said = statements.once(
        _read("statements", statements.SHAPE, statements.statements_of, federation, findings), findings
    )
    before = len(findings.faults)
    asked = questions.once(
        _read(
            "questions", questions.SHAPE, partial(questions.questions_of, federation=federation), federation, findings
        ),
        findings,
    )
    every = questions.as_questions([frame for _, frame in asked])
    about_questions = findings.faults[before:]
    other = len(findings.faults)
    shape = respondents.shape_of(every, federation.stakeholders.groups)
    if federation.stakeholders.survey and not every and not about_questions:
        findings.faults += _without_questions(federation)
        answered = []
    else:
        answered = [
            (table, respondents.answered_in(table, questions=every, findings=findings))
            for table in _tables("survey", shape, federation, findings)
        ]
    of_questions = partial(_read, federation=federation, findings=findings)
    counts = given_counts.counts_once(
        of_questions("survey_counts", given_counts.COUNTS, partial(given_counts.counts_of, questions=every)), findings
    )
    invited = given_counts.invited_once(
        of_questions("invited", given_counts.INVITED, partial(given_counts.invited_of, questions=every)), findings
    )
    responses = respondents.together(answered)
    if about_questions:
        # Whether an answer is allowed can't be told until the questions are right; what else is wrong can.
        findings.faults[other:] = [f for f in findings.faults[other:] if f.reason not in _JUDGED_BY_QUESTIONS]
    if not findings.faults:
        found = contradictions_of(counts, invited, every, responses)
        findings.faults += [each.fault for each in found if not each.printed]
        findings.remarks += [each.fault for each in found if each.printed]
    for table in (table for read in (said, asked, answered, counts, invited) for table, _ in read):
        findings.close(table)
    if findings.faults:
        raise InputRefused(SUBJECT, sorted(set(findings.faults), key=attrgetter("order")))
    return StakeholdersFiles(
        statements=_whole("statements", said),
        questions=every,
        responses=responses,
        counts=_whole("counts", counts),
        invited=_whole("invited", invited),
        set_aside=findings.set_aside,
        sources=findings.sources,
        remarks=tuple(sorted(findings.remarks, key=attrgetter("order"))),
    )


def _tables(kind: str, shape: Shape, federation: Federation, findings: Findings) -> list[Table]:
    names = list(dict.fromkeys(federation.stakeholders.files.get(kind, [])))
    tables = tables_in(names, shape, folder=federation.folder, mapping={}, findings=findings)
    for table in tables:
        if table.kind in PERSON_KINDS:
            _unused_without_words(table, findings)
        else:
            unused_columns(table, findings)
    return tables


def _read(kind: str, shape: Shape, read: _Reader, federation: Federation, findings: Findings) -> Read:
    return [(table, read(table, findings=findings)) for table in _tables(kind, shape, federation, findings)]


def _whole(kind: str, read: Sequence[tuple[Table, pd.DataFrame]]) -> pd.DataFrame:
    if not read:
        return empty_frame(kind)
    whole = pd.concat([frame for _, frame in read], ignore_index=True)
    return frame_of(kind, {name: whole[name] for name in whole.columns if name != "at"})


def _unused_without_words(table: Table, findings: Findings) -> None:
    """A remark for each column that no field or question has, by its letter: what was taken for a heading may be an
    answer."""
    used = {position for positions in table.header.fields.values() for position in positions} | set(table.header.more)
    for position, heading in enumerate(table.header.headings):
        if heading and position not in used:
            place = table.sheet.address(table.header.row, position)
            findings.remarks.append(
                Fault(
                    table.sheet.file,
                    table.sheet.title,
                    place,
                    Reason.COLUMN_NOT_USED,
                    "Kolumnen används inte: rubriken är varken ett fält eller en fråga",
                    "",
                    "",
                )
            )


def _without_questions(federation: Federation) -> list[Fault]:
    """A fault for each file of answers: without questions not even its headings can be told."""
    return [
        Fault(
            mask_personal_numbers(name),
            "",
            "",
            Reason.COLUMN_MISSING,
            "Det finns inga frågor som svaren hör till",
            "svar på frågor som står i en fil med frågor",
            "Skriv frågorna i en fil och ange den under stakeholders.questions",
        )
        for name in dict.fromkeys(federation.stakeholders.survey)
    ]
