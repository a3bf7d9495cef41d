"""Payback as a board reads it: in months, never further than it can be believed, and with what is left out named."""

from __future__ import annotations

import pandas as pd
import pytest
from economics_views import (
    COSTS,
    PAYBACK,
    PUBLISHED,
    SET_ASIDE,
    STRUCTURAL,
    from_states,
    payback_frame,
    payback_row,
    summary_of,
    view_of,
)
from test_followup_shown import cells, plain, soup

from portfolj.economics.options import Options
from portfolj.exhibits import economics
from portfolj.exhibits.economics import words
from portfolj.exhibits.markup import Html


def text_of(html: Html) -> str:
    return plain(soup(html).get_text(" "))


def sentences(html: Html) -> list[str]:
    return [plain(item.get_text()) for item in soup(html).find_all("li")]


@pytest.mark.parametrize(
    ("months", "text"),
    [(27, "27 månader"), (1, "1 månad"), (0, "genast"), (60, "60 månader"), (61, "mer än fem år"), (pd.NA, "aldrig"),
     (float("inf"), "aldrig")],
)  # fmt: skip
def test_months_are_told_up_to_five_years(months: float, text: str) -> None:
    assert plain(words.months(months)) == text


def test_a_year_stands_as_it_was_printed() -> None:
    # 1 540 of income less 3 343 of cost is -1 803; 12 x 3 343 / 1 540 = 26.05, rounded up
    row = cells(economics.payback_by_year(view_of()), "2016")
    assert row == ["42", "1 540", "3 343", "−1 803", "7 700", "4 357", "27 månader"]


def test_the_years_together_are_their_sums_and_reconcile() -> None:
    shown = economics.payback_by_year(view_of())
    # 12 x 40 668 / 13 681 = 35.67
    assert cells(shown, "Alla åren")[:4] == ["511", "13 681", "40 668", "−26 987"]
    assert cells(shown, "Alla åren")[-1] == "36 månader"
    assert "13 681 000 kr i intäkt minus 40 668 000 kr i kostnad är −26 987 000 kr" in text_of(shown)


def test_a_time_beyond_five_years_is_not_told_in_months_and_why_is_said() -> None:
    shown = economics.payback_by_year(view_of())
    # 2017 region: 12 x 2 240 / 72 = 373.3
    assert cells(shown, "2017", table=2)[-1] == "mer än fem år"
    assert "374" not in text_of(shown)
    assert "antar att intäkten är lika stor varje år" in text_of(shown)


def test_an_actor_without_income_has_no_time_but_its_cost_is_in_the_sums() -> None:
    shown = economics.payback_by_year(view_of())
    assert cells(shown, "2016", table=4)[-1] == "ingen intäkt"
    assert cells(shown, "Alla åren", table=4)[2] == "8 189"  # 684 + 2 241 + 4 208 + 1 056


def test_no_line_reconciles_what_does_not_add_up() -> None:
    # With a cost written off over years the result of the first year is not income less cost.
    written_off = PAYBACK.assign(result_1y_sek=PAYBACK["income_1y_sek"] - PAYBACK["cost_sek"] / 3)
    shown = economics.payback_by_year(view_of(payback=written_off))
    assert soup(shown).select(".reconciles") == []


def test_the_mean_of_years_stands_beside_the_sums_and_the_years_without_are_named() -> None:
    shown = economics.payback_together(view_of())
    assert cells(shown, "Samhället")[2:5] == ["36 månader", "33 månader", "inget"]
    # Only 2019 pays: 12 x 1 056 / 384 = 33
    assert cells(shown, "Arbetsförmedlingen")[2:5] == ["aldrig", "33 månader (ett av fyra år)", "2016, 2017 och 2018"]
    assert "hoppar över år utan återbetalningstid" in text_of(shown)


def test_the_picture_of_payback_says_what_it_shows() -> None:
    (picture,) = soup(economics.payback_together(view_of())).find_all("img")
    assert "Samhället 36 månader; Kommunen 27 månader; Regionen mer än fem år" in plain(str(picture["alt"]))


def test_the_headline_tells_the_two_ways_the_others_the_cost_and_that_it_is_no_effect() -> None:
    told = sentences(economics.headline(view_of()))
    assert told[0] == (
        "För samhället tar det 36 månader innan kostnaden är betald, men minst 41 månader i hälften av omräkningarna "
        "där allt osäkert får variera: kostnaden är räknad till 40,7 mkr och intäkten till 13,7 mkr per år. "
        "Medelvärdet av årens tider, det som brukar tryckas, är 33 månader."
    )
    assert told[1] == (
        "Återbetalningstiden är 27 månader för kommunen, mer än fem år för regionen och 48 månader för staten i allt. "
        "För Arbetsförmedlingen betalar kostnaden sig aldrig."
    )
    assert "inom fem år. I 3 % sker det aldrig. Det är inte sannolikheten för att insatserna" in told[2]
    assert told[3].endswith(
        "hämtad ur en tryckt rapport. Medelvärdet av 58 andra utvärderingar, inte förbundets egen kostnad."
    )
    assert (
        "57,0 mkr av medlemmarnas pengar. Det går jämnt ut om det här händer för 114 personer fler än annars" in told[4]
    )
    assert told[5].startswith("Skillnaden mellan före och efter är inte en effekt.")


