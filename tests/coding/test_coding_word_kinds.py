"""Kinds of words: a word before its endings, the longest ending first, and what is read in their order."""

from __future__ import annotations

import csv
from importlib import resources

from portfolj.coding.word_kinds import (
    ITSELF,
    KINDS,
    KINDS_FILE,
    NO_KIND,
    kinds_in_order,
    kinds_of_word,
    parse_word_kinds,
    shipped_word_kinds,
)

TABLE = """form,kinds
*modell,M
*samverkansmodell,MJ
fotomodell,P
*stöd,T
motstöd,-
kring,=
"""


def test_the_word_itself_comes_before_its_endings_and_the_longest_ending_first() -> None:
    kinds = parse_word_kinds(TABLE)
    assert kinds.of("arbetsmodell") == "M"
    assert kinds.of("finsamverkansmodell") == "MJ"
    assert kinds.of("modell") == "M"
    assert kinds.of("fotomodell") == "P"


def test_a_word_may_have_no_kind_or_be_its_own() -> None:
    kinds = parse_word_kinds(TABLE)
    assert kinds.of("motstöd") == ""
    assert kinds.of("okänt") == ""
    assert kinds.of("kring") == "kring"


def test_a_form_without_its_letters_has_the_kind_of_the_only_form_that_may_look_like_that() -> None:
    kinds = parse_word_kinds("form,kinds\nstödjer,G\nhälsa,E\nhalsa,-\nfår,G\nmåling,P\nmäling,B\n")
    assert kinds.of("stodjer") == kinds.of("stdjer") == "G"
    assert kinds.of("halsa") == ""  # a word of its own
    assert kinds.of("hlsa") == "E"
    assert kinds.of("far") == ""  # too short to say
    assert kinds.of("maling") == ""  # may be either


def test_one_word_is_read_by_its_kinds() -> None:
    assert kinds_of_word("M") == ["kind:M"]
    assert kinds_of_word("MJ") == ["kind:M", "kinds:MJ"]
    assert kinds_of_word("kring") == kinds_of_word("") == []


def test_the_order_is_read_with_and_without_words_that_are_their_own_kind() -> None:
    found = kinds_in_order(["U", "MJ", "", "kring", "K"])
    assert set(found) == {
        "opens:U", "opens:UM", "next:UM", "next:MK", "next:UMK", "said:U M", "said:M kring", "said:kring K",
        "said:U M kring", "said:M kring K", "before:UK", "with:KM", "with:KU", "with:MU",
    }  # fmt: skip
    assert kinds_in_order([]) == []


def test_the_shipped_table_has_each_form_once_and_only_known_kinds() -> None:
    text = (resources.files("portfolj") / "reference" / KINDS_FILE).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    forms = [row["form"] for row in rows]
    assert len(forms) == len(set(forms))
    assert {letter for row in rows for letter in row["kinds"]} <= {*KINDS, ITSELF, NO_KIND}
    kinds = shipped_word_kinds()
    assert [kinds.of(word)[:1] for word in ("deltagare", "handläggare", "coachning", "samverkansmodell")] == [*"KPTM"]
