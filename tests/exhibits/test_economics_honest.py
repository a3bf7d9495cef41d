"""No single figure alone, no sum without its missing years, and no caveat that is about another calculation."""

from __future__ import annotations

import pandas as pd
import pytest
from economics_views import (
    BREAK_EVEN,
    CHANCE,
    CHANGES,
    FEW_MOVERS,
    FLOWS,
    STRUCTURAL,
    TABLES,
    VALUES,
    Range,
    from_states,
    payback_frame,
    payback_row,
    summary_of,
    view_of,
    without_anything,
)
from test_economics_payback import sentences, text_of
from test_economics_told import headings
from test_followup_shown import cells, plain, soup

from portfolj.economics.options import Options
from portfolj.economics.unit_values import CONFIDENCE
from portfolj.exhibits import economics
from portfolj.exhibits.economics import sheets, words
from portfolj.exhibits.economics.halfway import half_of_draws
from portfolj.exhibits.economics.headline import economics_sentences

OF_STATES = "Varje ersättning räknas som hel"


@pytest.mark.parametrize(
    ("median", "said"),
    [
        ("57", "men minst 57 månader i hälften av omräkningarna"),
        ("61", "men mer än fem år i hälften av omräkningarna"),
        ("never", "men den blir aldrig betald i mer än hälften av omräkningarna"),
        ("36", "och högst lika länge i hälften av omräkningarna"),
        ("30", "och högst 30 månader i hälften av omräkningarna"),
    ],
)
def test_a_time_is_told_with_what_half_of_the_redrawings_say(median: str, said: str) -> None:
    view = view_of(chance=CHANCE.assign(payback_p50_months=median))
    assert plain(half_of_draws(view, "samhallet", 36)) == said
    assert said in sentences(economics.headline(view))[0]
    assert said in text_of(economics.payback_together(view))


def test_a_time_beyond_five_years_is_told_with_the_same_of_half() -> None:
    view = view_of(chance=CHANCE.assign(payback_p50_months="80"))
    assert half_of_draws(view, "samhallet", 70) == "och mer än fem år också i hälften av omräkningarna"
    assert half_of_draws(view, "af", 70) == ""  # nothing is drawn of it


def test_one_period_is_told_with_half_of_the_redrawings_too() -> None:
    # 12 x 3 979 150 / 4 800 000 = 9.9
    assert "är återbetalningstiden 10 månader, men minst 41 månader i hälften" in text_of(
        economics.payback_by_year(from_states())
    )


def test_that_the_other_actors_wait_longer_too_is_said_only_where_all_of_them_do() -> None:
    longer = "Också där tar det längre tid i hälften av omräkningarna."
    assert longer not in sentences(economics.headline(view_of()))[1]  # nothing is drawn of the state
    everybody = pd.concat([CHANCE, *(CHANCE[CHANCE["actor"] == "region"].assign(actor=one) for one in ("staten",))])
    assert longer in sentences(economics.headline(view_of(chance=everybody)))[1]


def test_what_chance_may_have_done_is_told_with_an_example() -> None:
    # 12 and 4.4 either way: 7.6 and 16.4
    told = text_of(economics.chance(from_states()))
    assert "12 fler i läget ”Arbete på heltid” kunde av en slump ha blivit 8 eller 16." in told
    assert "Det är med i omräkningarna." in told
    assert "Också hur många som bytte läge dras" in text_of(economics.method(from_states()))


def test_chance_may_turn_a_change_or_have_nothing_to_turn() -> None:
    # Of 3 fewer, with 5 either way: 2 more or 8 fewer.
    one = FEW_MOVERS.iloc[:1].assign(change=pd.array([-3], dtype="Int64"), standard_deviation=5.0)
    assert "3 färre i läget ”Försörjningsstöd” kunde av en slump ha blivit 2 fler eller 8 färre." in text_of(
        economics.chance(from_states(few_movers=one))
    )
    still = text_of(economics.chance(from_states(few_movers=FEW_MOVERS.assign(standard_deviation=0.0))))
    assert "Det är med i omräkningarna." in still
    assert "kunde av en slump" not in still


def test_few_behind_an_income_from_a_file_are_said_not_to_be_in_the_redrawings() -> None:
    told = text_of(economics.chance(view_of()))
    assert "är inte med i omräkningarna. Bakom en intäkt kan stå några få som fick arbete" in told
    assert "Också hur många som bytte läge dras" not in text_of(economics.method(view_of()))


