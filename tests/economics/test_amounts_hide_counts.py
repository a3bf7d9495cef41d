"""No amount tells a hidden count: all that is computed of people comes from counts that may be shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from view_case import costs_per_participant, files_of, opened, people, transitions, value

from portfolj.economics import view as view_module
from portfolj.economics.states import benefits_known, measures_known
from portfolj.economics.view import EconomicsView
from portfolj.exhibits.economics.files import FILES, write_economics_tables

VALUES = [
    value("municipal_tax_pct", 20, actor="kommun"), value("regional_tax_pct", 11, actor="region"),
    value("work_extent_pct", 75),
    *(value(f"{code}_sek_per_year", 100_000 + 1_000 * n) for n, code in enumerate(benefits_known())),
    *(value(f"measure_{code}_sek_per_year", 50_000 + 1_000 * n) for n, code in enumerate(measures_known())),
    *costs_per_participant(kommun=10_000, region=1_000, af=2_000, fk=3_000, ovrig_stat=4_000),
]  # fmt: skip
SUPPORT = {"income_before": "income_support"}


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "DRAWS", 500)


def of_rows(folder: Path, practice: int) -> EconomicsView:
    """60 people, of whom so many went to practice and the rest of 5 to studies."""
    return opened(
        folder, files_of(values=VALUES),
        people(
            (30, {**SUPPORT, "occupation_after": "work"}), (25, {**SUPPORT, "income_after": "income_support"}),
            (practice, {**SUPPORT, "occupation_after": "practice"}),
            (5 - practice, {**SUPPORT, "occupation_after": "study"}),
        ),
    )  # fmt: skip


def of_states(folder: Path, practice: int) -> EconomicsView:
    """The same as a file of states."""
    told = transitions(
        ("income_support", "work_full_time", 30), ("income_support", "income_support", 25),
        ("income_support", "practice", practice), ("income_support", "study", 5 - practice),
    )  # fmt: skip
    return opened(folder, files_of(transitions=told, values=VALUES))


def written(view: EconomicsView, folder: Path) -> dict[str, str]:
    folder.mkdir()
    write_economics_tables(view, folder)
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}


@pytest.mark.parametrize("counted", [of_rows, of_states])
def test_files_are_the_same_whatever_the_hidden_counts_are(counted: object, tmp_path: Path) -> None:
    views = [counted(tmp_path, practice) for practice in (2, 3)]  # type: ignore[operator]
    for view in views:
        hidden = set(view.tables["changes"].query("hidden")["state"])
        assert {"practice", "study"} <= hidden
    one, other = (written(view, tmp_path / f"{n}") for n, view in enumerate(views))
    assert sorted(one) == sorted(f"{name}.csv" for name in FILES)
    assert one == other
    assert views[0].remarks == views[1].remarks


@pytest.mark.parametrize("counted", [of_rows, of_states])
def test_what_a_hidden_count_would_tell_is_blank_in_the_file(counted: object, tmp_path: Path) -> None:
    view = counted(tmp_path, 2)  # type: ignore[operator]
    write_economics_tables(view, tmp_path)
    flows = pd.read_csv(tmp_path / "flows.csv")
    hidden = set(view.tables["changes"].query("hidden")["state"])
    of_hidden = flows[flows["state"].isin(hidden)]
    assert len(of_hidden)
    assert of_hidden[["change", "sek"]].isna().all(axis=None)
    assert set(of_hidden["why"]) == {"hidden"}
    payback = pd.read_csv(tmp_path / "payback.csv").set_index("actor")
    # A place takes resources, which society and the one who pays it have to bear: neither's income can be told.
    for actor in ("samhallet", "kommun", "af", "staten"):
        assert payback.loc[actor, ["income_1y_sek", "result_1y_sek", "income_5y_sek", "result_5y_sek"]].isna().all()
    assert not {"samhallet", "kommun", "af", "staten"} & set(pd.read_csv(tmp_path / "chance.csv")["actor"])


@pytest.mark.parametrize("counted", [of_rows, of_states])
def test_no_sum_of_shown_incomes_hangs_on_a_hidden_change(counted: object, tmp_path: Path) -> None:
    """Each shown income is what the shown flows come to: a hidden one has no part in it, added or taken away."""
    view = counted(tmp_path, 2)  # type: ignore[operator]
    flows, income = view.tables["flows"], view.tables["model_income"]
    shown = income[income["income_1y_sek"].notna()]
    assert len(shown)
    parts = {"samhallet": ("realekonomin",), "staten": ("af", "fk", "ovrig_stat")}
    for row in shown.itertuples():
        ends = parts.get(row.actor, (row.actor,))
        touching = flows[flows["payer"].isin(ends) | flows["receiver"].isin(ends)]
        assert touching["sek"].notna().all(), row.actor
        sign = np.where(touching["receiver"].isin(ends), 1, 0) - np.where(touching["payer"].isin(ends), 1, 0)
        net = float((sign * touching["sek"]).sum())
        assert row.income_1y_sek == (-net if row.actor == "samhallet" else net)
    sums = view.tables["cancel"]
    assert sums.loc[sums["sum_sek"].notna(), "sum_sek"].eq(0).all()
    assert sums[["production_sek", "resources_sek", "society_sek"]].drop_duplicates()["resources_sek"].isna().all()


def test_hidden_participants_are_in_no_cost(tmp_path: Path) -> None:
    """A cost of so much each, beside the cost of all, would be their number."""
    view = opened(
        tmp_path, files_of(values=VALUES), people((3, {**SUPPORT, "occupation_after": "work"}))
    )  # fmt: skip
    assert view.participants is None
    assert view.tables["payback"]["cost_sek"].isna().all()
    assert view.tables["payback"]["participants"].isna().all()
    assert view.tables["highest_cost"].empty
    assert view.tables["costs"]["cost_total_sek"].isna().all()
