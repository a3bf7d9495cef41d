"""The states that the model knows, who pays the benefits and what is taxed."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from portfolj.economics.actors import EMPLOYERS, INDIVIDUAL, LABELS, OTHER_ENDS, REAL_ECONOMY, SUMS, labels_of
from portfolj.economics.states import benefits_known, known_states, measures_known, shipped_states
from portfolj.federation import EconomicsSettings
from portfolj.federation.actors import actor_faults, payable_codes, payers_known
from portfolj.followup.codes import codes_of


def federation_with(words: dict[str, dict[str, list[str]]]) -> Any:
    return SimpleNamespace(followup=SimpleNamespace(words=words))


def test_every_source_of_income_in_the_code_list_is_a_state() -> None:
    assert set(codes_of("income")) <= set(shipped_states())


def test_every_benefit_has_a_payer_and_says_where_that_comes_from() -> None:
    assert set(benefits_known()) == set(codes_of("income")) - {"wage", "none"}
    for each in (*benefits_known().values(), *measures_known().values()):
        assert each.payer in set(LABELS) - set(SUMS) - {EMPLOYERS, REAL_ECONOMY}
        assert each.source
        assert each.confidence in ("V", "A")


def test_a_state_refers_to_benefits_and_measures_that_exist() -> None:
    for code, state in shipped_states().items():
        assert state.code == code
        assert state.benefit in {"", *benefits_known()}
        assert state.measure in {"", *measures_known()}


def test_labels_of_states_are_told_apart() -> None:
    labels = [state.label.casefold() for state in shipped_states().values()]
    assert len(labels) == len(set(labels))


def test_the_extent_of_work_is_stated_or_left_to_a_value() -> None:
    states = shipped_states()
    assert states["work_full_time"].work_extent == 1
    assert states["work_half_time"].work_extent == 0.5
    assert math.isnan(states["work_part_time"].work_extent)
    assert {code for code, state in states.items() if state.works} == {
        "work_full_time", "work_half_time", "work_part_time", "work_subsidised_full_time", "work_subsidised_half_time",
        "work_subsidised_part_time", "wage",
    }  # fmt: skip


def test_untaxed_benefits_are_those_that_the_tax_law_names_and_the_mixed_one() -> None:
    untaxed = {code for code, benefit in benefits_known().items() if not benefit.taxable}
    assert untaxed == {
        "development_allowance", "introduction_benefit", "income_support", "study_support", "other_public",
    }  # fmt: skip


def test_a_source_of_income_of_the_federations_own_is_a_state_whose_payer_nobody_knows() -> None:
    states = known_states(federation_with({"income": {"partsbidrag": ["bidrag från part"], "wage": ["timlön"]}}))
    assert states["partsbidrag"].benefit == "partsbidrag"
    assert "partsbidrag" not in benefits_known()
    assert set(states) - set(shipped_states()) == {"partsbidrag"}


def test_settings_may_name_another_payer_of_all_that_has_one() -> None:
    assert set(payable_codes()) == {*benefits_known(), *measures_known(), "wage_subsidy"}
    assert set(payers_known({"eu": "EU"})) == set(LABELS) - {*SUMS, INDIVIDUAL} | {"eu"}


def test_no_actor_of_the_federations_own_can_hide_one_that_is_there() -> None:
    for code, label in {**labels_of({}), **OTHER_ENDS}.items():
        for own in ({code: "Egen"}, {"egen": label}):
            assert len(actor_faults(EconomicsSettings(actors=own))) == 1, own
