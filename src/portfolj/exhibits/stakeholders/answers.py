"""What was answered: questions with the same answers in one table and figure, in the order of the answers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.figures import BLUE, GREEN, GREY, PURPLE, SKY, VERMILION, YELLOW, Series, bars, stacked
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import HIDDEN, Shown, known, people_column, shown_value, text_column, whole
from portfolj.exhibits.markup import Column, Html, Table, details, note
from portfolj.exhibits.stakeholders.not_told import surveys_not_told
from portfolj.exhibits.stakeholders.words import answer_word, group_word, legend, printed_in
from portfolj.stakeholders.questions import NO_ANSWER, SCALE, SEVERAL, TEXT, Question

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView

LOOKS = (
    (BLUE, ""),
    (SKY, "////"),
    (YELLOW, "...."),
    (VERMILION, "xxxx"),
    (PURPLE, "\\\\\\\\"),
    (GREEN, "++++"),
    (GREY, "||||"),
)
LABEL_WIDTH = 26
OF_ANSWERED = "Andelarna är av dem som svarade på frågan."
SEVERAL_NOTE = "Flera svar får ges, så andelarna blir tillsammans mer än 100 procent."


def answers(view: StakeholdersView) -> Html:
    """The answers of everybody, question by question; those with the same answers together."""
    few = surveys_not_told(view)
    if not _asked(view):
        return Html(note(few)) if few else left_out("Det finns inga svar på frågor.")
    made = (part for number, asked in enumerate(_batteries(view), 1) for part in _battery(view, asked, number))
    return Html(*made, *([note(few)] if few else []))


def answers_by_group(view: StakeholdersView) -> Html:
    """The answers by role and other groups, a table a question, each opened by whoever wants it."""
    parts = []
    for number, question in enumerate(_asked(view), 1):
        own = _of(view, question)
        for by in dict.fromkeys(own.loc[own["by"].ne(""), "by"]):
            rows = [("", ""), *((by, group) for group in dict.fromkeys(own.loc[own["by"].eq(by), "group"]))]
            table = _table(
                view,
                [(question, *row) for row in rows],
                f"svar-{number}-{_anchor(by)}",
                f"{_name(question)} Per {by.casefold()}",
            )
            figure = _figure(view, [(question, *row) for row in rows], table.caption, shares=True)
            parts.append(details(table.caption, *figure, table.html()))
    if not parts:
        return (
            left_out("Inga svar delas på roller eller andra grupper.")
            if not view.survey.left_out
            else Html(_left_out(view))
        )
    return Html(*parts, *([_left_out(view)] if view.survey.left_out else []))


def _batteries(view: StakeholdersView) -> Iterator[list[Question]]:
    for key, asked in groupby(_asked(view), key=lambda q: (q.survey, q.kind, q.answers)):
        together = list(asked)
        if key[1] in (SEVERAL, TEXT):
            yield from ([question] for question in together)
        else:
            yield together


def _battery(view: StakeholdersView, asked: Sequence[Question], number: int) -> list[Html]:
    first = asked[0]
    where = f" ({first.survey})" if first.survey else ""
    if first.kind == SEVERAL:
        return _options(view, first, number, where)
    codes = swedish.listed([question.code for question in asked])
    caption = f"{_name(first)}{where}" if len(asked) == 1 else f"Svar på fråga {codes}{where}"
    rows = [(question, "", "") for question in asked]
    table = _table(view, rows, f"svar-{number}", caption)
    return [*_figure(view, rows, caption, shares=False), table.html()]


def _table(view: StakeholdersView, rows: Sequence[tuple[Question, str, str]], name: str, caption: str) -> Table:
    first = rows[0][0]
    all_answers = first.all_answers
    made, frames = [], []
    for question, by, group in rows:
        own = _of(view, question, by, group)
        frames.append(own)
        counts = {r["answer"]: (shown_value(r, "count"), r["share"]) for r in own.to_dict("records")}
        numbers = {answer: counts.get(answer, (None, None)) for answer in (*all_answers, NO_ANSWER)}
        made.append(
            {
                "what": group_word(by, group) if _same_question(rows) else _name(question),
                **{answer: _written(*numbers[answer]) for answer in (*all_answers, NO_ANSWER)},
                "base": _base(own),
                "middle": middle(question, {a: numbers[a][0] for a in question.steps}),
            }
        )
    whole_frame = pd.concat(frames)
    columns = [
        Column("what", "Vilka" if _same_question(rows) else "Fråga"),
        *(text_column(answer, answer_word(answer), missing=swedish.MISSING) for answer in all_answers),
        *(
            [text_column(NO_ANSWER, "Inget svar", missing=swedish.MISSING)]
            if whole_frame["answer"].eq(NO_ANSWER).any()
            else []
        ),
        *([people_column("base", "Svarade på frågan")] if first.kind != TEXT else []),
        *([text_column("middle", "Mittersta svaret", missing=swedish.NOT_APPLICABLE)] if first.kind == SCALE else []),
    ]
    return Table(
        name=name,
        caption=caption,
        frame=pd.DataFrame(made).astype("object"),
        columns=columns,
        notes=[
            *([SEVERAL_NOTE] if first.kind == SEVERAL else []),
            *_notes(view, whole_frame, base="" if first.kind == TEXT else OF_ANSWERED),
        ],
    )


def _options(view: StakeholdersView, question: Question, number: int, where: str) -> list[Html]:
    own = _of(view, question, "", "")
    rows = [
        {
            "what": answer_word(record["answer"]),
            "count": shown_value(record, "count"),
            "share": None if swedish.is_missing(record["share"]) else _percent(record["share"]),
        }
        for record in own.to_dict("records")
    ]
    table = Table(
        name=f"svar-{number}",
        caption=f"{_name(question)}{where}",
        frame=pd.DataFrame(rows).astype("object"),
        columns=[
            Column("what", "Svar"),
            people_column("count", "Antal"),
            text_column("share", "Andel", missing=swedish.NOT_APPLICABLE),
        ],
        notes=[SEVERAL_NOTE, *_notes(view, own, base=OF_ANSWERED)],
    )
    drawn = own[own["share"].notna()]
    if len(drawn) < 2:
        return [table.html()]
    labelled = drawn.assign(label=[_wrapped(answer_word(answer)) for answer in drawn["answer"]])
    written = [_percent(share) for share in drawn["share"]]
    told = "; ".join(f"{answer_word(a)}: {w}" for a, w in zip(drawn["answer"], written, strict=True))
    figure = bars(
        labelled,
        labels="label",
        values="share",
        written=written,
        muted=[False] * len(drawn),
        alt=f"{_name(question)} {told}.",
        caption=f"{_name(question)} {SEVERAL_NOTE}",
    )
    return [figure, table.html()]


def _figure(
    view: StakeholdersView, rows: Sequence[tuple[Question, str, str]], caption: str, *, shares: bool
) -> list[Html]:
    """Stacked bars of the rows whose counts are all shown; none where the answers are too many to tell apart."""
    given = rows[0][0].all_answers
    if not 2 <= len(given) <= len(LOOKS) or rows[0][0].kind == SEVERAL:
        return []
    drawn, told = [], []
    for question, by, group in rows:
        own = {r["answer"]: r for r in _of(view, question, by, group).to_dict("records")}
        numbers = [shown_value(own[answer], "count") if answer in own else None for answer in given]
        if not known(*numbers) or not sum(map(whole, numbers)):
            continue
        label = group_word(by, group) if _same_question(rows) else _name(question)
        size = sum(map(whole, numbers))
        values = [100 * whole(n) / size if shares else whole(n) for n in numbers]
        drawn.append({"label": _wrapped(label), **dict(zip(given, values, strict=True))})
        parts = ", ".join(
            f"{answer_word(a)} {_percent(whole(n) / size) if shares else swedish.number(whole(n))}"
            for a, n in zip(given, numbers, strict=True)
        )
        told.append(f"{label} {parts}")
    if len(drawn) < (2 if shares else 1):
        return []  # everybody alone is drawn above
    series = [Series(answer, answer_word(answer), *look) for answer, look in zip(given, LOOKS, strict=False)]
    unit = f"{swedish.NBSP}%" if shares else ""
    missing = len(rows) - len(drawn)
    more = (
        f" {swedish.counted(missing, 'stapel', 'staplar')} saknas: antalen är dolda eller inte kända."
        if missing
        else ""
    )
    what = "Andel" if shares else "Antal"
    return [
        stacked(
            pd.DataFrame(drawn),
            labels="label",
            series=series,
            written=lambda size: f"{swedish.number(size)}{unit}",
            alt=f"{what} svar. {'. '.join(told)}.",
            caption=f"{caption.rstrip('.')}{' ' if caption.endswith('?') else '. '}{what} som gav varje svar.{more}",
        )
    ]


def _base(own: pd.DataFrame) -> Shown:
    """How many answered the question: hidden where any count of the row is and it can't be told."""
    told = own["answered_question"].dropna()
    if len(told):
        return int(told.iloc[0])
    return HIDDEN if own["suppressed"].any() else None


