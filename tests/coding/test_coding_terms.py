"""The syntax of terms, and what they find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.coding.matching import Matcher
from portfolj.coding.organisations import expand, genitive, parse_organisations
from portfolj.coding.terms import parse_term, tokenise


def _found(term: str, text: str) -> list[str]:
    hits = Matcher([parse_term(term)]).find(text, tokenise(text))
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("unga", "Unga och UNGA, men inte unga2 eller ungas", ["Unga", "UNGA"]),
        ("*arbetslös*", "Långtidsarbetslösas barn", ["Långtidsarbetslösas"]),
        ("*sjukskriv*", "De långtidssjuk­skrivna", []),
        ("unga vuxna", "unga-vuxna och unga\u00a0vuxna", ["unga-vuxna", "unga\u00a0vuxna"]),
        ("unga vuxna", "unga friska vuxna", []),
        ("långt <3> arbetsmarknad*", "långt från den arbetsmarknaden", ["långt från den arbetsmarknaden"]),
        ("långt <1> arbetsmarknad*", "långt från den arbetsmarknaden", []),
        ("unga <5> stöd", "De är unga. Andra får stöd.", []),
        ("NPF", "NPF, npf och Npf", ["NPF"]),
        ("Af", "AF, Af och af men inte Afrika", ["AF", "Af", "af"]),
        ("# deltagare", "35 deltagare, många deltagare", ["35 deltagare"]),
        ("a*b", "ab ankb ac", ["ab", "ankb"]),
        (r"re:\d+ år", "18 år, 19 ÅR", ["18 år", "19 ÅR"]),
        ("och/eller", "och eller", ["och eller"]),
    ],
)  # fmt: skip
def test_a_term_finds_what_its_syntax_says(term: str, text: str, words: list[str]) -> None:
    assert _found(term, text) == words


@pytest.mark.parametrize(
    "term", ["", "   ", "*", "ung *", "<3> unga", "unga <3>", "unga <9> vuxna", "ung|gammal", "re:(", "re:x*"]
)
def test_a_term_that_breaks_the_syntax_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_term(term)


def test_a_full_stop_in_an_abbreviation_ends_no_sentence() -> None:
    sentences = [token.sentence for token in tokenise("LSG m.fl. parter. Nästa mening; och en till.")]
    assert sentences == [0, 0, 0, 0, 1, 1, 2, 2, 2]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["ung", "unga", "*ung*", "ung*", "vuxna", "unga vuxna", "stöd <2> unga"]), min_size=1),
    st.text(alphabet="unga vxstödbe.,- ", max_size=60),
)
def test_many_terms_at_once_find_what_each_finds_alone(terms: list[str], text: str) -> None:
    together = Matcher([parse_term(term) for term in terms]).find(text, tokenise(text))
    for number, term in enumerate(terms):
        assert [text[hit.start : hit.end] for hit in together if hit.term == number] == _found(term, text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["ung*", "*ung", "*ung*", "u*a", "un*g*a"]), st.text(alphabet="unga bs-.", max_size=40))
def test_a_star_is_any_letters_as_a_regular_expression_has_it(term: str, text: str) -> None:
    any_letters = r"[^\W_]*"
    expression = rf"(?<!\w){term.replace('*', any_letters)}(?!\w)"
    assert _found(term, text) == re.findall(expression, text)


@pytest.mark.parametrize(
    ("name", "expected"), [("Flen", "Flens"), ("Borås", "Borås"), ("Umeå", "Umeås"), ("Region Skåne", "Region Skånes")]
)
def test_the_genitive_is_by_rule(name: str, expected: str) -> None:
    assert genitive(name) == expected


def test_a_placeholder_stands_for_every_name_of_its_kind() -> None:
    organisations = parse_organisations(["kind,name,aliases", "municipality,Flen,", "region,Region Skåne,RS"])
    assert expand("{municipality} kommun", names=organisations) == ("Flen kommun", "Flens kommun")
    assert "RS" in expand("{region}", names=organisations)
    for term in ("{kommun}", "{region} {region}"):
        with pytest.raises(ValueError, match="municipality"):
            expand(term, names=organisations)
