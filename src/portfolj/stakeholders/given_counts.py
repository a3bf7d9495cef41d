"""Counts of answers where there is nothing else, printed by others or the federation's own, and how many were asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from portfolj.economics.reading.table import Read, column_of, each_once, needed, position_of
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.headings import normal_heading
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import read_count
from portfolj.ledger.cells import text_of
from portfolj.stakeholders.questions import NO_ANSWER, ROOM, TEXT, Question
from portfolj.stakeholders.respondents import survey_of
from portfolj.stakeholders.words import words_of

COUNTS = Shape(f"{ROOM}survey_counts", (("question",), ("answer",), ("count",)))
INVITED = Shape(f"{ROOM}invited", (("invited", "answered"),))
EVERYBODY = frozenset({"alla", "alla roller", "samtliga", "summa", "total", "totalt", ""})


def counts_of(table: Table, *, questions: Sequence[Question], findings: Findings) -> pd.DataFrame:
    """The table's counts with ``at`` (row of the table) beside the kind's columns."""
    survey = survey_of(table, questions, findings)
    own = {q.code: q for q in questions if q.survey == survey}
    known = {name: code for code, q in own.items() for name in q.names if name}
    position = position_of(table, "question") or 0
    texts = column_of(
        table,
        "question",
        needed(text_of, "Raden säger inte vilken fråga den gäller", "frågans nummer"),
        findings,
        blank="",
    )
    codes = [known.get(normal_heading(text), "") for text in texts]
    used = np.flatnonzero(table.used).tolist()
    strange = [row for row in used if texts[row] and not codes[row] and survey is not None]
    findings.every(
        table,
        position,
        strange,
        CellFault(
            Reason.WORD_UNKNOWN,
            "En fråga som inte finns i filen med frågor",
            ", ".join(own),
            "Rätta frågans nummer",
        ),
    )
    answers = [_answer(own.get(code), text) for code, text in zip(codes, table.texts("answer"), strict=True)]
    for code, question in own.items():
        wrong = [row for row in used if codes[row] == code and answers[row] == ""]
        findings.every(
            table,
            position_of(table, "answer") or 0,
            wrong,
            CellFault(
                Reason.WORD_UNKNOWN,
                f"Ett svar på fråga {code} som inte är ett av svarsalternativen",
                ", ".join((*question.answers, "inget svar")),
                "Rätta svaret",
            ),
        )
    counts = column_of(
        table, "count", needed(read_count, "Raden har inget antal", "0, 1, 2, ..."), findings, blank=None
    )
    return pd.DataFrame(
        {
            "survey": survey or "",
            "question": codes,
            "role": [role_of(text) for text in table.texts("role")],
            "answer": answers,
            "count": pd.array(list(counts), dtype="Int64"),
            "printed_in": table.texts("source"),
            "at": range(len(table)),
        }
    )[table.used]


def invited_of(table: Table, *, questions: Sequence[Question], findings: Findings) -> pd.DataFrame:
    """The table's numbers of persons asked, and of those who answered, with ``at`` beside the kind's columns."""
    survey = survey_of(table, questions, findings)
    counts = {
        name: pd.array(list(column_of(table, name, read_count, findings, blank=None)), dtype="Int64")
        for name in ("invited", "answered")
    }
    more = (pd.Series(counts["answered"]) > pd.Series(counts["invited"])).fillna(False).astype(bool)
    findings.every(
        table,
        position_of(table, "answered") or 0,
        np.flatnonzero(more & table.used),
        CellFault(
            Reason.NUMBER_OUTSIDE,
            "Fler svarade än som var inbjudna",
            "högst så många som inbjudna",
            "Rätta raden",
        ),
    )
    return pd.DataFrame(
        {
            "survey": survey or "",
            "role": [role_of(text) for text in table.texts("role")],
            **counts,
            "printed_in": table.texts("source"),
            "at": range(len(table)),
        }
    )[table.used]


def counts_once(read: Read, findings: Findings) -> Read:
    """Without counts that stand twice; a fault where they differ, and where parts are more than their whole."""
    return each_once(
        read,
        by=("survey", "question", "role", "answer"),
        says=("count",),
        what="Samma fråga, roll och svar",
        field="count",
        must=("question", "answer", "count"),
        findings=findings,
    )


def invited_once(read: Read, findings: Findings) -> Read:
    """Without numbers that stand twice; a fault where they differ."""
    return each_once(
        read,
        by=("survey", "role"),
        says=("invited", "answered"),
        what="Samma enkät och roll",
        field="invited",
        must=(),
        findings=findings,
    )


def role_of(text: str) -> str:
    """The role as it stands, empty for everybody."""
    return "" if fold(text) in EVERYBODY else text


def _answer(question: Question | None, text: str) -> str:
    """The answer as the question has it, ``no_answer``, or empty where it is neither."""
    if question is None or fold(text) in words_of(NO_ANSWER):
        return NO_ANSWER
    known = {fold(answer): answer for answer in question.answers}
    if question.kind == TEXT:
        return question.all_answers[0]
    return known.get(fold(text), "")