def test_derived_values_are_not_passed_over() -> None:
    told = text_of(economics.values_used(view_of(tables={**TABLES, "values": VALUES.iloc[:2]})))
    assert "Räkningen använder två värden: ett är kontrollerat i en källa och ett är uträknat ur andra tal." in told
    assert "Inget är antaget. Det som är uträknat är inte säkrare än de tal som det är räknat ur." in told


def test_caveats_on_states_stand_only_where_the_income_rests_on_states() -> None:
    of_states, of_incomes = text_of(economics.caveats(from_states())), text_of(economics.caveats(view_of()))
    for caveat in (OF_STATES, "Skatterna är för högt räknade", "Också platser i studier", "deltaganden, inte personer"):
        assert caveat in of_states
        assert caveat not in of_incomes
    assert len(sentences(economics.caveats(view_of()))) - 4 <= 7  # four are what a comparison needs
    assert len(sentences(economics.caveats(from_states()))) - 4 <= 9


def test_that_a_deduction_shrinks_losses_is_said_where_somebody_loses() -> None:
    losing = "ser då ut att förlora mindre"
    deducted = Options(deadweight=0.2)
    assert losing in text_of(economics.caveats(view_of(options=deducted)))  # the employment service loses
    assert losing not in text_of(economics.caveats(view_of()))
    drawn = (Range("deadweight_pct", 0.0, 0.0, 50.0, "Hade kommit ändå", "assumed"),)
    assert "I omräkningarna görs ett avdrag" in text_of(economics.caveats(view_of(ranges=drawn)))
    wins = view_of().tables["payback_summary"].assign(income_1y_sek=1e6)
    assert losing not in text_of(economics.caveats(view_of(options=deducted, payback_summary=wins)))


def test_structural_money_is_the_members_and_none_is_said_to_be_none() -> None:
    assert "av medlemmarnas pengar (62 %)." in text_of(economics.break_even(view_of()))  # 57 of 92
    nothing = STRUCTURAL.assign(count=0, granted_sek=float("nan"))
    assert "Liggaren har inga insatser av det slaget." in text_of(economics.break_even(view_of(structural=nothing)))
    unknown = STRUCTURAL.assign(count=3, granted_sek=float("nan"), without_amount=3)
    told = text_of(economics.break_even(view_of(structural=unknown)))
    assert "Liggaren har 3 insatser av det slaget, men inga belopp för dem." in told
    free = text_of(economics.break_even(view_of(structural=STRUCTURAL.assign(granted_sek=0.0))))
    assert "utan pengar från medlemmarna" in free


def _with_unknown(year: str = "2019") -> dict[str, pd.DataFrame]:
    known = [payback_row("2018", "samhallet", 50, 2e6, 4e6), payback_row("2018", "kommun", 50, 1e6, 1e6)]
    summary = summary_of(payback_frame(known)).assign(years_unknown=[year, ""])
    unknown = payback_row(year, "samhallet", 40, None, 4e6, "value_missing", "Månadslön")
    return {"payback": payback_frame([*known, unknown, payback_row(year, "kommun", 40, 1e6, 1e6)]),
            "payback_summary": summary}  # fmt: skip


def test_years_that_are_in_no_sum_are_named_wherever_sums_are_told() -> None:
    view = view_of(**_with_unknown())
    note = "2019 är inte med i summorna för samhället: intäkten eller kostnaden är inte känd."
    for name in ("payback_together", "payback_by_year", "highest_cost", "chance", "tornado"):
        assert note in text_of(getattr(economics, name)(view)), name
        assert "inte med i summorna" not in text_of(getattr(economics, name)(view_of())), name
    assert "2019 är inte med: intäkten eller kostnaden är inte känd." in sentences(economics.headline(view))[0]
    assert sheets.SHEETS["payback_summary"][2]["years_unknown"] == "År som inte är med"


def test_a_single_known_year_is_never_told_of_as_a_span() -> None:
    told = text_of(economics.payback_by_year(view_of(**_with_unknown())))
    # 12 x 4 / 2 = 24
    assert "För samhället är återbetalningstiden 24 månader för 2018." in told
    assert "2019 går inte att räkna på: intäkten eller kostnaden är inte känd." in told
    assert "från 24" not in told


def test_years_with_the_same_time_are_not_told_of_as_a_span() -> None:
    same = payback_frame([payback_row(year, "samhallet", 50, 2e6, 4e6) for year in ("2017", "2018")])
    told = text_of(economics.payback_by_year(view_of(payback=same, payback_summary=summary_of(same))))
    assert "För samhället är återbetalningstiden 24 månader för 2017 och 2018." in told


