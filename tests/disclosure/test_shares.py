"""No share, mean or sentence is shown that a hidden count could be worked out from."""

from __future__ import annotations

from portfolj.disclosure import ALL, Count, hidden_counts, may_show, may_show_means, may_show_share, where

DOMAINS = {"sex": ["woman", "man", "other"], "result": ["work", "none"]}
WORK, WOMAN, MAN, OTHER = (where(each) for each in (
    {"result": "work"}, {"sex": "woman"}, {"sex": "man"}, {"sex": "other"},
))  # fmt: skip


def test_a_share_is_shown_where_both_of_its_counts_are() -> None:
    hidden = hidden_counts([Count(WORK, 8), Count(ALL, 20)], domains=DOMAINS, k=5)
    assert may_show_share(WORK, ALL, hidden, DOMAINS)


def test_a_share_is_not_shown_of_a_hidden_numerator_or_denominator() -> None:
    # 4 of 20 is 20 per cent: the share and 20 would give the 4.
    hidden = hidden_counts([Count(WORK, 4), Count(ALL, 20)], domains=DOMAINS, k=5)
    assert not may_show_share(WORK, ALL, hidden, DOMAINS)
    assert not may_show_share(ALL, WORK, hidden, DOMAINS)


def test_a_count_is_known_however_it_is_written() -> None:
    hidden = frozenset({ALL})
    assert not may_show([where({"sex": ["woman", "man", "other"]})], hidden, DOMAINS)


def test_a_sentence_needs_all_its_counts() -> None:
    assert may_show([WOMAN, MAN], frozenset({OTHER}), DOMAINS)
    assert not may_show([WOMAN, OTHER], frozenset({OTHER}), DOMAINS)


def test_no_mean_of_a_breakdown_is_shown_where_one_is_of_few_people() -> None:
    # 12 women with mean 3.0, and 14 together with mean 3.1: the two men's mean is (14 * 3.1 - 12 * 3.0) / 2 = 3.7.
    assert not may_show_means({WOMAN: 12, MAN: 2}, frozenset(), DOMAINS, k=5)
    assert may_show_means({WOMAN: 12, MAN: 5}, frozenset(), DOMAINS, k=5)
    assert may_show_means({WOMAN: 12, MAN: 0}, frozenset(), DOMAINS, k=5)


def test_no_mean_is_shown_of_a_hidden_number_of_people() -> None:
    assert not may_show_means({WOMAN: 12, MAN: 9}, frozenset({MAN}), DOMAINS, k=5)
