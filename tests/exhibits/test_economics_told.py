"""What a board must not be led to believe: who pays nothing, which rules are in force and what a percentage is not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from economics_views import (
    BREAK_EVEN,
    CHANGES,
    COSTS,
    FLOWS,
    FROM_STATES,
    PAYBACK,
    PUBLISHED,
    SENSITIVITY,
    Range,
    from_states,
    payback_frame,
    payback_row,
    summary_of,
    view_of,
    without_anything,
)
from test_economics_payback import sentences, text_of
from test_followup_shown import cells, plain, soup

from portfolj.economics.options import Options
from portfolj.exhibits import economics

FREE = payback_frame(
    [
        payback_row("2020", "samhallet", 50, 4_800_000.0, 3_979_150.0),
        {**payback_row("2020", "af", 50, -100_000.0, 0.0, "no_cost"), "payback_months": None},
        {**payback_row("2020", "individen", 50, 10_000.0, 0.0, "no_cost"), "payback_months": None},
    ]
)
ONE_PERIOD = from_states(payback=FREE, payback_summary=summary_of(FREE))
LOWERING = (
    Range("deadweight_pct", 0.0, 0.0, 50.0, "Hade kommit ändå", "assumed", "Ingen vet hur många."),
    Range("income_pct", 60.0, 100.0, 120.0, "Intäkten", "federation"),
)
WITH_OPTIONS = Options(discount_rate=0.035, fade_out=0.1, deadweight=0.2)


def headings(shown: object) -> list[str]:
    return [plain(tag.get_text()) for tag in soup(shown).find_all("th", scope="col")]  # type: ignore[arg-type]


def test_who_pays_nothing_is_never_said_to_wait_for_its_money() -> None:
    together, apart = economics.payback_together(ONE_PERIOD), economics.payback_by_year(ONE_PERIOD)
    assert cells(together, "Individen")[2] == "betalar inget"
    assert cells(apart, "Individen")[-1] == "betalar inget"
    (picture,) = soup(together).find_all("img")
    assert "Individen" not in str(picture["alt"])
    told = sentences(economics.headline(ONE_PERIOD))
    assert told[1] == "Arbetsförmedlingen och individen betalar inget för insatserna."
    assert "Arbetsförmedlingen betalar inget för insatserna men får det ändå sämre" in text_of(together)


def test_who_pays_nothing_is_not_in_the_tornado() -> None:
    rows = SENSITIVITY.assign(actor=SENSITIVITY["actor"].replace("kommun", "af"))
    shown = text_of(economics.tornado(from_states(sensitivity=rows, payback_summary=summary_of(FREE))))
    assert "Arbetsförmedlingen betalar inget för insatserna och är därför inte med här." in shown
    assert "Arbetsförmedlingen: vad som betyder mest" not in shown


def test_one_period_is_not_told_of_as_years() -> None:
    together, apart = economics.payback_together(ONE_PERIOD), economics.payback_by_year(ONE_PERIOD)
    assert "Medelvärde av åren" not in headings(together)
    assert "Återbetalningstid" in headings(together)
    assert [tag.get_text() for tag in soup(apart).find_all("h3")] == ["Intäkt, kostnad och resultat"]
    assert "två år" not in text_of(apart)
    assert "Medelvärde" not in text_of(economics.method(ONE_PERIOD))
    assert [tag.get_text() for tag in soup(economics.payback_by_year(view_of())).find_all("h3")] == ["År för år"]


def test_the_page_says_which_of_the_two_ways_to_use() -> None:
    assert "Använd tiden räknad på summorna." in text_of(economics.payback_together(view_of()))


def test_a_mean_over_five_years_is_not_told_in_months() -> None:
    # The means of the region's years: 12 x 672/104 = 78, 374, 155 and 192 months.
    assert cells(economics.payback_together(view_of()), "Regionen")[3] == "mer än fem år"


def test_the_cost_of_society_is_said_to_be_a_sum_and_amounts_are_whole_kronor() -> None:
    state = COSTS.iloc[:1].assign(actor="staten", cost_per_participant_sek=47_583.33, cost_total_sek=None)
    shown = economics.basis(view_of(costs=pd.concat([COSTS, state.astype(COSTS.dtypes.to_dict())])))
    assert cells(shown, "Samhället")[-1] == "1"
    assert sentences(shown)[0] == (
        "Summan av kommunen, regionen, Arbetsförmedlingen, Försäkringskassan och övriga staten"
    )
    assert "16 000 + 16 000 + 16 000 + 16 000 + 15 583 = 79 583 kr" in text_of(shown)
    assert ",33" not in text_of(shown)


def test_parts_that_do_not_add_up_do_not_reconcile() -> None:
    off = COSTS.assign(cost_per_participant_sek=COSTS["cost_per_participant_sek"].replace(79_583.33, 80_000.0))
    assert soup(economics.basis(view_of(costs=off))).select(".reconciles") == []


def test_a_cost_without_its_parts_is_the_ledgers_and_no_sum() -> None:
    some = COSTS[COSTS["actor"].isin(["samhallet", "kommun"])]
    assert sentences(economics.basis(from_states(costs=some)))[0] == (
        "Det som liggaren har beviljat de insatser som följs upp"
    )


def test_a_percentage_is_not_said_to_be_how_likely_it_is_that_the_interventions_worked() -> None:
    told = text_of(economics.chance(view_of()))
    assert "I 83 % av 100 000 omräkningar" in told
    assert "Det är inte sannolikheten för att insatserna fungerade." in told


def test_spans_that_only_lower_the_income_are_said_to_make_it_look_less_sure() -> None:
    told = text_of(economics.chance(view_of(ranges=LOWERING)))
    assert "Ett av spannen kan bara sänka intäkten, aldrig höja den: hur mycket som hade kommit ändå." in told
    assert "de 36 månader som står ovan" in told
    both_ways = (replace(LOWERING[0], low=-10.0),)
    assert "bara sänka" not in text_of(economics.chance(view_of(ranges=both_ways)))


def test_the_reason_of_an_assumed_span_stands_on_the_page() -> None:
    (reason,) = soup(economics.ranges(view_of(ranges=LOWERING))).find_all("dd")
    assert reason.get_text() == "Ingen vet hur många."


@pytest.mark.parametrize(
    "name", ["basis", "payback_together", "payback_by_year", "highest_cost", "chance", "tornado", "method"]
)
def test_every_exhibit_says_which_rules_are_in_force(name: str) -> None:
    rule = "Räknat med kalkylräntan 3,5 %, en intäkt som minskar med 10 % per år och ett avdrag på 20 %"
    assert rule in text_of(getattr(economics, name)(view_of(options=WITH_OPTIONS)))


def test_a_rule_that_is_used_does_not_hide_those_that_are_not() -> None:
    told = text_of(economics.basis(view_of(options=Options(write_off_years=10))))
    assert (
        "Räknat med en kostnad som fördelas på 10 år, utan ränta, avtagande intäkt eller avdrag, i löpande priser."
    ) in told


def test_what_is_made_without_the_rules_says_so() -> None:
    view = from_states(options=WITH_OPTIONS)
    without = "utan ränta, avtagande intäkt och avdrag för det som hade kommit ändå"
    for name in ("break_even", "model_flows", "model_income"):
        assert without in text_of(getattr(economics, name)(view)), name
        assert without not in text_of(getattr(economics, name)(from_states())), name


def test_the_income_is_that_of_the_first_year_where_it_is_worth_less_later() -> None:
    shown = economics.payback_together(view_of(options=WITH_OPTIONS))
    assert "Intäkt första året, tkr" in headings(shown)
    assert "Intäkt per år, tkr" in headings(economics.payback_together(view_of()))


@pytest.mark.parametrize(
    "options", [WITH_OPTIONS, Options(write_off_years=3), Options(price_year=2020), Options(subsidised_apart=True)]
)
def test_nothing_is_compared_with_print_by_other_rules(options: Options) -> None:
    shown = economics.printed(view_of(options=options))
    assert "Räkningen har andra regler än trycket." in text_of(shown)
    assert soup(shown).find("table") is None


def test_printed_means_are_left_out_where_a_printed_year_is() -> None:
    only = PAYBACK[PAYBACK["year"] == "2016"]
    region = PUBLISHED.iloc[[2, 2]].assign(year=pd.array([pd.NA, 2017], dtype="Int64"), finding="differs")
    shown = economics.printed(view_of(payback=only, published=region))
    assert "Ingen tryckt siffra går att jämföra" in text_of(shown)
    assert "2 tryckta siffror går inte att jämföra" in text_of(shown)


def test_the_only_figure_that_differs_is_named_and_the_sheet_by_its_name() -> None:
    twice = PUBLISHED[PUBLISHED["finding"] == "differs"].assign(note="")
    twice = pd.concat([twice, twice.assign(measure="result_5y")])
    told = text_of(economics.printed(view_of(published=twice)))
    assert (
        "Bara talen för Arbetsförmedlingen 2016 skiljer sig mer än avrundningen förklarar, med 12 000 kr i båda" in told
    )
    assert "Underlaget har ingen förklaring till skillnaden." in told
    assert "på bladet Tryckt återbetalning" in told
    assert "Anmärkning" not in headings(economics.printed(view_of(published=twice)))


def test_a_change_that_is_not_after_less_before_says_why() -> None:
    known = CHANGES.assign(change=CHANGES["change"].replace(-15, -12))
    shown = economics.model_changes(from_states(changes=known))
    assert "Förändring bland dem som är kända" in headings(shown)
    assert "Försörjningsstöd har 40 före och 25 efter, en skillnad på −15." in text_of(shown)
    assert "räknas den som −12." in text_of(shown)
    assert "Förändring" in headings(economics.model_changes(from_states()))


def test_flows_have_no_column_of_who_is_not_moved() -> None:
    still = pd.concat([FLOWS, FLOWS.iloc[:1].assign(item="still", label="Stilla", receiver="region", sek=0.0)])
    shown = economics.model_flows(from_states(flows=still))
    first = [plain(th.get_text()) for th in soup(shown).table.find_all("th", scope="col")]
    assert "Regionen" not in first
    assert "Stilla" not in [th.get_text() for th in soup(shown).table.find_all("th", scope="row")]


def test_jobs_told_apart_are_told_with_their_amounts() -> None:
    apart = FLOWS.assign(apart=FLOWS["item"] == "production")
    view = from_states(flows=apart, options=Options(subsidised_apart=True))
    shown = economics.model_income(view)
    assert "Samhället vinner 4,80 mkr per år på dem." in text_of(shown)
    assert cells(shown, "Samhället", table=1) == ["4 800"]
    assert "Insatserna för dem är ändå med i kostnaden." in text_of(economics.options(view))
    assert "jobb med lönestöd för sig" in text_of(economics.basis(view))


def test_without_values_the_page_lists_them_once_and_leaves_out_what_would_be_empty() -> None:
    view = without_anything(**{name: FROM_STATES[name] for name in ("changes", "flows", "model_income")})
    assert "Sjukpenning 2020" in sentences(economics.basis(view))
    for name in ("missing_values", "values_used", "chance", "ranges", "payback_by_year"):
        assert [tag.get("class") for tag in soup(getattr(economics, name)(view)).find_all(True)] == [["absent"]], name


def test_a_number_at_a_marker_is_its_place_in_the_list() -> None:
    shown = economics.break_even(view_of())
    first = [plain(item.get_text()) for item in soup(shown).find("ol").find_all("li")]
    assert [text.split(",")[0] for text in first] == ["Arbete på heltid utan stöd", "Arbete på halvtid med lönestöd"]
    assert "114 personer à 500 000 kr per år (angivet värde) och 116 personer à 492 825 kr per år" in first[0]


def test_the_sources_of_break_even_stand_once() -> None:
    told = text_of(economics.break_even(view_of(break_even=BREAK_EVEN)))
    assert told.count("Genomlysningen") == 1
    assert "Källa till de angivna och tryckta värdena: Genomlysningen." in told


def test_a_switching_value_outside_its_span_says_so() -> None:
    # The income turns the result at 59.5 percent, and its span begins at 60.
    assert cells(economics.tornado(view_of()), "Intäkten")[-1] == "59,5 %, utanför"
