"""Questions of surveys: what was asked, what may be answered and in which order, and which goal it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from portfolj.economics.reading.table import FAULTY, Read, column_of, each_once, needed, position_of
from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import coder, fold, is_missing
from portfolj.followup.findings import Findings
from portfolj.followup.headings import normal_heading
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.ledger.cells import Value, clean_text, text_of
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.stakeholders.words import reader, words_of

ROOM: Final = "stakeholders:"
SHAPE = Shape(f"{ROOM}questions", (("question",), ("text",), ("kind",)))
ONE, SEVERAL, SCALE, TEXT = "one", "several", "scale", "text"
NO_ANSWER, WRITTEN = "no_answer", "written"
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|–|till)\s*(\d{1,2})")
_BETWEEN = re.compile(r"\s*[;|\n]\s*")
_MOST = 21  # answers of a scale written as ``0-20``


@dataclass(frozen=True)
class Question:
    """One question. ``answers``: what may be answered, in order; ``outside``: those that are no step of a scale.

    ``verdict``: how the goal ``goal`` was judged, a code of follow-up; both empty where the question is about no goal.
    """

    survey: str
    code: str
    text: str
    kind: str
    answers: tuple[str, ...]
    outside: frozenset[str] = frozenset()
    goal: str = ""
    verdict: str = ""

    @property
    def all_answers(self) -> tuple[str, ...]:
        """Every answer that is counted, without ``no_answer``."""
        return (WRITTEN,) if self.kind == TEXT else self.answers

    @property
    def steps(self) -> tuple[str, ...]:
        """The answers of a scale in order, without those outside it."""
        return tuple(answer for answer in self.answers if answer not in self.outside)

    @property
    def names(self) -> frozenset[str]:
        """What a column with answers to the question may be called."""
        return frozenset(map(normal_heading, (self.code, self.text, f"{self.code} {self.text}")))

    def chosen(self, value: Value) -> frozenset[str]:
        """The answers that a cell gives, none where it is empty. Raises CellFault, which never repeats the cell.

        A text that somebody wrote becomes ``written``: it is never kept.
        """
        text = text_of(value)
        known = {fold(answer): answer for answer in self.answers}
        if fold(text) in known:
            return frozenset([known[fold(text)]])
        if is_missing(fold(text)) or fold(text) in words_of(NO_ANSWER):
            return frozenset()
        if self.kind == TEXT:
            return frozenset([WRITTEN])
        parts = [part for part in _BETWEEN.split(text) if part] if self.kind == SEVERAL else [text]
        if any(fold(part) not in known for part in parts):
            raise CellFault(
                Reason.WORD_UNKNOWN,
                f"Ett svar på fråga {self.code} som inte är ett av svarsalternativen",
                ", ".join(self.answers),
                "Rätta svaret, eller lägg till alternativet i filen med frågor",
            )
        return frozenset(known[fold(part)] for part in parts)


def questions_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's questions with ``at`` (row of the table): survey, question, text, kind, answers and outside (tuples),
    goal, verdict."""
    codes = column_of(
        table, "question", needed(text_of, "Frågan har inget nummer", "till exempel 1 eller F3"), findings, blank=""
    )
    texts = column_of(
        table, "text", needed(text_of, "Frågan har ingen text", "frågan som den ställdes"), findings, blank=""
    )
    kinds = column_of(table, "kind", reader("question"), findings, blank="")
    answers = column_of(table, "answers", _listed, findings, blank=(), faulty=(FAULTY, FAULTY))
    outside = column_of(table, "outside", _listed, findings, blank=())
    verdicts = column_of(table, "verdict", _verdict_reader(federation), findings, blank="")
    _answers_needed(table, kinds, answers, findings)
    position = position_of(table, "outside")
    strange = [
        row for row in np.flatnonzero(table.used).tolist() if answers[row] and set(outside[row]) - set(answers[row])
    ]
    if position is not None:
        findings.every(
            table,
            position,
            strange,
            CellFault(
                Reason.WORD_UNKNOWN,
                "Ett svar utanför skalan som inte är ett av svarsalternativen",
                "ett eller flera av svarsalternativen",
                "Rätta cellen",
            ),
        )
    frame = pd.DataFrame(
        {
            "survey": table.texts("survey"),
            "question": codes,
            "text": texts,
            "kind": kinds,
            "answers": pd.Series(list(answers), dtype="object"),
            "outside": pd.Series(list(outside), dtype="object"),
            "goal": table.texts("goal"),
            "verdict": verdicts,
            "at": range(len(table)),
        }
    )
    return frame[table.used]


def once(read: Read, findings: Findings) -> Read:
    """Without questions that stand twice; a fault where they are not the same."""
    return each_once(
        read,
        by=("survey", "question"),
        says=("text", "kind", "answers", "outside", "goal", "verdict"),
        what="Samma fråga",
        field="question",
        must=("question", "kind"),
        findings=findings,
    )


def as_questions(frames: Sequence[pd.DataFrame]) -> tuple[Question, ...]:
    """The questions in the order in which they stand.

    A personal number in them is refused at its cell. It is masked here, since faults of other files repeat the words.
    """
    masked = mask_personal_numbers
    return tuple(
        Question(
            masked(row["survey"]),
            masked(row["question"]),
            masked(row["text"]),
            row["kind"],
            tuple(map(masked, row["answers"] or ())),
            frozenset(map(masked, row["outside"] or ())),
            row["goal"],
            row["verdict"],
        )
        for frame in frames
        for row in frame.to_dict("records")
    )


def _answers_needed(table: Table, kinds: np.ndarray, answers: np.ndarray, findings: Findings) -> None:
    position = position_of(table, "answers")
    place = position if position is not None else position_of(table, "kind") or 0
    closed = np.isin(kinds.astype(str), (ONE, SEVERAL, SCALE)) & table.used
    empty = [row for row in np.flatnonzero(closed).tolist() if len(answers[row]) < 2]
    findings.every(
        table,
        place,
        empty,
        CellFault(
            Reason.VALUE_MISSING,
            "Frågan har inte minst två svarsalternativ",
            "alternativen i ordning med semikolon eller | emellan, eller 1-5",
            "Skriv alternativen i kolumnen Svarsalternativ",
        ),
    )


def _listed(value: Value) -> tuple[str, ...]:
    raw = value if isinstance(value, str) else text_of(value)
    if match := _RANGE.fullmatch(clean_text(raw)):
        first, last = int(match[1]), int(match[2])
        if not 0 < last - first < _MOST:
            raise CellFault(
                Reason.NUMBER_OUTSIDE,
                "Skalan går inte från ett lägre till ett högre tal",
                "till exempel 1-5",
                "Rätta cellen",
            )
        return tuple(map(str, range(first, last + 1)))
    parts = [clean_text(part) for part in _BETWEEN.split(raw.strip()) if clean_text(part)]
    if len({fold(part) for part in parts}) < len(parts):
        raise CellFault(
            Reason.ROWS_CONTRADICT, "Ett svarsalternativ står två gånger", "varje alternativ en gång", "Ta bort det ena"
        )
    return tuple(parts)


def _verdict_reader(federation: Federation) -> Callable[[Value], str]:
    known = coder("verdict", federation)

    def read(value: Value) -> str:
        return "" if is_missing(fold(text_of(value))) and fold(text_of(value)) not in known.words else known.code(value)

    return read