def middle(question: Question, counts: dict[str, Shown]) -> Any:
    """The median of a scale, only of counts that are all shown; two answers where it lies between them."""
    if question.kind != SCALE:
        return None
    if HIDDEN in counts.values():
        return HIDDEN
    if not known(*counts.values()):
        return None
    ordered = [answer for answer in question.steps for _ in range(whole(counts[answer]))]
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return low if low == high else f"mellan {low} och {high}"


def _notes(view: StakeholdersView, frame: pd.DataFrame, *, base: str) -> list[Any]:
    notes: list[Any] = [legend(view, zeros_hidden=view.survey.zeros_hidden)] if frame["suppressed"].any() else []
    if places := printed_in(list(frame["printed_in"])):
        notes.append(places)
    return [*notes, base] if base else notes


def _left_out(view: StakeholdersView) -> Html:
    named = list(dict.fromkeys(f"fråga {code} per {by}" for _, code, by in view.survey.left_out))
    why = "för många av antalen är små, eller har ändrats lite sedan en tidigare rapport"
    return note(f"Visas inte, för att {why}: {swedish.listed(named)}.")


def _asked(view: StakeholdersView) -> list[Question]:
    told = set(zip(view.survey.survey["survey"], view.survey.survey["question"], strict=True))
    return [question for question in view.questions if (question.survey, question.code) in told]


def _of(view: StakeholdersView, question: Question, by: str | None = None, group: str = "") -> pd.DataFrame:
    frame = view.survey.survey
    own = frame[frame["survey"].eq(question.survey) & frame["question"].eq(question.code)]
    return own if by is None else own[own["by"].eq(by) & own["group"].eq(group)]


def _same_question(rows: Sequence[tuple[Question, str, str]]) -> bool:
    return bool(rows[-1][1])


def _name(question: Question) -> str:
    return f"{question.code}. {question.text}"


def _written(count: Shown, share: Any) -> Any:
    if not known(count):
        return count
    number = swedish.number(whole(count))
    return number if swedish.is_missing(share) or not count else f"{number} ({_percent(share)})"


def _percent(share: float) -> str:
    return swedish.percent(share, 1)


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, LABEL_WIDTH))


def _anchor(by: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in by.casefold())
