"""The actors of the calculation are those that files and settings may name."""

from __future__ import annotations

from portfolj.economics.actors import LABELS, OTHER_ENDS
from portfolj.economics.reading.words import words_of
from portfolj.federation.actors import NO_PAYERS, payers_known


def test_files_may_name_every_actor_of_the_calculation_and_no_other() -> None:
    assert set(words_of("actors").values()) == set(LABELS)


def test_settings_know_the_same_actors_and_the_other_ends_of_flows() -> None:
    assert {*payers_known({}), *NO_PAYERS} == set(LABELS)
    assert set(words_of("other_ends").values()) == set(OTHER_ENDS)
