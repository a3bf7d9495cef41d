"""What has been shown is remembered, and nothing else."""

from __future__ import annotations

import pytest

from portfolj.disclosure import ALL, Count, Remembered, hidden_counts, where
from portfolj.disclosure.remembered import read, text_of, with_report

DOMAINS = {"sex": ["woman", "man", "other"]}
COUNTS = [Count(where({"sex": sex}), n) for sex, n in (("woman", 3), ("man", 7), ("other", 12))] + [Count(ALL, 22)]


def test_only_what_is_shown_is_written() -> None:
    hidden = hidden_counts(COUNTS, domains=DOMAINS, k=5)
    text = text_of(with_report(Remembered(), COUNTS, hidden, domains=DOMAINS))
    assert '"value": 22' in text
    assert '"value": 12' in text
    assert '"value": 3' not in text
    assert '"value": 7' not in text


def test_what_is_written_is_read_back_and_written_the_same() -> None:
    hidden = hidden_counts(COUNTS, domains=DOMAINS, k=5)
    remembered = with_report(Remembered(), COUNTS, hidden, domains=DOMAINS)
    assert read(text_of(remembered)) == remembered
    assert with_report(remembered, reversed(COUNTS), hidden, domains=DOMAINS) == remembered
    assert set(remembered.hidden) == hidden


def test_a_count_that_is_hidden_later_is_still_known_to_readers() -> None:
    first = with_report(Remembered(), [Count(ALL, 22)], frozenset(), domains=DOMAINS)
    second = with_report(first, [Count(ALL, 24)], frozenset({ALL}), domains=DOMAINS)
    assert second.shown == (Count(ALL, 22),)
    assert second.hidden == (ALL,)


def test_a_count_is_remembered_the_same_however_it_is_written() -> None:
    everyone = Count(where({"sex": DOMAINS["sex"]}), 22)
    assert with_report(Remembered(), [everyone], frozenset(), domains=DOMAINS).shown == (Count(ALL, 22),)
    assert with_report(Remembered(), [everyone], frozenset({ALL}), domains=DOMAINS).shown == ()


def test_nothing_is_remembered_from_an_empty_text() -> None:
    assert read("") == Remembered()


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"format": 1, "shown": 3, "hidden": []}', "null"])
def test_a_text_that_is_not_such_a_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|shown"):
        read(text)
