"""Expressions are tried only where they may match, and what is found is what Python's ``re`` finds."""

from __future__ import annotations

import random
import re

import pytest

from portfolj.coding.expressions import ODD_CASE, WORD, Expressions, Needed, needed_words

PIECES = (
    "cat", "s?", "dog", "(?:fish(ery)?|hen)", r"\b", "arm[ey]d", " ", "-", r"\w*", ".", "[^a]", "(?:a|)", "x{2,3}",
    "(?!s)", "^", "$",
    r"\B", "[a-z]", "(?i:KAT)", "(?-i:Cat)", "å", "(?=c)", "(?<!x)", "(do)?", "(?:cat|do.)+",
    r"\d", "_", "ÿ", "µ", "(?>en|e)",
)  # fmt: skip
WORDS = (
    "cat", "Cats", "DOG", "fishery", "hen", "armed", "army", "xx", "å", "Å", "\u212a", "ſ",
    "kat", "s", "_", "-", " ", "a", "7", "\n", "µ", "Ÿ", "e",
)  # fmt: skip


def hits(expression: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in expression.finditer(text)]


def test_no_text_that_an_expression_matches_is_passed_over() -> None:
    dice = random.Random(3)
    built = [re.compile("".join(dice.choices(PIECES, k=dice.randint(1, 6))), re.IGNORECASE) for _ in range(1500)]
    expressions = Expressions(enumerate(built))
    tried = matched = 0
    for _ in range(400):
        text = "".join(dice.choices(WORDS, k=dice.randint(0, 7)))
        worth = {number for number, _ in expressions.worth_trying(text, WORD.findall(text))}
        found = {number for number, expression in enumerate(built) if expression.search(text)}
        assert found <= worth
        tried, matched = tried + len(worth), matched + len(found)
    assert 0 < matched <= tried < 400 * len(built)


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (r"\bcats?\b", {Needed("cat", True, True), Needed("cats", True, True)}),
        (
            r"armed (forces?|services)",
            {Needed("armed", False, True), Needed("forces", True, False), Needed("services", True, False)},
        ),
        (r".*mask\w+", {Needed("mask", False, False)}),
        (
            r"(?:unga|barn\w*) i",
            {Needed("unga", False, True), Needed("barn", False, True), Needed("barn", False, False)},
        ),
        (r"\w+", None),
        (r"cat|\d+", None),
        ("(?:cat)?", None),
        ("[^a]b*", None),
    ],
)  # fmt: skip
def test_what_an_expression_needs(expression: str, needed: set[Needed] | None) -> None:
    assert needed_words(re.compile(expression, re.IGNORECASE)) == needed


def test_the_odd_signs_are_all_that_latin_letters_match_outside_latin_1() -> None:
    beyond = "".join(chr(code) for code in range(0x100, 0x110000) if not 0xD800 <= code < 0xE000)
    latin = "".join(re.escape(chr(code)) for code in range(1, 0x100) if code != 0xB5)
    assert set(re.findall(f"[{latin}]", beyond, re.IGNORECASE)) == set(ODD_CASE.findall(beyond))


def test_a_text_with_a_long_s_or_a_kelvin_sign_is_tried_by_everything() -> None:
    skolan = re.compile("skolan", re.IGNORECASE)
    for text in ("ſkolan", "S\u212aOLAN"):
        assert hits(skolan, text) == [(0, 6)]
        assert len(Expressions([(0, skolan)]).worth_trying(text, WORD.findall(text))) == 1
