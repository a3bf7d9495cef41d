"""Hidden counts can't be worked out: every table of people that fits what is shown is looked at.

Nothing here is shared with what protects. A hidden count must be possible as ``k`` numbers at least, for somebody who
knows everything that is shown and that what is hidden is not nobody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pandas as pd
import pytest

from portfolj.stakeholders.files import Responses, StakeholdersFiles, empty_frame, frame_of
from portfolj.stakeholders.questions import NO_ANSWER, ONE, SEVERAL, Question
from portfolj.stakeholders.survey import survey_tables
from portfolj.stakeholders.themes import themes_of

K = 3
ASKED = (
    Question("", "1", "Nöjd?", ONE, ("ja", "nej")),
    Question("", "2", "Igen?", ONE, ("ofta", "aldrig")),
)
Table = tuple[tuple[int, ...], ...]


def numbers(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number over cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in numbers(total - first, cells - 1):
            yield (first, *rest)


def tables(rows: int, columns: int, most: int) -> Iterator[Table]:
    """Every table of so many rows and columns with at most so many people in all."""
    for total in range(most + 1):
        for flat in numbers(total, rows * columns):
            yield tuple(flat[n * columns : (n + 1) * columns] for n in range(rows))


def published(frame: pd.DataFrame, question: str) -> dict[tuple[str, str], int | None]:
    """(group or "" for all, answer or "" for all who answered) -> the count that is shown, None if hidden."""
    own = frame[frame["question"].isin([question, ""])]
    return {
        (row["group"], row["answer"]): None if row["suppressed"] else int(row["count"])
        for row in own.to_dict("records")
    }


def of_table(table: Table, groups: Sequence[str], answers: Sequence[str], place: tuple[str, str]) -> int:
    """What a published count would be of these people."""
    rows = [row for group, row in zip(groups, table, strict=True) if place[0] in ("", group)]
    return sum(n for row in rows for answer, n in zip(answers, row, strict=True) if place[1] in ("", answer))


def fits(table: Table, told: dict[tuple[str, str], int | None], groups: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether these people give every count that is shown, and somebody in every hidden one."""
    found = {place: of_table(table, groups, answers, place) for place in told}
    return all(found[place] == value if value is not None else found[place] > 0 for place, value in told.items())


def made(seed: int) -> tuple[StakeholdersFiles, int]:
    """A small survey of two questions and two roles, and how many answered it."""
    rng = random.Random(seed)
    groups = [rng.choice(["a", "b"]) for _ in range(rng.randint(7, 10))]
    said = {
        question.code: tuple(
            frozenset(rng.choices([[answer] for answer in question.answers] + [[]], weights=[5, 2, 2])[0])
            for _ in groups
        )
        for question in ASKED
    }
    responses = Responses("", len(groups), {"roll": tuple(groups)}, said)
    return StakeholdersFiles(questions=ASKED, responses=(responses,)), len(groups)


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_answer_can_be_worked_out_from_all_tables_of_the_survey(seed: int) -> None:
    files, size = made(seed)
    result = survey_tables(files, k=K)
    assert not result.zeros_hidden
    shown = list(dict.fromkeys(result.survey["group"]))[1:] or [""]
    possible: dict[tuple[str, tuple[str, str]], set[int]] = {}
    fitting: dict[str, list[Table]] = {}
    for question in ASKED:
        answers = (*question.answers, NO_ANSWER)
        told = published(result.survey, question.code)
        fitting[question.code] = [
            table for table in tables(len(shown), len(answers), size + 1) if fits(table, told, shown, answers)
        ]
    sizes = {code: {tuple(map(sum, table)) for table in found} for code, found in fitting.items()}
    both = sizes["1"] & sizes["2"]  # the two questions are answered by the same people
    assert both
    for question in ASKED:
        answers = (*question.answers, NO_ANSWER)
        for place, value in published(result.survey, question.code).items():
            if value is None:
                possible[question.code, place] = {
                    of_table(table, shown, answers, place)
                    for table in fitting[question.code]
                    if tuple(map(sum, table)) in both
                }
    small = {place: values for place, values in possible.items() if len(values) < K}
    # Who answered is bounded above only by this search where even that is hidden.
    assert small == {}
    counts = result.survey["count"].dropna()
    assert not counts.between(1, K - 1).any()


def test_the_surveys_attacked_have_both_hidden_and_shown_counts() -> None:
    frames = [survey_tables(made(seed)[0], k=K).survey for seed in range(8)]
    assert sum(bool(frame["suppressed"].any()) for frame in frames) > 4
    assert sum(bool(frame["by"].ne("").any() and frame["count"].gt(0).any()) for frame in frames) > 4


def test_the_attack_finds_what_is_not_protected() -> None:
    told = {("", ""): 9, ("", "ja"): 7, ("", "nej"): None, ("", NO_ANSWER): 0}
    answers = ("ja", "nej", NO_ANSWER)
    found = {of_table(t, [""], answers, ("", "nej")) for t in tables(1, 3, 10) if fits(t, told, [""], answers)}
    assert found == {2}


