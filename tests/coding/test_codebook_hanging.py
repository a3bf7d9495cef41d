"""Expressions that could hang are found, and those that only look involved are not."""

from __future__ import annotations

import re

import pytest

from portfolj.coding import hanging
from portfolj.coding.hanging import loops_within_loops, slow_expressions

EXPONENTIAL = (r"(a+)+$", r"(\w+\s*)+x", r"(?:a|a)*b", r"(a|aa)+$", r"(x+x+)+y")
HARMLESS = (r"\bcats?\b", r"(?:och\s+\w+\s*,)+", r"(?:(?!\boch\b)[^,;]){2,60}\bAB", r"\d+(?:[ .]\d{3})*", "a{20}b")


def test_expressions_that_double_their_ways_are_slow() -> None:
    found = slow_expressions({text: re.compile(text) for text in (*EXPONENTIAL[:2], *HARMLESS, EXPONENTIAL[2])})
    assert set(found) == {*EXPONENTIAL[:2], EXPONENTIAL[2]}
    assert all(length < 60 for length in found.values())


@pytest.mark.parametrize("text", [r"(a+)+$", r"(\w+\s*)+x", r"(?:\s*[a-z]+\s*)*;", r"((?:a*)*b?)+"])
def test_a_bare_repeat_within_a_repeat_is_seen_in_the_expression(text: str) -> None:
    assert loops_within_loops(re.compile(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_repeats_are_left_alone(text: str) -> None:
    assert not loops_within_loops(re.compile(text))


def test_one_that_never_ends_is_stopped_and_the_rest_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanging, "STOPPED_AFTER_SECONDS", 2.0)
    monkeypatch.setattr(hanging, "hard_texts", lambda expression: ["a" * 60 + "!"])
    expressions = {name: re.compile(text) for name, text in (("first", "a+!"), ("endless", "(a+)+$"), ("last", "!"))}
    assert slow_expressions(expressions) == {"endless": hanging.LENGTHS[-1]}
