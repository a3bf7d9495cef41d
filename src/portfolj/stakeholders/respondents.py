"""Answers of respondents, one row each or one row per answer. Nothing that somebody wrote is kept or repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from portfolj.economics.reading.table import position_of
from portfolj.errors import Fault, Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.headings import normal_heading
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.ledger.cells import text_of
from portfolj.stakeholders.files import Responses
from portfolj.stakeholders.questions import ROOM, SEVERAL, Question

ROLE: Final = "roll"
NO_ANSWERS, DUPLICATE = "no_answers", "duplicate_answer"
_QUESTION, _GROUP = "question", "group"


@dataclass(frozen=True)
class Answered:
    """The respondents of one table: their survey, and for each its number in the file, its groups and its answers."""

    survey: str
    numbers: tuple[str, ...]
    groups: tuple[Mapping[str, str], ...]
    answers: tuple[Mapping[str, frozenset[str]], ...]


def shape_of(questions: Sequence[Question], groups: Sequence[str]) -> Shape:
    """What a file with answers must have: a column per question, or one for the question and one for the answer."""
    named = {name: (_QUESTION, question.code) for question in questions for name in sorted(question.names) if name}
    named |= {normal_heading(group): (_GROUP, group) for group in groups}
    more: Callable[[str], Any] = lambda heading: named.get(normal_heading(heading))  # noqa: E731
    return Shape(f"{ROOM}survey", (("respondent", "role"),), more=more, unless_more=(("question",), ("answer",)))


def answered_in(table: Table, *, questions: Sequence[Question], findings: Findings) -> Answered:
    """The table's respondents. Faults for answers that are not allowed, and for what can't be told apart."""
    survey = survey_of(table, questions, findings)
    own = {question.code: question for question in questions if question.survey == survey}
    if survey is None:
        return Answered("", (), (), ())
    wide = any(what[0] == _QUESTION for what in table.header.more.values())
    return _wide(table, survey, own, findings) if wide else _long(table, survey, own, findings)


def survey_of(table: Table, questions: Sequence[Question], findings: Findings) -> str | None:
    """The one survey that the table is about, by its column or because there is only one; None with a fault."""
    surveys = {fold(question.survey): question.survey for question in questions}
    position = position_of(table, "survey")
    allowed = ", ".join(name for name in surveys.values() if name) or "enkäten som frågorna hör till"
    if position is None:
        if len(surveys) == 1:
            return next(iter(surveys.values()))
        found = (
            "Filen säger inte vilken enkät svaren hör till" if surveys else "Det finns inga frågor som svaren hör till"
        )
        action = "Lägg till kolumnen Enkät" if surveys else "Ange filen med frågor under stakeholders.questions"
        sheet = table.sheet
        place = f"rad {sheet.numbers[table.header.row]}"
        findings.faults.append(Fault(sheet.file, sheet.title, place, Reason.COLUMN_MISSING, found, allowed, action))
        return None
    texts = np.array([fold(text) for text in table.texts("survey")], dtype=object)
    unknown = [row for row in np.flatnonzero(table.used).tolist() if texts[row] not in surveys]
    findings.every(
        table,
        position,
        unknown,
        CellFault(
            Reason.WORD_UNKNOWN,
            "En enkät som det inte finns några frågor till",
            allowed,
            "Rätta namnet",
        ),
    )
    named = dict.fromkeys(text for text in texts[table.used] if text in surveys)
    others = [row for row in np.flatnonzero(table.used).tolist() if texts[row] in list(named)[1:]]
    findings.every(
        table,
        position,
        others,
        CellFault(
            Reason.ROWS_CONTRADICT,
            "Filen har svar på fler än en enkät",
            "en enkät i varje fil eller blad",
            "Lägg den andra enkätens svar i en egen fil",
        ),
    )
    return surveys[next(iter(named))] if named else None


def together(tables: Sequence[tuple[Table, Answered]]) -> tuple[Responses, ...]:
    """The respondents of all tables, survey by survey."""
    made = []
    for survey in dict.fromkeys(each.survey for _, each in tables):
        parts = [each for _, each in tables if each.survey == survey]
        groups = [group for part in parts for group in part.groups]
        answers = [answer for part in parts for answer in part.answers]
        names = dict.fromkeys(name for group in groups for name in group)
        asked = dict.fromkeys(code for answer in answers for code in answer)
        made.append(
            Responses(
                survey,
                len(answers),
                {name: _one_spelling([group.get(name, "") for group in groups]) for name in names},
                {code: tuple(answer.get(code, frozenset()) for answer in answers) for code in asked},
            )
        )
    return tuple(made)


def _one_spelling(words: Sequence[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    return tuple(first.setdefault(fold(word), word) for word in words)


def _wide(table: Table, survey: str, own: Mapping[str, Question], findings: Findings) -> Answered:
    columns: dict[str, int] = {}
    for position, (kind, name) in table.header.more.items():
        if kind != _QUESTION:
            continue
        if name in columns or name not in own:
            found = "Två kolumner är svar på samma fråga" if name in columns else "Frågan hör inte till enkäten"
            findings.faults.append(_at_heading(table, position, found))
        columns.setdefault(name, position)
    nothing: frozenset[str] = frozenset()
    read = {
        code: findings.read(table, position, own[code].chosen, blank=nothing)
        for code, position in columns.items()
        if code in own
    }
    # A cell with a fault is an answer too: only a row without any is set aside.
    said = {code: table.column(columns[code]).each(lambda value: bool(text_of(value))).astype(bool) for code in read}
    table.set_aside(~np.logical_or.reduce(list(said.values())) if said else np.ones(len(table), bool), NO_ANSWERS)
    numbers = table.texts("respondent")
    groups = _groups(table)
    _each_once(table, numbers, findings)
    rows = np.flatnonzero(table.used)
    return Answered(
        survey,
        tuple(numbers[rows]),
        tuple({name: words[row] for name, words in groups.items()} for row in rows),
        tuple({code: chosen[row] for code, chosen in read.items()} for row in rows),
    )


def _each_once(table: Table, numbers: np.ndarray, findings: Findings) -> None:
    """A row that says the same as an earlier one of the same respondent is set aside; another is a fault."""
    position = position_of(table, "respondent")
    if position is None:
        return
    whole = [table.column(p) for p in range(table.width)]
    first: dict[str, tuple[str, ...]] = {}
    repeated = np.zeros(len(table), dtype=bool)
    other: list[int] = []
    for row in np.flatnonzero(table.used).tolist():
        if not numbers[row]:
            continue
        cells = tuple(text_of(column.values[column.codes[row]]) for column in whole)
        if first.setdefault(fold(numbers[row]), cells) is cells:
            continue
        if first[fold(numbers[row])] == cells:
            repeated[row] = True
        else:
            other.append(row)
    findings.every(
        table,
        position,
        other,
        CellFault(
            Reason.ROWS_CONTRADICT,
            "Samma svarande finns på en tidigare rad, med andra svar",
            "en rad för varje svarande",
            "Ta bort den rad som är fel, eller ge den svarande ett eget nummer",
        ),
    )
    table.set_aside(repeated, DUPLICATE)


def _long(table: Table, survey: str, own: Mapping[str, Question], findings: Findings) -> Answered:
    question_at, answer_at = position_of(table, "question"), position_of(table, "answer")
    respondent_at = position_of(table, "respondent")
    if question_at is None or answer_at is None or respondent_at is None:
        place = f"rad {table.sheet.numbers[table.header.row]}"
        findings.faults.append(
            Fault(
                table.sheet.file,
                table.sheet.title,
                place,
                Reason.COLUMN_MISSING,
                "Filen har en rad per svar, men ingen kolumn känns igen som svarande",
                "en kolumn med den svarandes nummer",
                "Kalla kolumnen Svarande",
            )
        )
        return Answered(survey, (), (), ())
    known = {name: code for code, question in own.items() for name in question.names if name}
    names = [known.get(normal_heading(text)) for text in table.texts("question")]
    findings.every(
        table,
        question_at,
        [row for row in np.flatnonzero(table.used).tolist() if names[row] is None],
        CellFault(
            Reason.WORD_UNKNOWN,
            "En fråga som inte finns i filen med frågor",
            ", ".join(own),
            "Rätta frågans nummer",
        ),
    )
    people, groups = table.texts("respondent"), _groups(table)
    findings.every(
        table,
        respondent_at,
        np.flatnonzero(table.used & (people == "")),
        CellFault(
            Reason.VALUE_MISSING,
            "Raden säger inte vem som svarade",
            "ett nummer på den svarande",
            "Fyll i cellen",
        ),
    )
    answers: dict[str, dict[str, frozenset[str]]] = {}
    group_of: dict[str, dict[str, str]] = {}
    faults: list[tuple[int, CellFault]] = []
    other: list[int] = []
    repeated = np.zeros(len(table), dtype=bool)
    column = table.column(answer_at)
    for row in np.flatnonzero(table.used).tolist():
        code, person = names[row], fold(people[row])
        if code is None or not person:
            continue
        said = answers.setdefault(person, {})
        for name, words in groups.items():
            if words[row] and group_of.setdefault(person, {}).setdefault(name, words[row]) != words[row]:
                other.append(row)
        try:
            chosen = own[code].chosen(column.values[column.codes[row]])
        except CellFault as fault:
            faults.append((row, fault))
            continue
        if not chosen or chosen <= said.get(code, frozenset()):
            repeated[row] = bool(chosen)
        elif said.get(code) and own[code].kind != SEVERAL:
            other.append(row)
        said[code] = said.get(code, frozenset()) | chosen
    findings.cells(table, answer_at, [row for row, _ in faults], [fault for _, fault in faults])
    findings.every(
        table,
        respondent_at,
        sorted(set(other)),
        CellFault(
            Reason.ROWS_CONTRADICT,
            "Den svarande har sagt något annat på en tidigare rad",
            "ett svar på varje fråga och en grupp för varje svarande",
            "Ta bort den rad som är fel",
        ),
    )
    table.set_aside(repeated, DUPLICATE)
    who = [person for person, said in answers.items() if any(said.values())]
    silent = np.array([fold(person) not in who for person in people], dtype=bool)
    table.set_aside(silent, NO_ANSWERS)
    asked = dict.fromkeys(code for person in who for code in answers[person])
    return Answered(
        survey,
        tuple(who),
        tuple({name: group_of.get(person, {}).get(name, "") for name in groups} for person in who),
        tuple({code: answers[person].get(code, frozenset()) for code in asked} for person in who),
    )


def _groups(table: Table) -> dict[str, np.ndarray]:
    groups = {ROLE: table.texts("role")} if table.positions("role") else {}
    for position, (kind, name) in table.header.more.items():
        if kind == _GROUP:
            groups[name] = table.column(position).each(text_of)
    return groups


def _at_heading(table: Table, position: int, found: str) -> Fault:
    place = table.sheet.address(table.header.row, position)
    return Fault(
        table.sheet.file,
        table.sheet.title,
        place,
        Reason.COLUMN_AMBIGUOUS,
        found,
        "en kolumn per fråga i enkäten",
        "Ta bort kolumnen, eller rätta rubriken",
    )
