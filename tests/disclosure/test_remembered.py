"""What has been shown is remembered, and never anything hidden."""

from __future__ import annotations

import json

import pytest
from attacked import hidden_counts

from portfolj.disclosure import ALL, Count, Remembered, where
from portfolj.disclosure.remembered import read, text_of, with_report

DOMAINS = {"sex": ["woman", "man", "other"]}
COUNTS = [Count(where({"sex": sex}), n) for sex, n in (("woman", 3), ("man", 7), ("other", 12))] + [Count(ALL, 22)]
HIDDEN = hidden_counts(COUNTS, domains=DOMAINS, k=5)
SHOWN = [each for each in COUNTS if each.where not in HIDDEN]
WOMEN = where({"sex": "woman"})


def test_only_what_is_shown_is_written() -> None:
    text = text_of(with_report(Remembered(), SHOWN, HIDDEN))
    assert '"value": 22' in text
    assert '"value": 12' in text
    assert '"value": 3' not in text
    assert '"value": 7' not in text


def test_what_is_written_is_read_back_and_written_the_same() -> None:
    remembered = with_report(with_report(Remembered(), SHOWN, HIDDEN), [Count(ALL, 30)], HIDDEN)
    assert read(text_of(remembered)) == remembered
    assert remembered == with_report(with_report(Remembered(), reversed(SHOWN), HIDDEN), [Count(ALL, 30)], HIDDEN)
    assert [len(report) for report in remembered.reports] == [len(SHOWN), 1]
    assert set(remembered.hidden) == HIDDEN


def test_a_count_that_is_hidden_later_is_still_known_to_readers() -> None:
    first = with_report(Remembered(), [Count(ALL, 22)], frozenset())
    second = with_report(first, [], frozenset({ALL}))
    assert second.reports == ((Count(ALL, 22),),)
    assert second.hidden == (ALL,)


def test_a_report_that_says_the_same_as_the_last_is_not_one_more() -> None:
    one, two = [Count(ALL, 22)], [Count(ALL, 22), Count(WOMEN, 12)]
    for first, second in ((one, two), (two, one), (two, two)):
        both = with_report(with_report(Remembered(), first, []), second, [])
        assert [set(report) for report in both.reports] == [set(two)]
    changed = with_report(with_report(Remembered(), one, []), [Count(ALL, 30), Count(WOMEN, 12)], [])
    assert len(changed.reports) == 2
    again = with_report(changed, one, [])  # the last says otherwise, and what held then holds once more
    assert len(again.reports) == 3


def test_nothing_is_remembered_from_an_empty_text() -> None:
    assert read("") == Remembered()


def test_a_text_that_does_not_say_which_report_showed_what_is_read() -> None:
    shown = [{"where": {}, "value": 22}, {"where": {}, "value": 30}, {"where": {"sex": ["woman"]}, "value": 12}]
    old = json.dumps({"format": 1, "shown": shown, "hidden": [{"sex": ["man"]}]})
    found = read(old)
    assert found.hidden == (where({"sex": "man"}),)
    assert [set(each) for each in found.reports] == [
        {Count(ALL, 22), Count(WOMEN, 12)},
        {Count(ALL, 30), Count(WOMEN, 12)},
    ]
    assert read(text_of(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '{"format": 3}', '{"format": 1, "shown": 3, "hidden": []}', "null",
        '{"format": 2, "shown": [{"where": {}, "value": 9}], "reports": 1, "hidden": []}',
        '{"format": 2, "shown": [{"where": {}, "value": 9, "reports": [0]}], "reports": 1, "hidden": []}',
    ],
)  # fmt: skip
def test_a_text_that_is_not_such_a_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|shown"):
        read(text)
