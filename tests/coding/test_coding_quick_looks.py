"""What is looked at quickly is found as by a full look, and no row's answer depends on what was read before it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pandas as pd
import pytest
from coding_yardstick import odd_rows
from damage import ALL_KINDS
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.coding import classify, load_codebook
from portfolj.coding.mending import SEVERAL, Mender, load_common_words
from portfolj.coding.parting import KnownWords
from portfolj.coding.reader import reader_of
from portfolj.coding.remembered import Remembered
from portfolj.coding.within import PartsOfWords

FIELDS = ["name", "applicant", "description"]
MATCHER = load_codebook().matcher


def _mender(words: list[str], patterns: tuple[str, ...] = ()) -> Mender:
    return Mender(words, pairs=MATCHER.pairs, common=load_common_words(), fits=MATCHER.fits, patterns=patterns)


READER = reader_of(load_codebook())
MENDER = _mender(sorted(MATCHER.words), MATCHER.patterns)
PLAIN_WORDS = sorted(word.strip("*") for word in MATCHER.words if word.strip("*").isalpha())
SENTENCES = sorted({text for text in odd_rows(described=True)["description"] if text})


def test_no_answer_depends_on_the_rows_before_it() -> None:
    odd = odd_rows(described=False)[FIELDS]
    damaged = [odd.map(lambda text, kind=kind: ALL_KINDS[kind](text, Random(1))) for kind in ("plain", "gone", "mixed")]
    rows = pd.concat([odd, *damaged], ignore_index=True)
    codebook = load_codebook()
    reader_of.cache_clear()
    forwards = classify(rows, codebook=codebook)
    reader_of.cache_clear()
    backwards = classify(rows[::-1], codebook=codebook)[::-1]
    pd.testing.assert_frame_equal(forwards, backwards)


@pytest.mark.parametrize("words", [["möta", "mäta"], ["mäta", "möta"]])
def test_of_letters_that_are_as_likely_the_same_are_always_taken(words: list[str]) -> None:
    bare = "de vill mta hur det har blivit med arbetet sedan dess"
    mended = _mender(words).mend(bare, [bare])
    assert mended is not None
    assert "mäta" in mended.text


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLAIN_WORDS), st.sampled_from(sorted(ALL_KINDS)), st.integers(1, 30), st.integers(0, 99))
def test_two_words_that_were_one_are_never_passed_by(word: str, kind: str, place: int, seed: int) -> None:
    damaged = ALL_KINDS[kind](word, Random(seed))
    text = f"x {damaged[:place]} {damaged[place:]}."
    _assert_same_doubts(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(sorted(ALL_KINDS)), st.integers(0, 99))
def test_no_damage_in_a_sentence_is_passed_by(sentence: str, kind: str, seed: int) -> None:
    _assert_same_doubts(ALL_KINDS[kind](sentence, Random(seed)))


def _assert_same_doubts(sentence: str) -> None:
    # The reader asks for a full look only where two words may be one or a sign is unusual.
    quick, full = READER._piece(sentence).doubts, MENDER.doubts(sentence)
    assert min(quick, SEVERAL) == min(full, SEVERAL)


class _EveryCut(KnownWords):
    """Tries to part a word at every place."""

    def _cuts(self, word: str, likely: bool) -> Iterator[int]:
        yield from range(len(word) - 1, 0, -1)


EVERY_CUT = _EveryCut(
    MATCHER.words, pairs=MATCHER.pairs, common=load_common_words(), fits=MATCHER.fits, patterns=MATCHER.patterns,
    letters=MENDER.letters,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PLAIN_WORDS, "och", "för", "i", "med"]), min_size=1, max_size=3),
    st.sampled_from(sorted(ALL_KINDS)), st.booleans(),
)  # fmt: skip
def test_a_word_is_parted_where_trying_every_place_parts_it(words: list[str], kind: str, joined: bool) -> None:
    word = ALL_KINDS[kind]("".join(words), Random(1))
    assert MENDER.words.part(word, joined) == EVERY_CUT.part(word, joined)


@given(st.lists(st.text("abå", min_size=1, max_size=3), max_size=6), st.text("abåc", max_size=8))
def test_every_part_of_a_word_is_found(parts: list[str], word: str) -> None:
    tree: PartsOfWords[str] = PartsOfWords()
    for part in parts:
        tree.add(part, part)
    expected = [(at, at + len(p), p) for p in parts for at in range(len(word)) if word.startswith(p, at)]
    assert sorted(tree.within(word)) == sorted(expected)
    assert sorted(tree.beginning(word)) == sorted(part for part in parts if word.startswith(part))


def test_what_is_remembered_is_bounded_and_right() -> None:
    asked: list[int] = []
    squares = Remembered(lambda number: asked.append(number) or number**2, most=3)
    assert [squares[number] for number in (1, 1, 2, 3, 4, 1)] == [1, 1, 4, 9, 16, 1]
    assert asked == [1, 2, 3, 4, 1]
    assert len(squares) <= 3
