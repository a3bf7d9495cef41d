"""Break-even, what matters most and how sure it is: in words that need no course in economics."""

from __future__ import annotations

from economics_views import BREAK_EVEN, CHANCE, PAYBACK, SENSITIVITY, TABLES, VALUES, from_states, summary_of, view_of
from test_economics_payback import text_of
from test_followup_shown import cells, plain, soup

from portfolj.economics.options import Options
from portfolj.exhibits import economics
from portfolj.exhibits.economics import curves


def alts(shown: object) -> list[str]:
    return [plain(str(picture["alt"])) for picture in soup(shown).find_all("img")]  # type: ignore[arg-type]


def test_every_cost_has_a_curve_with_its_points_in_words() -> None:
    large, small = alts(economics.break_even(view_of()))
    # 57 mkr / 114 = 500 000; 57 mkr / 850 = 67 059; 11.8 mkr / (40 x 3) = 98 333
    assert "57,0 mkr" in large
    assert "1: Arbete på heltid utan stöd, i ett år: 114 personer à 500 000 kr per år (angivet värde)" in large
    assert "850 personer à 67 059 kr per år" in large
    assert "40 personer à 98 333 kr per år" in small


def test_a_case_without_its_value_says_so_and_is_not_drawn() -> None:
    shown = economics.break_even(view_of())
    row = cells(shown, "Kortare sjukskrivning")
    assert row[1:5] == ["värde saknas", "Modellens värde", "1 år", "kan inte beräknas"]
    assert "värde saknas (Sjukpenning 2020)" in row[-1]
    assert "Kortare sjukskrivning" not in "".join(alts(shown))


def test_no_finding_on_structural_money_that_no_case_is_about() -> None:
    shown = economics.break_even(view_of(break_even=BREAK_EVEN[BREAK_EVEN["cost_sek"] < 20e6]))
    assert soup(shown).select(".finding") == []


def test_the_highest_cost_stands_beside_what_it_was() -> None:
    shown = economics.highest_cost(view_of())
    # 26 773 a year for one, two, three and five years
    assert cells(shown, "Samhället") == ["26 773", "53 546", "80 319", "133 865", "79 583", "26 773"]
    assert "högst 133 865 kr för att vara betald inom fem år. Den räknade kostnaden är lägre: 79 583 kr." in text_of(
        shown
    )


def test_the_tornado_names_what_matters_most_and_what_can_turn_the_answer() -> None:
    shown = economics.tornado(view_of())
    assert (
        "För samhället betyder intäktens storlek mest. Resultatet efter fem år är positivt, men ett antagande kan "
        "ensamt göra det negativt: hur fort intäkten avtar."
    ) in text_of(shown)
    assert cells(shown, "Avtagande intäkt")[-3:] == ["36 månader", "aldrig", "28,1 %"]
    assert cells(shown, "Kalkylränta")[-1] == "finns inget"
    assert "Brytvärdet är det värde där resultatet efter fem år blir noll." in text_of(shown)
    (alt,) = alts(shown)
    assert "Hur fort intäkten avtar: 0 % ger 27,7 mkr, 30 % ger −2,70 mkr" in alt


def test_an_answer_that_no_assumption_turns_is_said_to_hold() -> None:
    firm = SENSITIVITY[SENSITIVITY["parameter"] != "fade_out_pct"]
    assert "inget antagande kan ensamt ändra det" in text_of(economics.tornado(view_of(sensitivity=firm)))


def test_the_ranges_say_whose_they_are() -> None:
    shown = economics.ranges(view_of())
    assert cells(shown, "Intäkten") == ["60 %", "100 %", "120 %", "antagande"]
    assert cells(shown, "Avtagande intäkt")[-1] == "förbundets eget"
    assert "Ett spann är ett antagande som följer med portfolj." in text_of(shown)


