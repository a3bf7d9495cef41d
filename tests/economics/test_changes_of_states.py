"""Counts before and after, from a file of transitions or from the tables of follow-up."""

from __future__ import annotations

import pandas as pd
import pytest
from some_values import ASSUMED

from portfolj.economics.changes import COLUMNS, Changes, changes_from_follow_up
from portfolj.economics.flows import flows_of, income_of
from portfolj.economics.states import shipped_states
from portfolj.economics.transitions import changes_from_transitions

STATES = shipped_states()


def transitions(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["state_before", "state_after", "count"])
    return frame.assign(year=pd.Series([2018] * len(rows), dtype="Int64"))


def counts(changes: Changes) -> dict[str, tuple[object, object, object, bool]]:
    columns = ("before", "after", "change")
    return {
        row["state"]: (*(None if pd.isna(row[name]) else row[name] for name in columns), row["hidden"])
        for _, row in changes.frame.iterrows()
    }


def table(*rows: tuple[str, int | None, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["code", "before", "after"]).astype({"before": "Int64", "after": "Int64"})
    return frame.assign(before_suppressed=frame["before"].isna(), after_suppressed=frame["after"].isna())


OCCUPATION = table(
    ("work", 5, 25), ("study", 0, 10), ("labour_market_training", 0, 0), ("seeking", 30, 20), ("practice", 6, None),
    ("other", 20, 8), ("missing", 0, 7),
)  # fmt: skip
INCOME = table(
    ("sickness_benefit", 30, 12), ("income_support", 25, None), ("wage", 8, 25), ("none", 5, 5), ("missing", None, 6)
)


def test_transitions_are_summed_by_state_in_the_order_of_the_states() -> None:
    # Sickness benefit: before 12 + 20, after 20; full time: after 12 + 6; income support: before 6.
    found = changes_from_transitions(
        transitions(
            ("sickness_benefit", "work_full_time", 12), ("sickness_benefit", "sickness_benefit", 20),
            ("income_support", "work_full_time", 6),
        ),
        states=STATES, k=5,
    )  # fmt: skip
    assert counts(found) == {
        "work_full_time": (0, 18, 18, False), "sickness_benefit": (32, 20, -12, False),
        "income_support": (6, 0, -6, False),
    }  # fmt: skip
    assert (found.participants, found.kind, found.remarks) == (38, "transitions", ())
    assert found.frame.dtypes.astype("str").to_dict() == COLUMNS


def test_several_rows_of_the_same_transition_and_any_order_are_the_same() -> None:
    rows = [("seeking", "work_full_time", 9), ("seeking", "seeking", 8), ("income_support", "work_full_time", 7)]
    whole = changes_from_transitions(transitions(*rows), states=STATES, k=5)
    parts = [("seeking", "work_full_time", 4), *reversed(rows[1:]), ("seeking", "work_full_time", 5)]
    assert changes_from_transitions(transitions(*parts), states=STATES, k=5).frame.equals(whole.frame)


def test_a_small_state_is_hidden_and_the_next_smallest_with_it() -> None:
    found = changes_from_transitions(
        transitions(
            ("sickness_benefit", "sickness_benefit", 30), ("income_support", "sickness_benefit", 2),
            ("activity_grant", "sickness_benefit", 8),
        ),
        states=STATES, k=5,
    )  # fmt: skip
    # 2 is small. With 8 hidden as well they may be 1 + 9 to 9 + 1: nine numbers.
    assert counts(found) == {
        "sickness_benefit": (30, 40, 10, False), "activity_grant": (None, 0, None, True),
        "income_support": (None, 0, None, True),
    }  # fmt: skip
    assert found.participants == 40


def test_fewer_participants_than_are_shown_leave_nothing() -> None:
    found = changes_from_transitions(transitions(("seeking", "work_full_time", 4)), states=STATES, k=5)
    assert found.frame.empty
    assert found.participants is None
    assert found.remarks == ("Deltagarna i filerna med övergångar är för få för att något om dem ska kunna visas.",)


def test_no_transitions_are_no_changes() -> None:
    found = changes_from_transitions(transitions(), states=STATES, k=5)
    assert (found.frame.empty, found.participants, found.kind) == (True, None, "")


@pytest.mark.parametrize(
    ("missing", "people", "said"),
    [
        (3, 9, "några deltagare. De räknas inte, och är inte med i kostnaden."),
        (7, 16, "7 deltagare. De är med i kostnaden, men räknas som att inget har ändrats för dem."),
    ],
)
def test_those_whose_state_is_missing_are_left_out_on_both_sides_and_told_of(
    missing: int, people: int, said: str
) -> None:
    rows = transitions(("seeking", "work_full_time", 9), ("seeking", "missing", missing))
    found = changes_from_transitions(rows, states=STATES, k=5)
    assert counts(found) == {"work_full_time": (0, 9, 9, False), "seeking": (9, 0, -9, False)}
    assert (found.participants, found.remarks) == (people, (f"Läget före eller efter saknas för {said}",))


def test_a_place_without_a_benefit_is_remarked_on() -> None:
    rows = transitions(("seeking", "study", 9), ("seeking", "study_support_and_place", 9))
    (remark,) = changes_from_transitions(rows, states=STATES, k=5).remarks
    assert remark.startswith("Lägen utan ersättning: Studier. De räknas som om")


def test_a_state_that_does_not_exist_is_a_bug_of_the_reading() -> None:
    with pytest.raises(ValueError, match="no such state: jobb"):
        changes_from_transitions(transitions(("jobb", "seeking", 9)), states=STATES, k=5)


def test_the_transitions_given_are_left_as_they_were() -> None:
    rows = transitions(("seeking", "work_full_time", 9), ("seeking", "missing", 3))
    copy = rows.copy()
    changes_from_transitions(rows, states=STATES, k=5)
    assert rows.equals(copy)


@pytest.mark.parametrize(
    ("before", "after", "missing", "change"),
    [
        (40, 24, (0, 40), 0),  # 40 x 60 / 100 = 24: of those who are known nobody has left
        (40, 30, (20, 40), 0),  # 30 x 80 / 100 = 24 = 40 x 60 / 100
        (40, 30, (0, 0), -10),
        (0, 30, (0, 50), 30),
        (30, 0, (0, 50), -15),
    ],
)
def test_of_whom_nothing_is_known_afterwards_nothing_has_changed(
    before: int, after: int, missing: tuple[int, int], change: int
) -> None:
    participants = pd.DataFrame({"exits": pd.Series([100], dtype="Int64")})
    occupation = table(("work", before, after), ("missing", *missing))
    found = changes_from_follow_up({"occupation": occupation, "participants": participants})
    assert counts(found)["work_part_time"] == (before, after, change, False)


def test_a_change_that_hangs_on_hidden_numbers_of_the_unknown_is_hidden() -> None:
    hidden_exits = pd.DataFrame({"exits": pd.Series([None], dtype="Int64")})
    exits = pd.DataFrame({"exits": pd.Series([100], dtype="Int64")})
    for participants, missing in ((hidden_exits, (0, 40)), (exits, (0, None)), (exits, (None, 0))):
        occupation = table(("work", 40, 30), ("missing", *missing))
        found = changes_from_follow_up({"occupation": occupation, "participants": participants})
        assert counts(found)["work_part_time"] == (40, 30, None, True)


def test_follow_up_gives_work_from_occupation_and_benefits_from_income() -> None:
    participants = pd.DataFrame({"exits": pd.Series([61], dtype="Int64")})
    found = changes_from_follow_up({"occupation": OCCUPATION, "income": INCOME, "participants": participants})
    # Occupation after is known of 54 of the 61: of the 5 who worked before, 5 x 54 / 61 = 4.4 are among those. How many
    # incomes are not known before is hidden, so that no change of a benefit can be told.
    assert counts(found) == {
        "work_part_time": (5, 25, 25 - 4, False), "study": (0, 10, 10, False),
        "labour_market_training": (0, 0, 0, False), "practice": (6, None, None, True),
        "sickness_benefit": (30, 12, None, True), "income_support": (25, None, None, True),
    }  # fmt: skip
    assert (found.participants, found.kind) == (61, "rows")
    assert found.frame.dtypes.astype("str").to_dict() == COLUMNS
    rule = (
        "Förändringen gäller dem som är kända: antalen räknas ned lika mycket som de saknade är av alla, som om de "
        "hade haft samma lägen som de andra."
    )
    assert found.remarks[2:] == (
        "Uppgift saknas om sysselsättning för 0 före och 7 efter, och om försörjning för ett antal som inte visas före "
        f"och 6 efter. {rule}",
    )


def test_follow_up_says_what_it_does_not_know_of_jobs_and_benefits() -> None:
    remarks = changes_from_follow_up({"occupation": OCCUPATION, "income": INCOME}).remarks
    assert "så stora som värdet ”Arbetets omfattning, deltid” anger" in remarks[0]
    assert "_pct" not in remarks[0]
    assert "summerar ersättningarna inte till antalet deltagare" in remarks[1]


def test_without_sources_of_income_benefits_are_not_known_and_society_still_is() -> None:
    found = changes_from_follow_up({"occupation": table(("work", 5, 25)), "income": table()})
    assert not found.frame["hidden"].any()
    flows = flows_of(found, values=ASSUMED, year=2018, states=STATES)
    incomes = income_of(flows, ()).set_index("actor")
    # 20 more at 75 % of 492 825: 20 x 369 618.75 = 7 392 375.
    assert incomes.loc["samhallet", "income_1y_sek"] == 7_392_375
    assert tuple(incomes.loc["kommun", ["why", "missing"]]) == ("value_missing", "Försörjning före och efter")


def test_follow_up_without_rows_on_participations_has_no_changes() -> None:
    found = changes_from_follow_up({})
    assert (found.frame.empty, found.participants, found.kind, found.remarks) == (True, None, "", ())