@pytest.mark.parametrize(
    "remark",
    ["Uppgift saknas om försörjning för 0 före och 6 efter.", "Läget före eller efter saknas för 7 deltagare."],
)
def test_the_table_itself_says_that_a_change_is_of_those_who_are_known(remark: str) -> None:
    shown = economics.model_changes(from_states(remarks=(remark,)))
    assert headings(shown)[-1] == "Förändring bland dem som är kända"
    assert headings(economics.model_changes(from_states()))[-1] == "Förändring"


APART = from_states(
    flows=FLOWS.assign(apart=FLOWS["state"] == "work_full_time"),
    changes=CHANGES.assign(apart=CHANGES["state"] == "work_full_time"),
    options=Options(subsidised_apart=True),
)


def test_those_told_apart_have_a_table_of_who_gains_and_loses_by_them() -> None:
    shown = economics.model_income(APART)
    # 12 in work at 400 000: production to society, wages to the individual.
    assert cells(shown, "Samhället", table=1) == ["4 800"]
    assert cells(shown, "Individen", table=1) == ["4 800"]
    assert "Kommunen" not in [th.get_text() for th in soup(shown).find_all("table")[1].find_all("th", scope="row")]
    told = text_of(economics.options(APART))
    assert "Insatserna för dem är ändå med i kostnaden. Därför blir tiden längre än om de vore med" in told


def test_states_of_those_told_apart_are_not_taken_for_the_states_of_the_others() -> None:
    shown = economics.model_changes(APART)
    assert cells(shown, "Arbete på heltid (med lönestöd före eller efter)") == ["10", "22", "+12"]
    assert "12 fler" not in text_of(shown)


def test_a_choice_that_has_nothing_to_work_on_says_so() -> None:
    view = from_states(options=Options(subsidised_apart=True))
    assert "finns inga jobb med lönestöd. Därför har valet ingen betydelse här." in text_of(economics.options(view))
    assert "jobb med lönestöd för sig" not in text_of(economics.basis(view))


def test_a_stated_span_that_does_not_hold_the_calculations_own_value_is_remarked_on() -> None:
    spans = (
        Range("income_pct", 50.0, 70.0, 90.0, "Intäkten", "federation"),
        Range("cost_pct", 80.0, 100.0, 120.0, "Kostnaden", "federation"),
        Range("fade_out_pct", 10.0, 20.0, 30.0, "Avtagande intäkt", "federation"),
    )
    told = text_of(economics.ranges(view_of(ranges=spans)))
    assert "Intäkten: förbundets spann går från 50 % till 90 %, men återbetalningstiden är räknad med 100 %." in told
    assert "Kostnaden: förbundets spann" not in told
    assert "Avtagande intäkt: förbundets spann går från 10 % till 30 %" in told
    assert "Avtagande intäkt: förbundets" not in text_of(
        economics.ranges(view_of(ranges=spans, options=Options(fade_out=0.1)))
    )


def test_break_even_says_first_that_the_choices_are_not_in_it() -> None:
    shown = soup(
        economics.break_even(view_of(break_even=BREAK_EVEN, options=Options(fade_out=0.1, discount_rate=0.03)))
    )
    before_table = [plain(tag.get_text()) for tag in shown.find("table").find_all_previous("p")]
    assert "Den här räkningen är utan ränta och avtagande intäkt." in before_table


def test_a_code_of_sureness_has_one_wording() -> None:
    assert words.CONFIDENCE is CONFIDENCE
    assert sheets.CONFIDENCE is CONFIDENCE


@pytest.mark.parametrize("name", ["basis", "values_used", "comparison"])
def test_sources_are_numbers_in_the_table_and_a_list_below_it(name: str) -> None:
    shown = soup(getattr(economics, name)(view_of()))
    numbers = [row.find_all("td")[-1].get_text() for row in shown.find("tbody").find_all("tr")]
    listed = [plain(item.get_text()) for item in shown.find("ol").find_all("li")]
    assert {int(number) for number in numbers} == set(range(1, len(listed) + 1))
    assert len(listed) == len(set(listed))


def test_a_federation_without_files_has_no_finding_on_the_index() -> None:
    assert economics_sentences(without_anything()) == []
    assert len(sentences(economics.headline(without_anything()))) == 1
    assert economics_sentences(view_of())[0].startswith("För samhället tar det")