def test_the_chance_is_told_at_each_horizon_with_the_risk_of_never() -> None:
    shown = economics.chance(view_of())
    assert cells(shown, "Samhället") == ["0 %", "2 %", "83 %", "95 %", "3 %"]
    assert cells(shown, "Samhället", table=1) == ["27 månader", "41 månader", "aldrig"]
    assert cells(shown, "Kommunen", table=1)[-1] == "mer än fem år"  # 80 months
    assert "100 000 omräkningar med slumpade värden ur spannen, med startvärde 1." in text_of(shown)
    (alt,) = alts(shown)
    assert "Samhället 0 % inom 1 år, 2 % inom 2 år, 83 % inom 5 år och 95 % inom 10 år" in alt


def test_who_has_no_cost_is_named_and_not_drawn() -> None:
    free = PAYBACK.assign(cost_sek=PAYBACK["cost_sek"].mask(PAYBACK["actor"] == "region", 0.0))
    view = view_of(payback=free, payback_summary=summary_of(free))
    shown = economics.chance(view)
    assert "Regionen betalar inget för insatserna och är därför inte med här." in text_of(shown)
    assert "Regionen" not in "".join(alts(shown))
    assert "Återbetalningstiden är 27 månader för kommunen och 48 månader för staten i allt." in text_of(
        economics.headline(view)
    )


def test_points_that_lie_together_have_one_number() -> None:
    near = [
        curves.Point(1, "stated", 1e5, 570.0),
        curves.Point(1, "printed", 98_276.0, 580.0),
        curves.Point(2, "stated", 5e5, 114.0),
    ]
    assert [[point.persons for point in group] for group in curves.near(near)] == [[580.0, 570.0], [114.0]]


def test_a_chance_is_never_rounded_to_certain() -> None:
    nearly = CHANCE.assign(chance_to_break_even=0.999)
    assert cells(economics.chance(view_of(chance=nearly)), "Samhället")[0] == "över 99 %"


def test_a_value_has_its_year_its_source_and_what_it_was_used_for() -> None:
    shown = economics.values_used(view_of())
    assert cells(shown, "Kommunalskatt, kommunen") == ["20,74 %", "2018, använt för 2020", "kontrollerat i en källa",
                                                       "2"]  # fmt: skip
    assert [item.get_text() for item in soup(shown).find("ol").find_all("li")][1] == "SCB"
    assert cells(shown, "Månadslön")[:2] == ["25 000 kr per månad", "alla år"]
    assert "Prisindex" not in text_of(shown)  # it was not used
    assert (
        "Räkningen använder tre värden: ett är kontrollerat i en källa, ett är uträknat ur andra tal och ett är "
        "antaget. Det som är uträknat är inte säkrare än de tal som det är räknat ur."
    ) in text_of(shown)


def test_a_value_that_nobody_has_checked_says_so() -> None:
    unchecked = VALUES.assign(confidence="M")
    shown = economics.values_used(view_of(values=None, tables={**TABLES, "values": unchecked}))
    assert cells(shown, "Arbetstid")[2] == "inte kontrollerat"
    assert "Räkningen använder tre värden: tre är inte kontrollerade. Inget är antaget." in text_of(shown)


def test_before_and_after_is_said_to_be_no_effect_with_what_a_comparison_needs() -> None:
    shown = text_of(economics.caveats(view_of()))
    assert "Skillnaden mellan före och efter är inte en effekt." in shown
    assert "En grupp som liknar deltagarna när de börjar" in shown
    assert "Intäkten antas vara lika stor varje år." in shown
    with_options = text_of(economics.caveats(view_of(options=Options(deadweight=0.2, fade_out=0.1))))
    assert "Att 20 % hade kommit ändå är ett antagande" in with_options
    assert "antas minska med 10 % per år" in with_options


def test_the_method_tells_the_rule_and_the_simulation() -> None:
    told = text_of(economics.method(view_of()))
    assert "12 × kostnad / intäkt per år, i månader, avrundat uppåt." in told
    assert "Datorn räknar om allt 100 000 gånger." in told
    assert "Startvärdet är 1" in told


def test_what_others_have_found_is_marked_as_theirs() -> None:
    shown = economics.comparison(from_states())
    assert cells(shown, "Matchningsarena") == ["–", "74 000 kr för 12 månader", "147 059 kr", "1", "2"]
    assert "är andras och är inte räknade om här" in text_of(shown)
