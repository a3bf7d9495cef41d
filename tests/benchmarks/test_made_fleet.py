"""The made-up fleet is as large as it says, the same every time, and such that a federation's run accepts it."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from made.folder import make_federation, make_fleet  # noqa: E402
from made.nation import NOTHING, SHAPES, Plan, plans, shared  # noqa: E402

from portfolj import checking  # noqa: E402
from portfolj.followup.reading import read_follow_up  # noqa: E402
from portfolj.places import Places  # noqa: E402
from portfolj.portfolio import open_portfolio  # noqa: E402

SWEDEN = plans(federations=83, seed=2018, scale=1)


def contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_fleet_is_sweden_in_2018_to_the_last_participant() -> None:
    # finsam.se: 559 individual and 546 structural interventions, 32,715 participants in 83 federations.
    assert len(SWEDEN) == len({plan.key for plan in SWEDEN}) == 83
    assert sum(plan.individual for plan in SWEDEN) == 559
    assert sum(plan.structural for plan in SWEDEN) == 546
    assert sum(number for plan in SWEDEN for number in plan.participants) == 32_715


def test_federations_are_of_very_different_size_and_not_all_follow_up() -> None:
    sizes = sorted(plan.individual + plan.structural for plan in SWEDEN)
    assert sizes[-1] > 3 * sizes[len(sizes) // 2] > 6 * sizes[0]
    assert {plan.shape for plan in SWEDEN} == set(SHAPES)
    assert [sum(plan.participants) for plan in SWEDEN if plan.follow_up == NOTHING] == [0] * 10


def test_a_larger_fleet_is_in_the_same_proportion() -> None:
    # 166 federations are twice 83; a tenth of the scale is a tenth of the people, here 3,271.5 rounded.
    double = plans(federations=166, seed=1, scale=1)
    assert sum(plan.individual + plan.structural for plan in double) == 2 * 1105
    assert sum(sum(plan.participants) for plan in plans(federations=83, seed=1, scale=0.1)) == 3272


@pytest.mark.parametrize(("total", "weights"), [(10, [1.0, 1.0, 1.0]), (7, [0.01, 5.0]), (3, [1.0, 1.0, 1.0])])
def test_shares_are_whole_and_sum_to_the_total(total: int, weights: list[float]) -> None:
    found = shared(total, weights, least=1)
    assert sum(found) == total
    assert min(found) >= 1


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("first", 5), ("second", 5), ("third", 6)):
        make_fleet(tmp_path / name, federations=7, seed=seed, scale=0.5)
    first, second, third = (contents(tmp_path / name) for name in ("first", "second", "third"))
    assert len(first) > 14
    assert first == second
    assert not first.items() & third.items()


def test_a_federation_of_each_shape_is_read_to_the_sums_it_was_made_with(tmp_path: Path) -> None:
    by_size = sorted(SWEDEN, key=lambda plan: -plan.individual - plan.structural)  # the smallest of each kind is last
    chosen = {plan.shape: plan for plan in by_size}
    chosen |= {f"{plan.follow_up} {plan.economics}": plan for plan in by_size}
    for plan in {plan.key: plan for plan in chosen.values()}.values():
        make_federation(plan, tmp_path / "raw" / plan.key, seed=2018)
        assert checking.check(tmp_path / "raw" / plan.key).faults == ()
        _is_read_as_made(plan, tmp_path)


def _is_read_as_made(plan: Plan, data: Path) -> None:
    portfolio = open_portfolio(plan.key, places=Places(data=data, out=data / "out", notebooks=ROOT / "notebooks"))
    assert len(portfolio.interventions) == plan.individual + plan.structural
    rows = read_follow_up(portfolio.federation, key=None)
    told = rows.counts[(rows.counts["measure"] == "participants") & (rows.counts["sex"] == "all")]
    assert int(told["count"].sum()) + len(rows.participations) == sum(plan.participants)


def test_no_made_up_person_has_a_personal_identity_number(tmp_path: Path) -> None:
    make_fleet(tmp_path, federations=12, seed=3, scale=0.3)
    for plan in plans(federations=12, seed=3, scale=0.3):
        folder = tmp_path / "raw" / plan.key
        text = b"".join(path.read_bytes() for path in folder.glob("*.csv")).decode("latin-1")
        assert not re.search(r"\b(?:19|20)?\d{6}[-+]?\d{4}\b", text)
        if plan.follow_up == "rows":
            assert "invented = true" in (folder / "federation.toml").read_text(encoding="utf-8")


def test_broken_ledgers_are_refused_and_no_others(tmp_path: Path) -> None:
    made = make_fleet(tmp_path, federations=5, seed=2, scale=0.3, broken=3)
    assert [plan.broken for plan in made] == ["", "", "amount", "heading", "total"]
    for plan in made:
        assert bool(checking.check(tmp_path / "raw" / plan.key).faults) == bool(plan.broken)