def test_several_answers_hide_also_those_who_did_not_choose() -> None:
    question = Question("", "1", "Vad?", SEVERAL, ("telefon", "möte"))
    chosen = [{"telefon", "möte"}] * 8 + [{"telefon"}] * 7 + [{"möte"}] * 1
    files = StakeholdersFiles(
        questions=(question,), responses=(Responses("", 16, {}, {"1": tuple(map(frozenset, chosen))}),)
    )
    frame = survey_tables(files, k=5).survey.set_index("answer")
    # 15 of 16 chose the telephone: that one did not would follow.
    assert bool(frame.loc["telefon", "suppressed"])
    assert frame.loc["möte", "count"] == 9


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_number_of_sources_can_be_worked_out_from_sources_and_statements(seed: int) -> None:
    rng = random.Random(seed)
    rows = []
    for number in range(rng.randint(7, 9)):
        role = rng.choice(["chef", "handläggare"])
        kinds = rng.choice([["strength"], ["develop"], ["strength", "develop"], ["develop"]])
        rows += [(f"s{number}", role, kind) for kind in kinds for _ in range(rng.choice([1, 1, 2]))]
    data = pd.DataFrame(rows, columns=["source", "role", "kind"]).assign(
        theme="tid", source_kind="", text="", quotable=False, intervention=""
    )
    statements = frame_of("statements", {name: list(data[name]) for name in data.columns})
    themes = themes_of(statements, k=K)
    roles = [role for role in dict.fromkeys(themes.frame["role"]) if role] or [""]
    told = {
        (r["theme"], r["role"], r["kind"]): None if r["suppressed"] else (int(r["sources"]), int(r["statements"]))
        for r in themes.frame.to_dict("records")
    }
    hidden = [place for place, value in told.items() if value is None]
    kinds = ("strength", "develop")

    def of(table: Table, place: tuple[str, str, str], columns: Sequence[tuple[str, ...]]) -> int:
        own = [row for role, row in zip(roles, table, strict=True) if place[1] in ("", role)]
        return sum(n for row in own for kind, n in zip(columns, row, strict=True) if not place[2] or place[2] in kind)

    # Of sources: only a strength, only an area to develop, both. Every source here raises the one theme.
    people = [(("strength",), ("develop",), kinds), tables(len(roles), 3, len({r[0] for r in rows}) + 1), 0]
    spoken = [(("strength",), ("develop",)), tables(len(roles), 2, len(rows) + 2), 1]
    fitting = []
    for columns, every, which in (people, spoken):
        fitting.append([
            table for table in every  # type: ignore[attr-defined]
            if all(of(table, p, columns) == v[which] if v is not None else of(table, p, columns) > 0  # type: ignore
                   for p, v in told.items())
        ])  # fmt: skip
    cells = [("tid", role, kind) for role in roles for kind in kinds]

    def row(table: Table, columns: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
        return tuple(of(table, cell, columns) for cell in cells)

    said = {row(table, spoken[0]) for table in fitting[1]}  # type: ignore[arg-type]
    possible: dict[tuple[str, str, str], set[int]] = {place: set() for place in hidden}
    for table in fitting[0]:
        own = row(table, people[0])  # type: ignore[arg-type]
        # A source that raises something has said it at least once, and nothing is said by nobody.
        if any(all(s >= n and (s > 0) == (n > 0) for s, n in zip(each, own, strict=True)) for each in said):
            for place in hidden:
                possible[place].add(of(table, place, people[0]))  # type: ignore[arg-type]
    if not themes.zeros_hidden:
        assert {place: values for place, values in possible.items() if len(values) < K} == {}


def test_counts_of_answers_without_rows_are_protected_like_rows() -> None:
    """The same survey as rows and as counts shows the same."""
    groups = ["chef"] * 9 + ["handläggare"] * 11
    said = tuple(frozenset([a]) for a in ["ja"] * 6 + ["nej"] * 3 + ["ja"] * 5 + ["nej"] * 6)
    as_rows = StakeholdersFiles(
        questions=ASKED[:1], responses=(Responses("", 20, {"roll": tuple(groups)}, {"1": said}),)
    )
    given = [
        (
            "",
            "",
            "1",
            role,
            answer,
            sum(a == {answer} and role in ("", g) for a, g in zip(said, groups, strict=True)),
            "",
        )
        for role, answer in product(("", "chef", "handläggare"), ("ja", "nej"))
    ]
    counts = frame_of("counts", {
        name: [row[n] for row in given]
        for name, n in (("survey", 0), ("question", 2), ("role", 3), ("answer", 4), ("count", 5), ("printed_in", 6))
    })  # fmt: skip
    invited = frame_of("invited", {
        "survey": [""] * 3, "role": ["", "chef", "handläggare"], "invited": [30, 15, 15], "answered": [20, 9, 11],
        "printed_in": [""] * 3,
    })  # fmt: skip
    as_counts = StakeholdersFiles(questions=ASKED[:1], counts=counts, invited=invited)
    by = ["group", "answer"]

    def shown(files: StakeholdersFiles) -> pd.DataFrame:
        frame = survey_tables(files, k=5).survey
        own = frame[frame["question"].eq("1") & frame["answer"].ne(NO_ANSWER)]
        return own[["group", "answer", "count", "suppressed"]].sort_values(by).reset_index(drop=True)

    assert shown(as_rows)["suppressed"].any()
    pd.testing.assert_frame_equal(shown(as_rows), shown(as_counts))


def test_a_count_in_print_is_shown_as_printed_and_one_beside_it_is_not() -> None:
    counts = frame_of("counts", {
        "survey": [""] * 4, "question": ["1", "1", "2", "2"], "role": [""] * 4,
        "answer": ["ja", "nej", "ofta", "aldrig"],
        "count": [2, 1, 4, 3], "printed_in": ["Rapport 1", "Rapport 1", "", ""],
    })  # fmt: skip
    files = StakeholdersFiles(questions=ASKED, counts=counts, invited=empty_frame("invited"))
    frame = survey_tables(files, k=5).survey.set_index(["question", "answer"])
    assert frame.loc[("1", "ja"), "count"] == 2
    assert frame.loc[("1", "ja"), "printed_in"] == "Rapport 1"
    assert frame.loc[("2", "ofta"), "suppressed"]
    assert pd.isna(frame.loc[("2", "aldrig"), "count"])
