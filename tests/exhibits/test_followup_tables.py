"""The tables and sentences of follow-up: both denominators, both ways of counting, what is printed and what is not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from follow_up_views import EXITS, OUTCOMES, PUBLISHED, counts_frame, item_means, outcomes, view_of
from test_followup_shown import cells, plain, soup

from portfolj.exhibits import followup
from portfolj.exhibits.followup.contradictions import contradiction_sentences
from portfolj.exhibits.followup.headline import follow_up_sentences
from portfolj.exhibits.followup.outcomes import outcome_finding
from portfolj.exhibits.followup.participants import participants_finding
from portfolj.exhibits.markup import Html


def text_of(html: Html) -> str:
    return " ".join(soup(html).get_text(" ").split())


def test_both_denominators_are_named_in_the_headings(tmp_path: Path) -> None:
    shown = followup.outcome(view_of(tmp_path))
    headings = [plain(th.get_text()) for th in soup(shown).select("thead th")]
    assert headings == ["Efter avslut", "Antal", "Andel av 200 avslut", "Andel av 267 deltaganden"]
    # 33 of 200 and of 267; 40 of 200 and of 267
    assert cells(shown, "Till arbete eller studier") == ["33", "17 % (12–22)", "12 % (9–17)"]
    assert cells(shown, "Till arbete, studier eller arbetsmarknadsutbildning")[:2] == ["40", "20 % (15–26)"]


def test_no_sentence_is_made_from_a_hidden_count(tmp_path: Path) -> None:
    hidden = OUTCOMES.copy()
    hidden.loc[0, "work_or_study"], hidden.loc[0, "work_or_study_suppressed"] = pd.NA, True
    view = view_of(tmp_path, outcomes=hidden)
    assert outcome_finding(view) == ""
    assert not any("till arbete eller studier" in text for text in follow_up_sentences(view))


def test_participations_persons_anonymous_and_missing_are_four_numbers(tmp_path: Path) -> None:
    shown = followup.participants(view_of(tmp_path))
    rows = {"Deltaganden": "267", "Personer": "260", "Anonyma deltaganden": "7", "Efteråt saknas": "12",
            "Felregistreringar": "8"}  # fmt: skip
    assert {row: cells(shown, row)[0] for row in rows} == rows
    assert plain(participants_finding(view_of(tmp_path))) == (
        "Uppföljningen har 267 deltaganden av 260 personer och 7 anonyma, varav 200 har avslutats."
    )


def test_before_and_after_stand_with_the_change_in_number_and_percent(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    # 110 - 150 = -40, and 40 of 150 is 26.7 %; from nothing there is no percentage
    assert cells(followup.occupation(view), "Arbetssökande") == ["150", "110", "−40", "−27 %"]
    assert cells(followup.occupation(view), "Arbete") == ["0", "24", "+24", "–"]
    assert cells(followup.occupation(view), "Studier") == ["..", "9", "..", ".."]


def test_rows_are_said_not_to_sum_only_where_they_do_not(tmp_path: Path) -> None:
    said = "går raderna inte att summera"
    for before, after, several in ((150, 110, False), (151, 110, True), (None, 110, True)):  # 50 and 90 more are 200
        frame = counts_frame(("code",), ("before", "after"), [("work", 50, 90), ("seeking", before, after)])
        assert (said in text_of(followup.occupation(view_of(tmp_path, occupation=frame)))) == several


def test_years_are_said_not_to_sum(tmp_path: Path) -> None:
    said = "går deltagandena inte att summera"
    assert said not in text_of(followup.outcomes_by(view_of(tmp_path), "year"))  # one year alone
    later = outcomes([("", "year", "2022", 200, None, 120, 20, 10, 7, 30, 35, 5)])
    view = view_of(tmp_path, outcomes=pd.concat([OUTCOMES, later]))
    assert said in text_of(followup.outcomes_by(view, "year"))


def test_a_transition_stands_with_its_share_of_those_who_had_the_source_before(tmp_path: Path) -> None:
    shown = followup.income_transition(view_of(tmp_path))
    headings = [plain(th.get_text()) for th in soup(shown).select("thead th")]
    assert headings == ["Försörjning efter", "Antal", "Andel av 120 med försörjningsstöd före"]
    # 20 of 120: middle (0.1667 + 3.8415/240)/(1 + 3.8415/120) = 0.1770, reach 0.0661
    assert cells(shown, "Lön eller eget företag") == ["20", "17 % (11–24)"]
    assert cells(shown, "Studiestöd") == ["..", ".."]
    assert len(soup(shown).select("table")) == 1  # nobody moved from wages: no table of them


def test_a_report_of_one_intervention_is_closed_and_counted_of_its_own_exits(tmp_path: Path) -> None:
    # Fas 1 and Fas 2 are told apart; the owner of Fas 1 alone has its figures and is named, not repeated.
    own = counts_frame(
        ("by", "of", "same_as", "band"), ("count",),
        [("intervention", "Fas 1", "", "3-6", 30), ("intervention", "Fas 2", "", "3-6", 40),
         ("owner", "kommun", "Fas 1", "3-6", 30)],
    )  # fmt: skip
    rows = [("", "intervention", "Fas 1", 100, None, 30, 6, 6, 0, 12, 12, 5)]
    view = view_of(tmp_path, length_by=own, outcomes=pd.concat([OUTCOMES, outcomes(rows)], ignore_index=True))
    page = soup(followup.reports_by(view))
    assert [plain(summary.get_text()) for summary in page.select("summary")] == [
        "Insats: Fas 1 (1 rapport)", "Insats: Fas 2 (1 rapport)",
    ]  # fmt: skip
    base = plain(page.select_one("caption .scope").get_text())
    assert base.startswith("Räknat på 30 avslut. I allt 100 deltaganden.")
    assert "Huvudman med en insats har insatsens siffror: Kommun (Fas 1)." in plain(page.get_text())
    assert "Bara en insats" in text_of(followup.reports_by(view_of(tmp_path)))


def test_one_point_in_time_is_no_report_of_an_intervention(tmp_path: Path) -> None:
    own = counts_frame(
        ("by", "of", "same_as", "point", "status"), ("count",),
        [("intervention", "Fas 1", "", "0", "Utan insats", 30), ("intervention", "Fas 2", "", "0", "Utan insats", 40)],
    )  # fmt: skip
    assert text_of(followup.reports_by(view_of(tmp_path, flow_status_by=own))).startswith("Rapporterna visas inte")
    later = pd.concat([own, own.assign(point="exit")])
    page = soup(followup.reports_by(view_of(tmp_path, flow_status_by=later)))
    assert len(page.select("summary")) == 2


def test_breakdowns_that_are_not_made_are_told_apart_by_where_they_would_stand(tmp_path: Path) -> None:
    left_out = pd.DataFrame(
        [("outcomes", "Fas 1", "", "age"), ("income_transition", "", "", "wage"), ("income_by", "", "intervention", ""),
         ("income_by", "", "owner", ""), ("status", "", "", "6")],
        columns=["table", "intervention", "by", "group"],
    )  # fmt: skip
    lists = soup(followup.suppression(view_of(tmp_path, left_out=left_out))).find_all("ul")[1:]
    page, files = ([plain(item.get_text()) for item in each.find_all("li")] for each in lists)
    assert page == [
        "Försörjning efter, för dem som före hade lön eller eget företag", "Lägen efter 6 månader",
        "Försörjning före och efter per insats och per huvudman",
    ]  # fmt: skip
    assert files == ["Fas 1: per ålder"]  # of the file alone: the page tells no intervention by age


def test_the_balance_of_each_intervention_stands_below_that_of_all(tmp_path: Path) -> None:
    shown = followup.gender_balance(view_of(tmp_path))
    assert cells(shown, "Fas 1") == ["30", "70", "30 % (22–40)", "utanför"]
    assert cells(shown, "Fas 2") == ["..", "..", "..", ".."]
    assert [th.get_text() for th in soup(shown).select("thead th")][:2] == ["Insats", "Kvinnor"]


def test_means_of_groups_stand_with_how_many_they_are_of(tmp_path: Path) -> None:
    means = pd.concat([item_means(), *(item_means().assign(group="sex", category=sex) for sex in ("woman", "man"))])
    shown = followup.ratings(view_of(tmp_path, item_means=means), "sex")
    headings = [plain(th.get_text()) for th in soup(shown).select("thead th")]
    assert headings == ["Fråga", "Kvinnor (n = 50)", "Män (n = 58)"]


def test_the_six_reports_are_all_there(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    names = ("occupation", "occupation_grouped", "started_or_increased", "income", "income_transition", "length")
    letters = [soup(getattr(followup, name)(view)).caption.get_text()[:2] for name in names]
    assert letters == ["a.", "b.", "c.", "d.", "e.", "f."]


def test_the_share_never_measured_twice_stands_beside_every_row(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    # 159 of 267; 73 of 123; hidden where either is
    assert "60 % av deltagandena har aldrig mätts två gånger" in text_of(followup.progression(view))
    assert cells(followup.progression_by(view, "sex"), "Kvinnor")[-2:] == ["73", "59 %"]
    assert cells(followup.progression_by(view, "age"), "60 år eller äldre") == ["..", "..", "..", "0", "6", ".."]


def test_sex_and_age_have_a_column_each(tmp_path: Path) -> None:
    headings = [th.get_text() for th in soup(followup.progression_by(view_of(tmp_path), "sex_age")).select("thead th")]
    assert headings[:2] == ["Kön", "Ålder"]


def test_the_change_has_its_interval_and_names_regression_to_the_mean(tmp_path: Path) -> None:
    text = text_of(followup.change(view_of(tmp_path)))
    assert "+0,31 steg på skalan 1 till 5 (95-procentigt intervall +0,12 till +0,50) i de 108 deltaganden" in text
    assert "regression mot medelvärdet" in text
    around_nothing = pd.DataFrame([{"n": 20, "mean_change": 0.1, "low": -0.2, "high": 0.4}])
    assert "kan vara en slump" in text_of(followup.change(view_of(tmp_path, change=around_nothing)))


def test_questions_come_by_their_own_numbers(tmp_path: Path) -> None:
    means = item_means(["1 Vet", "10 Vill", "2 Kan"])
    shown = followup.ratings(view_of(tmp_path, item_means=means), "all")
    assert [th.get_text() for th in soup(shown).select("tbody th")] == ["1 Vet", "2 Kan", "10 Vill"]
    # 2 to 2.5
    assert cells(shown, "1 Vet") == ["2,0", "2,5", "+0,5", "108"]


def test_a_goal_stands_with_its_verdict_who_judged_and_on_what(tmp_path: Path) -> None:
    shown = followup.goals(view_of(tmp_path))
    assert cells(shown, "1.1: Visa en stegförflyttning") == [
        "Insats", "100 %", "73 %", "Delvis uppfyllt", "Utvärderaren", "46 av 63",
    ]  # fmt: skip
    assert cells(shown, "1.2: 20 % i egen försörjning")[4] == "inte angivet"


def test_printed_figures_are_marked_and_a_hidden_twin_stays_hidden_with_its_reason(tmp_path: Path) -> None:
    shown = followup.printed(view_of(tmp_path))
    assert cells(shown, "Insats: till arbetsmarknadsutbildning, män") == [
        "2 (tryckt)", "..", "Går inte att jämföra", "Det räknade talet är dolt.",
    ]  # fmt: skip
    row = "Insats: andel till arbete, studier eller arbetsmarknadsutbildning"
    assert cells(shown, row)[:3] == ["16 % (tryckt)", "15 %", "Stämmer inte"]


def test_contradictions_are_named_in_plain_words_and_once(tmp_path: Path) -> None:
    assert [plain(text) for text in contradiction_sentences(view_of(tmp_path))] == [
        "SSI: tryckt är 60 för alla deltagare, men de tryckta delarna är tillsammans 70. Om 23 (avbröt) ska vara 13 "
        "går det ihop: troligen ett läsfel i den text som vi har haft.",
        "Insats: de tryckta andelarna av dem som gick till arbete per kön är tillsammans 99 %, inte 100 %.",
        "Insats: andel till arbete, studier eller arbetsmarknadsutbildning: tryckt är 16 %, men underlaget ger 15 %.",
    ]


def test_without_contradictions_that_is_said(tmp_path: Path) -> None:
    agreeing = PUBLISHED[PUBLISHED["verdict"] == "agrees"]
    view = view_of(tmp_path, published=agreeing, contradictions=pd.DataFrame())
    assert "går ihop" in text_of(followup.contradictions(view))


def test_exits_are_shown_as_printed_with_the_sum_of_their_rows(tmp_path: Path) -> None:
    shown = followup.exit_counts(view_of(tmp_path))
    assert cells(shown, "Summa av raderna") == ["70"]  # 40 + 0 + 4 + 23 + 3
    own = EXITS.assign(printed_in="", suppressed=[False, False, True, False, False])
    own["count"] = own["count"].mask(own["suppressed"])
    hidden = followup.exit_counts(view_of(tmp_path, exits=own))
    assert cells(hidden, "Till studier") == [".."]
    assert "Summa av raderna" not in text_of(hidden)


def test_a_step_is_a_share_of_the_participations_that_were_asked(tmp_path: Path) -> None:
    # 46 of 63 is 73 %: Rätt insats as printed
    assert cells(followup.steps(view_of(tmp_path)), "Alla") == ["63", "46", "17", "73 % (61–82)"]
    one = counts_frame(
        ("group", "category"), ("participations", "step_shown", "step_not_shown"),
        [("all", "all", 63, 46, 17), ("intervention", "Fas 1", 63, 46, 17)],
    )  # fmt: skip
    assert len(soup(followup.steps(view_of(tmp_path, steps=one))).select("tbody tr")) == 1


def test_the_nation_stands_beside_with_the_warning_that_definitions_differ(tmp_path: Path) -> None:
    text = text_of(followup.national(view_of(tmp_path)))
    assert "2017 31 %" in text
    assert "2020 28 %" in text
    assert "räknas inte på samma sätt varje år" in text


def test_interventions_without_a_place_are_named_with_the_reason(tmp_path: Path) -> None:
    assert cells(followup.unmatched(view_of(tmp_path)), "Öppet hus") == ["Finns inte i liggaren", "33"]
