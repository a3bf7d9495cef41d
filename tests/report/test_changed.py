"""What differs between two reports: found, weighed to the krona, and silent on the few."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_tables import ENTRY, OUTCOME, interventions, report, table

from portfolj.exhibits.documentation.files import FILES as DOCUMENTATION_FILES
from portfolj.exhibits.logic.files import FILES as LOGIC_FILES
from portfolj.report.cells import TABLES, changed_cells, is_few, number_of
from portfolj.report.changed import COLUMNS, Report, changes_of, compare

K = 5
OWNERS = ("kommun", "region", "af")


def of_kind(frame: pd.DataFrame, kind: str) -> list[tuple[str, ...]]:
    return [(c.key, c.column, c.before, c.after, c.why) for c in changes_of(frame) if c.kind == kind]


# --- the ledger's rows and the interventions


def test_rows_that_came_went_or_changed_are_told_apart() -> None:
    before = table(ENTRY, ("a", 2018, "Finsam", "counted", 100, 1), ("a", 2019, "Finsam", "counted", 200, 2),
                   ("b", 2019, "Finsam", "counted", 300, 1))  # fmt: skip
    after = table(ENTRY, ("a", 2018, "Finsam", "counted", 150, 1), ("a", 2019, "Finsam", "counted", 200, 3),
                  ("b", 2018, "ESF", "external", 300, 1), ("c", 2019, "Finsam", "counted", 50, 1))  # fmt: skip
    found = changes_of(compare(report(entries=before), report(entries=after), k=K))
    assert {(c.key, c.why, c.before, c.after, c.difference) for c in found} == {
        ("a | 2018 | Finsam | counted", "changed", "100", "150", Decimal(50)),
        ("a | 2019 | Finsam | counted", "added", "", "200", Decimal(200)),
        ("b | 2018 | ESF | external", "moved", "300", "300", Decimal(0)),
        ("c | 2019 | Finsam | counted", "added", "", "50", Decimal(50)),
    }


def test_a_row_without_an_amount_that_gets_one_has_changed() -> None:
    before = table(ENTRY, ("a", 2018, "Finsam", "counted", "", 1))
    after = table(ENTRY, ("a", 2018, "Finsam", "counted", "250.50", 1))
    (change,) = changes_of(compare(report(entries=before), report(entries=after), k=K))
    assert (change.why, change.before, change.after, change.difference) == ("changed", "", "250.5", Decimal("250.5"))


def test_an_intervention_that_came_and_one_that_went_are_named_with_their_money() -> None:
    new = {"intervention_key": "d", "name": "Dörren", "granted_sek": 400, "row_count": 1}
    found = compare(report(interventions=interventions()),
                    report(interventions=interventions(new, without=["a"])), k=K)  # fmt: skip
    told = {(c.key, c.name, c.why, c.difference) for c in changes_of(found) if c.kind == "intervention"}
    assert told == {("d", "Dörren", "added", Decimal(400)), ("a", "Ateljén", "gone", Decimal(-100))}
    assert of_kind(found, "code") == []


# --- codes, and why they changed


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ({"owner": "fk", "owner_decided_by": "decision"}, "decision"),
        ({"owner": "fk", "owner_decided_by": "decision", "description": "Ny text"}, "decision"),
        ({"owner": "fk", "description": "Försäkringskassan söker"}, "text"),
        ({"owner": "fk", "owner_rule": "O-fk-02"}, "rule"),
    ],
)
def test_why_a_code_changed_is_told(after: dict[str, str], why: str) -> None:
    now = interventions({"intervention_key": "a", **after})
    found = compare(report(interventions=interventions()), report(interventions=now), k=K)
    assert of_kind(found, "code") == [("a", "owner", "kommun", "fk", why)]


def test_a_code_that_a_decision_gave_is_told_as_withdrawn_when_the_rule_is_back() -> None:
    decided = interventions({"intervention_key": "a", "owner": "fk", "owner_decided_by": "decision"})
    found = compare(report(interventions=decided), report(interventions=interventions()), k=K)
    assert of_kind(found, "code") == [("a", "owner", "fk", "kommun", "decision_withdrawn")]


def test_a_code_that_another_basis_gave_is_not_put_down_to_the_codebook() -> None:
    named = report({"parameters": {"basis": "named"}}, interventions=interventions())
    now = report(interventions=interventions({"intervention_key": "b", "owner": "ej_definierad"}))
    found = compare(named, now, k=K)
    assert of_kind(found, "code") == [("b", "owner", "region", "ej_definierad", "basis")]
    assert of_kind(found, "parameter") == [("parameters", "basis", "named", "stated", "")]


def test_a_text_that_changed_is_never_repeated() -> None:
    secret = "En ny beskrivning som ingen annan fil ska ha"
    now = interventions({"intervention_key": "a", "description": secret})
    found = compare(report(interventions=interventions()), report(interventions=now), k=K)
    assert of_kind(found, "text") == [("a", "description", "", "", "text")]
    assert secret not in found.to_csv()


# --- versions, parameters, and what is no change


def test_versions_and_parameters_are_told_and_libraries_and_places_are_not() -> None:
    now = report({"versions": {"portfolj": "0.2.0", "pandas": "3.1.2"}, "vintages": {"codebook": "2027.1"},
                  "parameters": {"discount_rate_pct": 3.0, "period": "2014-2019", "federation": "rar"}})  # fmt: skip
    found = compare(report(), now, k=K)
    assert of_kind(found, "version") == [
        ("vintages", "codebook", "2026.1", "2027.1", ""), ("versions", "portfolj", "0.1.0", "0.2.0", ""),
    ]  # fmt: skip
    assert of_kind(found, "parameter") == [("parameters", "discount_rate_pct", "-1.0", "3.0", "")]
    assert len(found) == 3


def test_the_same_amount_written_in_another_way_is_no_change() -> None:
    before = table(("owner", "count", "granted_sek"), ("kommun", 5, 4300000))
    after = table(("owner", "count", "granted_sek"), ("kommun", 5, "4300000.0"))
    assert compare(report(owner=before), report(owner=after), k=K).empty


def test_an_ore_is_a_change() -> None:
    before = table(("owner", "granted_sek"), ("kommun", "70200000"))
    after = table(("owner", "granted_sek"), ("kommun", "70200000.01"))
    (change,) = changes_of(compare(report(owner=before), report(owner=after), k=K))
    assert change.difference == Decimal("0.01")


def test_a_table_that_is_new_is_told_and_one_without_its_key_is_left_alone() -> None:
    before = report(year=table(("other", "granted_sek"), ("2019", 1)))
    after = report(year=table(("year", "granted_sek"), ("2019", 2)), entries=table(ENTRY))
    assert of_kind(compare(before, after, k=K), "table") == [("", "", "", "", "added")]
    assert len(compare(before, after, k=K)) == 1


# --- people


def outcomes(*rows: tuple[object, ...]) -> dict[str, pd.DataFrame]:
    return {"outcomes": table(OUTCOME, *rows)}


def told(before: tuple[object, ...], after: tuple[object, ...]) -> list[tuple[str, str, str, str]]:
    found = changed_cells(outcomes(("", "all", "all", *before)), outcomes(("", "all", "all", *after)), k=K)
    return [(c.column, c.before, c.after, c.why) for c in found]


def test_a_count_that_moved_by_k_is_told_and_by_fewer_is_not() -> None:
    still = (60, 20, "", False)
    assert told((100, *still), (105, *still)) == [("participations", "100", "105", "")]
    assert told((100, *still), (104, *still)) == [("participations", "", "", "withheld")]
    assert told((100, *still), (96, *still)) == [("participations", "", "", "withheld")]


def test_a_small_count_that_others_have_printed_is_not_told_however_much_it_moves() -> None:
    assert told((100, 60, 2, "", False), (100, 60, 20, "", False)) == [("to_work", "", "", "withheld")]


def test_to_and_from_hidden_is_told_without_a_number() -> None:
    assert told((100, 60, 20, "", False), (100, 60, "", "", True)) == [("to_work", "", "", "hidden_now")]
    assert told((100, 60, "", "", True), (100, 60, 20, "", False)) == [("to_work", "", "", "shown_now")]
    assert told((100, 60, 20, "", False), (100, 60, "", "", False)) == [("to_work", "", "", "missing_now")]


def test_a_share_is_not_told_where_it_gives_away_the_few() -> None:
    # 0.30 of 60 is 18 and 0.35 of 60 is 21: three people more, though no count of the line says so.
    assert told((100, 60, 10, 0.30, False), (100, 60, 10, 0.35, False)) == [("share_work_or_study", "", "", "withheld")]
    # 0.40 of 60 is 24: six more.
    assert told((100, 60, 10, 0.30, False), (100, 60, 10, 0.40, False)) == [("share_work_or_study", "0.3", "0.4", "")]


def test_a_line_on_people_that_only_one_report_has_is_told_without_numbers() -> None:
    whole = ("", "all", "all", 100, 60, 20, "", False)
    flen = ("", "municipality", "Flen", 7, 6, 5, "", False)
    for before, after, why in ((outcomes(whole), outcomes(whole, flen), "added"),
                               (outcomes(whole, flen), outcomes(whole), "gone")):  # fmt: skip
        (change,) = changed_cells(before, after, k=K)
        assert (change.kind, change.column, change.before, change.after, change.difference, change.why) == (
            "count", "", "", "", None, why
        )  # fmt: skip


def test_where_few_moved_no_money_that_is_computed_from_people_is_told() -> None:
    columns = ("year", "actor", "participants", "cost_sek")
    chance = ("actor", "horizon_years", "chance_to_break_even")
    before = {"payback": table(columns, ("2018", "kommun", 42, 672000)), "chance": table(chance, ("kommun", 1, 0.5))}
    after = {"payback": table(columns, ("2018", "kommun", 44, 704000)), "chance": table(chance, ("kommun", 1, 0.6))}
    # 704 000 - 672 000 = 32 000 kr at 16 000 kr a person is two people.
    assert [(c.table, c.before, c.after, c.difference, c.why) for c in changed_cells(before, after, k=K)] == [
        ("payback", "", "", None, "withheld"), ("payback", "", "", None, "withheld"),
        ("chance", "", "", None, "withheld"),
    ]  # fmt: skip
    more = {**after, "payback": table(columns, ("2018", "kommun", 52, 832000))}
    assert [(c.column, c.after) for c in changed_cells(before, more, k=K)] == [
        ("participants", "52"), ("cost_sek", "832000"), ("chance_to_break_even", "0.6"),
    ]  # fmt: skip


def test_a_goals_text_is_told_as_changed_and_not_repeated() -> None:
    columns = ("intervention", "goal", "target", "outcome", "verdict", "basis")
    before = {"goals": table(columns, ("Bron", 1, "10 till arbete", "3 personer", "not_met", ""))}
    after = {"goals": table(columns, ("Bron", 1, "10 till arbete", "4 personer", "partly_met", ""))}
    assert [(c.column, c.before, c.after) for c in changed_cells(before, after, k=K)] == [
        ("outcome", "", ""), ("verdict", "not_met", "partly_met"),
    ]  # fmt: skip


# --- what holds of any two reports


amounts = st.one_of(
    st.just(""), st.integers(-500, 5_000_000).map(str), st.integers(0, 99_999).map(lambda n: f"{n / 100}")
)
entry_rows = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from(["2018", "2019", ""]), st.sampled_from(["Finsam", "ESF"]), amounts
    ),
    max_size=8,
)  # fmt: skip
counts = st.one_of(st.just(""), st.integers(0, 40).map(str))


def entries_of(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    numbers: dict[tuple[str, ...], int] = {}
    for key, year, financing, amount in rows:
        line = (key, year, financing, "external" if financing == "ESF" else "counted", amount)
        numbers[line] = numbers.get(line, 0) + 1
    return table(ENTRY, *((*line, number) for line, number in numbers.items()))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    owners = draw(st.lists(st.sampled_from(OWNERS), unique=True))
    keys = draw(st.lists(st.sampled_from("abcd"), unique=True))
    groups = draw(st.lists(st.sampled_from(["kvinna", "man", "okänt"]), unique=True))
    row = st.tuples(st.integers(0, 9).map(str), amounts)
    return report(
        {"vintages": {"codebook": draw(st.sampled_from(["2026.1", "2027.1"]))}},
        owner=table(("owner", "count", "granted_sek"), *((owner, *draw(row)) for owner in owners)),
        interventions=table(
            ("intervention_key", "name", "description", "granted_sek", "row_count", "owner", "owner_decided_by"),
            *((key, key.upper(), draw(st.sampled_from(["", "x"])), draw(amounts), 1, draw(st.sampled_from(OWNERS)),
               draw(st.sampled_from(["rule", "decision"]))) for key in keys),
        ),
        entries=entries_of(draw(entry_rows)),
        outcomes=table(
            OUTCOME, *(("", "sex", group, *(draw(counts) for _ in range(3)), "", "True") for group in groups)
        ),
    )  # fmt: skip


@given(reports())
def test_a_report_compared_with_itself_differs_in_nothing(one: Report) -> None:
    found = compare(one, one, k=K)
    assert found.empty
    assert tuple(found) == COLUMNS


MIRRORED = {"added": "gone", "gone": "added"}
TURNED = {"decision", "decision_withdrawn", "text", "rule", "hidden_now", "shown_now", "missing_now"}


@given(reports(), reports())
def test_the_other_way_round_every_sign_is_turned(one: Report, other: Report) -> None:
    there, back = (changes_of(compare(*pair, k=K)) for pair in ((one, other), (other, one)))

    def plain(change: tuple[object, ...], *, turned: bool) -> tuple[object, ...]:
        kind, name_of, key, column, before, after, difference, why, _ = change
        key = "" if why == "moved" else key  # the row stands where it is now, which is another place each way
        if turned:
            before, after = after, before
            difference = None if difference is None else -difference  # type: ignore[operator]
            why = MIRRORED.get(str(why), why)
        return kind, name_of, key, column, before, after, difference, "" if why in TURNED else why

    assert sorted(map(str, (plain(c, turned=False) for c in there))) == sorted(
        map(str, (plain(c, turned=True) for c in back))
    )


@given(reports(), reports())
def test_the_differences_sum_to_the_difference_of_the_sums_to_the_ore(one: Report, other: Report) -> None:
    found = changes_of(compare(one, other, k=K))

    def sum_of(each: Report, name: str, column: str) -> Decimal:
        frame = each.tables[name]
        times = frame["entries"] if name == "entries" else ["1"] * len(frame)
        return sum((Decimal(c or "0") * int(t) for c, t in zip(frame[column], times, strict=True)), Decimal(0))

    for name, column in (("entries", "granted_sek"), *(("owner", c) for c in TABLES["owner"].sums),
                         ("interventions", "granted_sek")):  # fmt: skip
        moved = [c.difference for c in found if (c.table, c.column) == (name, column) and c.difference is not None]
        assert sum(moved, Decimal(0)) == sum_of(other, name, column) - sum_of(one, name, column)


@given(entry_rows, st.randoms())
def test_rows_in_another_order_are_the_same_rows(rows: list[tuple[str, str, str, str]], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compare(report(entries=entries_of(rows)), report(entries=entries_of(shuffled)), k=K).empty


@given(reports(), reports())
def test_no_number_on_people_is_told_that_is_small_or_hidden_on_either_side(one: Report, other: Report) -> None:
    open_counts = [c for c in changes_of(compare(one, other, k=K)) if c.kind == "count" and (c.before or c.after)]
    for change in open_counts:
        before, after = number_of(change.before), number_of(change.after)
        assert before is not None
        assert after is not None
        assert abs(after - before) >= K
        assert all(number == 0 or number >= K for number in (before, after))


def test_few_is_fewer_than_k_either_way() -> None:
    assert [is_few(str(10), str(10 + moved), k=K) for moved in (-5, -4, -1, 1, 4, 5)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


def test_an_intervention_without_money_that_went_is_not_minus_nothing() -> None:
    before = interventions({"intervention_key": "a", "granted_sek": 0})
    found = compare(report(interventions=before), report(interventions=interventions(without=["a"])), k=K)
    assert [str(c.difference) for c in changes_of(found) if c.kind == "intervention"] == ["0"]


# --- the tables of goals, documentation, strategy, stakeholders, logic models and comparisons


def test_every_table_of_a_report_is_compared_or_said_not_to_be() -> None:
    """A new table has to be taken a stand on. ``entries`` has its own comparison, and the rest hold what is set aside,
    unmatched or remarked on, places in files among it: nothing that has a key."""
    published = {
        "goal_quality", "goal_classes", *DOCUMENTATION_FILES, *LOGIC_FILES, "strategy", "strategy_outside", "themes",
        "survey", "comparison", "similar_municipalities", "allocation", "allocation_change",
    }  # fmt: skip
    assert published - set(TABLES) == {"documentation_unmatched", "logic_remarks"}


def test_a_goal_that_is_judged_otherwise_is_told_and_its_text_is_not() -> None:
    columns = ("intervention_key", "name", "goal_text", "main_class", "evidence")
    before = table(columns, ("a", "Ateljén", "Fem i arbete", "volume", "x"))
    after = table(columns, ("a", "Ateljén", "Alla i arbete", "outcome_measurable", "y"))
    found = changes_of(compare(report(goal_quality=before), report(goal_quality=after), k=K))
    assert [(c.key, c.column, c.before, c.after, c.name) for c in found] == [
        ("a", "main_class", "volume", "outcome_measurable", "Ateljén")
    ]


def test_a_survey_whose_answers_moved_by_few_is_told_without_numbers() -> None:
    columns = ("survey", "question", "by", "group", "answer", "count", "share", "answered", "suppressed")
    before = table(
        columns, ("nytta", "q1", "", "", "ja", 12, 0.6, 20, False), ("nytta", "q1", "", "", "nej", 8, 0.4, 20, False)
    )
    after = table(
        columns, ("nytta", "q1", "", "", "ja", 13, 0.65, 20, False), ("nytta", "q1", "", "", "nej", 7, 0.35, 20, False)
    )
    found = compare(report(survey=before), report(survey=after), k=K)
    assert set(found["why"]) == {"withheld"}  # 13 - 12 = 1 and 8 - 7 = 1, both below 5
    assert not {"13", "7", "0.65", "1", "-1"} & {*found["before"], *found["after"], *map(str, found["difference"])}
    more = table(
        columns,
        ("nytta", "q1", "", "", "ja", 22, 0.733, 30, False),
        ("nytta", "q1", "", "", "nej", 8, 0.267, 30, False),
    )
    told = {
        (c.key, c.column): c.difference for c in changes_of(compare(report(survey=before), report(survey=more), k=K))
    }
    assert told[("nytta | q1 |  |  | ja", "count")] == 10  # 22 - 12


def test_a_phase_that_got_another_amount_and_another_condition() -> None:
    columns = ("intervention_key", "number", "amount_sek", "condition", "found_in")
    before = table(columns, ("a", 1, 1000, "Tio deltagare", "faser.csv, rad 2"))
    after = table(columns, ("a", 1, 1500, "Tolv deltagare", "faser.csv, rad 3"))
    found = changes_of(compare(report(phases=before), report(phases=after), k=K))
    assert [(c.column, c.before, c.after, c.difference, c.why) for c in found] == [
        ("amount_sek", "1000", "1500", Decimal(500), ""), ("condition", "", "", None, "text"),
    ]  # fmt: skip


def test_answers_that_moved_by_few_take_no_kronor_of_the_economics_with_them() -> None:
    """What was answered is in no sum of money; a participant is."""
    answers = ("survey", "question", "by", "group", "answer", "count", "suppressed")
    money = ("actor", "participants", "result_5y_sek")
    before = report(survey=table(answers, ("", "1", "", "", "ja", 10, False)),
                    payback_summary=table(money, ("society", 100, 100_000)))  # fmt: skip
    after = report(survey=table(answers, ("", "1", "", "", "ja", 12, False)),
                   payback_summary=table(money, ("society", 100, 400_000)))  # fmt: skip
    told = {c.table: (c.why, c.difference) for c in changes_of(compare(before, after, k=K))}
    assert told == {"survey": ("withheld", None), "payback_summary": ("", Decimal(300_000))}  # 400 000 - 100 000