def test_the_headline_says_what_is_missing_where_nothing_can_be_computed() -> None:
    payback = payback_frame([payback_row("2020", "samhallet", 50, None, 4e6, "value_missing", "a;b;c;d;e")])
    view = from_states(payback=payback, payback_summary=summary_of(payback))
    told = sentences(economics.headline(view))
    assert told[0] == "För samhället går återbetalningstiden inte att räkna ut: värde saknas (a, b, c och 2 till)."
    assert "går återbetalningstiden inte att räkna ut" in text_of(economics.payback_by_year(view))


def test_the_cost_says_whose_it_is_and_that_its_parts_are_the_whole() -> None:
    shown = economics.basis(view_of())
    assert (
        "Kostnaden per deltagare, 79 583 kr, är hämtad ur en tryckt rapport. Medelvärdet av 58 andra utvärderingar, "
        "inte förbundets egen kostnad."
    ) in text_of(shown)
    assert cells(shown, "Samhället")[:3] == ["79 583", "40 667 082", "uträknat"]
    own = economics.basis(view_of(costs=COSTS.assign(confidence="O", note="")))
    assert "Kostnaden per deltagare, 79 583 kr, är förbundets egen uppgift." in text_of(own)


def test_a_note_on_some_of_the_costs_stands_under_the_table() -> None:
    notes = COSTS.assign(note=["", "Antaget", "", "", "", ""])
    notes = pd.concat([notes, notes.iloc[1:2].assign(note="Budget", year=2019)]).astype({"year": "Int64"})
    shown = economics.basis(view_of(costs=notes))
    assert [plain(tag.get_text()) for tag in soup(shown).select(".note")][:2] == ["Antaget.", "Budget."]


def test_the_weakest_part_says_how_sure_the_cost_is() -> None:
    some = COSTS.assign(confidence=["A", "O", "A", "O", "O", "O"])
    assert "bygger till en del på antaganden" in text_of(economics.basis(view_of(costs=some)))
    assumed = COSTS.assign(confidence="A")
    assert "är ett antagande, inte vad insatserna kostade" in text_of(economics.basis(view_of(costs=assumed)))


def test_a_cost_from_the_ledger_is_said_to_be() -> None:
    shown = text_of(economics.basis(from_states(costs=COSTS.iloc[:0])))
    assert "Samhällets kostnad är det som liggaren har beviljat de insatser som följs upp, 3,98 mkr." in shown


def test_only_what_differs_from_print_is_a_row() -> None:
    shown = economics.printed(view_of())
    assert (
        "3 av 4 tryckta siffror stämmer. Bara talet för Arbetsförmedlingen 2016 skiljer sig mer än avrundningen "
        "förklarar, med 12 000 kr."
    ) in text_of(shown)
    assert "Ett av dem som stämmer gäller Arbetsförmedlingen. Där är intäkten inte tryckt" in text_of(shown)
    assert "En tryckt siffra går inte att jämföra" in text_of(shown)
    row = cells(shown, "Arbetsförmedlingen, 2016: resultat första året")
    assert row == ["−1 532 000 kr", "−1 520 000 kr", "+12 000 kr", "Tryckfel"]
    agreeing = economics.printed(view_of(published=PUBLISHED[PUBLISHED["finding"] == "agrees"]))
    assert "Alla 3 tryckta siffror som går att jämföra stämmer." in text_of(agreeing)
    assert soup(agreeing).find("table") is None


def test_the_options_in_force_are_told_with_those_that_are_not_used() -> None:
    plainly = text_of(economics.options(view_of()))
    assert "Inget dras av. Hela skillnaden mellan före och efter räknas som insatsernas." in plainly
    assert "Löpande priser" in plainly
    choices = Options(discount_rate=0.035, fade_out=0.1, deadweight=0.2, write_off_years=3, price_year=2020)
    told = text_of(economics.options(view_of(options=choices)))
    assert "3,5 % per år" in told
    assert "10 % av intäkten försvinner varje år" in told
    assert "20 % av intäkten antas ha kommit också utan insatserna" in told
    assert "Kostnaden fördelas lika på tre år" in told
    assert "2020 års priser" in told


def test_a_year_set_aside_is_named_with_its_reason_and_not_its_number() -> None:
    shown = text_of(economics.set_aside(view_of(set_aside_years=SET_ASIDE)))
    assert "2015 är inte med i någon tabell, figur eller summa." in shown
    assert "Färre än 5 deltagare. Beloppen kan då säga något om enskilda personer." in shown


def test_structural_money_is_what_the_ledger_has() -> None:
    shown = text_of(economics.break_even(view_of(structural=STRUCTURAL.assign(granted_sek=11_800_000.0))))
    assert "De strukturpåverkande insatserna fick 11,8 mkr" in shown
    assert "De har fått 11 800 000 kr av medlemmarnas pengar (13 %)." in shown
