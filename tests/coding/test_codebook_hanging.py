"""Expressions that could hang are found, and those that only look involved are not."""

from __future__ import annotations

import re

import pytest

from portfolj.coding import hanging
from portfolj.coding.hanging import loops_within_loops, slow_expressions

EXPONENTIAL = (
    r"(a+)+$", r"(\w+\s*)+x", r"(?:a|a)*b", r"(?=(?=(a*)*$)b)x", r"(ung\w*\s*)*kommun", r"(a{1,15}){1,15}b",
    r"(a?b?)*c",
)  # fmt: skip
HARMLESS = (
    r"\bcats?\b", r"(?:och\s+\w+\s*,)+", r"(?:(?!\boch\b)[^,;]){2,60}\bAB", r"\d+(?:[ .]\d{3})*", "a{20}b", r"(a++)+$",
    r"(1|2|3)+(-| till )+(2|3|4)+ år",
)  # fmt: skip


def test_expressions_that_double_their_ways_are_slow_and_no_others() -> None:
    mixed = (*EXPONENTIAL[:3], *HARMLESS, *EXPONENTIAL[3:])
    found = slow_expressions({text: re.compile(text) for text in mixed})
    assert set(found) == set(EXPONENTIAL)
    assert all(length < 80 for length in found.values())


@pytest.mark.parametrize("text", [r"(a+)+$", r"(\w+\s*)+x", r"(?:\s*[a-z]+\s*)*;", r"((?:a*)*b?)+"])
def test_a_bare_repeat_within_a_repeat_is_seen_in_the_expression(text: str) -> None:
    assert loops_within_loops(re.compile(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_repeats_are_left_alone(text: str) -> None:
    assert not loops_within_loops(re.compile(text))


def test_one_that_never_ends_is_stopped_and_the_rest_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanging, "STOPPED_AFTER_SECONDS", 2.0)
    monkeypatch.setattr(hanging, "hard_texts", lambda expression: [["a" * 60 + "!"]])
    expressions = {name: re.compile(text) for name, text in (("first", "a+!"), ("endless", "(a+)+$"), ("last", "!"))}
    assert slow_expressions(expressions) == {"endless": hanging.LENGTHS[-1]}
