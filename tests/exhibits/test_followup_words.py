"""The sentences of follow-up, read as an editor would: right, in plain Swedish, with their wholes and true reasons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from follow_up_views import GOALS, OUTCOMES, PROGRESSION, PUBLISHED, TABLES, counts_frame, outcomes, view_of
from test_followup_shown import cells, plain, soup

from portfolj.disclosure import where
from portfolj.exhibits import followup, swedish
from portfolj.exhibits.followup.goals import goals_finding
from portfolj.exhibits.followup.outcomes import outcome_finding
from portfolj.exhibits.followup.participants import kept_finding
from portfolj.exhibits.followup.progression import progression_finding
from portfolj.exhibits.followup.steps import steps_finding
from portfolj.exhibits.markup import Html


def text_of(html: Html) -> str:
    return " ".join(plain(soup(html).get_text(" ")).split())


def left_out(*parts: tuple[str, str]) -> pd.DataFrame:
    """What is left out of the whole: table and group."""
    return pd.DataFrame([{"table": table, "intervention": "", "by": "", "group": group} for table, group in parts])


def hidden(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with these counts of its first row hidden."""
    changed = frame.copy()
    for column in columns:
        changed.loc[0, column] = pd.NA
        changed.loc[0, f"{column}_suppressed"] = True
    return changed


def judged(*verdicts: str) -> pd.DataFrame:
    return pd.concat([GOALS.head(1).assign(verdict=verdict) for verdict in verdicts], ignore_index=True)


def test_the_outcome_is_told_of_both_wholes_and_with_training_apart(tmp_path: Path) -> None:
    # 33 of 200 is 16.5, 33 of 267 is 12.4 and 40 of 200 is 20 %
    assert plain(outcome_finding(view_of(tmp_path))) == (
        "33 av 200 avslut (17 %) var till arbete eller studier. Räknat på alla 267 deltaganden, även de pågående, är "
        "andelen 12 %. Räknas arbetsmarknadsutbildning med är det 40 av avsluten (20 %)."
    )
    ended = outcomes([("", "all", "all", 63, 63, 63, 13, 7, 0, 20, 20, 9)])
    assert plain(outcome_finding(view_of(tmp_path, outcomes=ended))) == (
        "20 av 63 avslut (32 %) var till arbete eller studier. Alla deltaganden är avslutade, så räknat på "
        "deltagandena är andelen densamma. Räknas arbetsmarknadsutbildning med är det lika många."
    )


def test_where_the_whole_is_hidden_the_interventions_that_are_shown_are_told(tmp_path: Path) -> None:
    # 38 of 75 is 50.7, 30 of 70 is 42.9 %
    counts = [("Fas 1", 90, 75, 38), ("Fas 2", 80, 70, 30), ("Fas 3", 97, 55, None)]
    rows = [("", "intervention", name, n, None, ended, 9, 9, 9, to, 50, 5) for name, n, ended, to in counts]
    whole = ("", "all", "all", 267, 260, 200, 24, 9, 7, None, 40, 12)
    assert plain(outcome_finding(view_of(tmp_path, outcomes=outcomes([whole, *rows])))) == (
        "Hur många av 200 avslut som var till arbete eller studier visas inte. Per insats visas: Fas 1 38 av 75 avslut "
        "(51 %) och Fas 2 30 av 70 avslut (43 %)."
    )
    many = [(*rows[0][:2], f"Fas {n}", *rows[0][3:]) for n in range(6)]
    assert plain(outcome_finding(view_of(tmp_path, outcomes=outcomes([whole, *many])))).endswith(
        "visas inte. Tabellen per insats visar det för 6 insatser."
    )


def test_another_status_at_exit_is_not_called_a_step_towards_work(tmp_path: Path) -> None:
    # 46 of 63 is 73 %; 63 are not all of the 267 participations, so it is said which they are
    assert plain(steps_finding(view_of(tmp_path))) == (
        "46 av 63 deltaganden (73 %) i insatser som noterar lägen har ett annat läge vid avslut än vid start. Det "
        "framgår inte om det nya läget är närmare arbete eller studier."
    )
    all_of_them = TABLES["participants"].assign(participations=63, exits=51, ongoing=12)
    assert plain(steps_finding(view_of(tmp_path, participants=all_of_them))) == (
        "46 av 63 deltaganden (73 %) har ett annat läge vid avslut än vid start. 12 av deltagandena pågår. Det framgår "
        "inte om det nya läget är närmare arbete eller studier."
    )


def test_what_a_printed_report_calls_a_step_is_told_where_the_counts_are_the_same(tmp_path: Path) -> None:
    row = {**PUBLISHED.iloc[0].to_dict(), "intervention": "", "measure": "step_shown", "verdict": "agrees"}
    said = "Den tryckta rapporten kallar dem deltagare med en dokumenterad stegförflyttning."
    assert said in text_of(followup.steps(view_of(tmp_path, published=pd.DataFrame([row]))))
    differs = pd.DataFrame([{**row, "verdict": "differs"}])
    assert said not in text_of(followup.steps(view_of(tmp_path, published=differs)))


def test_up_stands_with_down_and_unchanged_or_not_at_all(tmp_path: Path) -> None:
    # 108 of 267 is 40.4 %; 71, 26 and 11 of 108 are 65.7, 24.1 and 10.2 %; 267 - 108 = 159
    opening = "I 108 av 267 deltaganden (40 %) har deltagaren skattat sig minst två gånger."
    ending = "Om de 159 som inte har två skattningar säger skattningarna inget."
    assert plain(progression_finding(view_of(tmp_path))) == (
        f"{opening} Av dem gick 71 (66 %) uppåt och 26 (24 %) nedåt, medan 11 (10 %) var oförändrade. {ending}"
    )
    for columns in (["down", "unchanged"], ["up", "down"]):
        view = view_of(tmp_path, progression=hidden(PROGRESSION, *columns))
        assert plain(progression_finding(view)) == f"{opening} {ending}"


def test_nobody_is_left_to_say_nothing_of_where_all_rated_twice(tmp_path: Path) -> None:
    all_twice = counts_frame(
        ("group", "category"), ("measured_twice", "up", "down", "unchanged", "never_twice"),
        [("all", "all", 20, 12, 0, 8, 0)],
    )  # fmt: skip
    assert plain(progression_finding(view_of(tmp_path, progression=all_twice))) == (
        "I 20 av 20 deltaganden (100 %) har deltagaren skattat sig minst två gånger. Av dem gick 12 (60 %) uppåt och "
        "ingen (0 %) nedåt, medan 8 (40 %) var oförändrade."
    )


def test_a_mean_change_that_is_hidden_is_not_called_missing_ratings(tmp_path: Path) -> None:
    none = TABLES["change"].head(0)
    view = view_of(tmp_path, change=none, progression=hidden(PROGRESSION, "measured_twice"))
    assert "visas inte: hur många som har skattat sig två gånger är dolt." in text_of(followup.change(view))
    nobody = counts_frame(
        ("group", "category"), ("measured_twice", "up", "down", "unchanged", "never_twice"),
        [("all", "all", 0, 0, 0, 0, 40)],
    )  # fmt: skip
    view = view_of(tmp_path, change=none, progression=nobody)
    assert "visas inte: ingen har skattat sig två gånger." in text_of(followup.change(view))
    view = view_of(tmp_path, kinds=("participations",), change=none)
    assert text_of(followup.change(view)).startswith("Självskattningar saknas.")


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["met"], "Det enda målet är uppfyllt."),
        (["unclear"], "Det är oklart om det enda målet är uppfyllt."),
        (["met", "unclear", "unclear"], "Av tre mål är ett uppfyllt. För två är det oklart om de är uppfyllda."),
        (["met", "met", "partly_met", "partly_met"], "Av fyra mål är två uppfyllda och två delvis uppfyllda."),
        (["met", "partly_met", "not_met", "unclear"],
         "Av fyra mål är ett uppfyllt, ett delvis uppfyllt och ett inte uppfyllt. För ett är det oklart om det är "
         "uppfyllt."),
        (["met", "met"], "Båda målen är uppfyllda."),
        (["unclear"] * 3, "För alla tre mål är det oklart om de är uppfyllda."),
        (["met"] * 9 + ["not_met"] * 3, "Av 12 mål är nio uppfyllda och tre inte uppfyllda."),
    ],
)  # fmt: skip
def test_goals_are_counted_in_words_that_agree(verdicts: list[str], said: str, tmp_path: Path) -> None:
    assert goals_finding(view_of(tmp_path, goals=judged(*verdicts))) == said


def test_a_goal_without_words_has_its_number_alone(tmp_path: Path) -> None:
    shown = followup.goals(view_of(tmp_path, goals=GOALS.assign(text=["", "20 % i egen försörjning"])))
    assert [th.get_text() for th in soup(shown).select("tbody th")] == [
        "Mål 1.1, utan formulering", "1.2: 20 % i egen försörjning",
    ]  # fmt: skip


@pytest.mark.parametrize(("group", "field"), [("age", "ålder"), ("municipality", "kommun"), ("referrer", "remittent")])
def test_too_few_people_is_not_called_missing_data(group: str, field: str, tmp_path: Path) -> None:
    without = {"outcomes": OUTCOMES, "progression": PROGRESSION[PROGRESSION["group"] == "all"]}
    missing = view_of(tmp_path, **without)
    thin = view_of(tmp_path, **without, left_out=left_out(("outcomes", group), ("progression", group)))
    for make, what in ((followup.outcomes_by, "Utfallet"), (followup.progression_by, "Förflyttningen")):
        assert (
            text_of(make(missing, group)) == f"{what} per {field} visas inte: uppgift om {field} saknas i underlaget."
        )
        assert text_of(make(thin, group)) == f"{what} per {field} visas inte: för få personer i grupperna."


def test_figures_of_an_earlier_report_are_not_called_too_few_people(tmp_path: Path) -> None:
    thin = left_out(("outcomes", "referrer"))
    view = replace(view_of(tmp_path, outcomes=OUTCOMES, left_out=thin, change=TABLES["change"].head(0)), kept=True)
    assert text_of(followup.outcomes_by(view, "referrer")) == (
        "Utfallet per remittent visas inte: för få personer i grupperna, eller så skulle tabellen avslöja vad som har "
        "ändrats sedan en tidigare rapport."
    )
    assert "eller skulle avslöja vad som har ändrats sedan en tidigare rapport:" in text_of(followup.suppression(view))
    same = "siffrorna är desamma som i en tidigare rapport."
    assert text_of(followup.change(view)).startswith(f"Medelförändringen visas inte: {same}")
    assert text_of(followup.ratings(view, "all")) == f"Medelvärden visas inte: {same}"
    assert kept_finding(view).endswith("Medelvärden visas inte så länge.")
    assert kept_finding(replace(view, kept=False)) == ""


def test_the_sexes_are_not_called_missing_where_they_are_few(tmp_path: Path) -> None:
    unknown = view_of(tmp_path, gender_balance=TABLES["gender_balance"].head(0))
    assert text_of(followup.gender_balance(unknown)) == (
        "Könsfördelningen visas inte: uppgift om kön saknas i underlaget."
    )
    thin = left_out(("gender_balance", "intervention"), ("gender_balance", "owner"))
    few = view_of(tmp_path, gender_balance=TABLES["gender_balance"].head(1), left_out=thin)
    assert text_of(followup.gender_balance(few)).endswith(
        "Könsfördelningen per insats och per huvudman visas inte: för få personer i grupperna."
    )


def test_an_owner_is_not_known_where_the_ledger_has_none_of_the_interventions(tmp_path: Path) -> None:
    assert text_of(followup.outcomes_by(view_of(tmp_path), "owner")) == (
        "Utfallet per huvudman visas inte: ingen av insatserna går att finna i liggaren, så deras huvudman är inte "
        "känd."
    )


def test_means_that_are_not_shown_have_their_own_reason(tmp_path: Path) -> None:
    # The ages are known, and how many of those from 60 rated twice is hidden. Nobody's referrer is known.
    view = view_of(tmp_path)
    hidden = "i minst en av grupperna är det dolt hur många som har skattat sig två gånger"
    assert hidden in text_of(followup.ratings(view, "age"))
    assert "uppgift om remittent saknas i underlaget" in text_of(followup.ratings(view, "referrer"))


def test_one_category_alone_is_a_sentence_that_names_it(tmp_path: Path) -> None:
    assert text_of(followup.outcomes_by(view_of(tmp_path), "intervention")) == (
        "Alla deltaganden gäller samma insats: Insats. Siffrorna är desamma som för alla."
    )
    few = outcomes([("", "municipality", "few", 40, 40, 30, 10, 5, 0, 15, 15, 0)])
    view = view_of(tmp_path, outcomes=pd.concat([OUTCOMES, few]))
    assert text_of(followup.outcomes_by(view, "municipality")) == (
        "Ingen kommun har så många deltaganden att den kan visas för sig."
    )


def test_referrers_stand_by_the_alphabet_and_the_missing_last(tmp_path: Path) -> None:
    # As the codes would have it: employment_service, few, missing, municipality, Öckerö kommun, Åre kommun
    names = ["missing", "few", "Öckerö kommun", "municipality", "employment_service", "Åre kommun", "Älvdalens kommun"]
    rows = outcomes([("", "referrer", name, 30, 30, 20, 8, 5, 0, 13, 13, 0) for name in names])
    shown = followup.outcomes_by(view_of(tmp_path, outcomes=pd.concat([OUTCOMES, rows])), "referrer")
    assert [th.get_text() for th in soup(shown).table.select("tbody th")] == [
        "Arbetsförmedlingen", "Kommunen", "Åre kommun", "Älvdalens kommun", "Öckerö kommun",
        "Övriga, med få deltaganden var", "Uppgift saknas",
    ]  # fmt: skip


def test_interventions_without_a_place_are_told_in_swedish_under_owners(tmp_path: Path) -> None:
    rows = outcomes([("", "owner", name, 30, 30, 20, 8, 5, 0, 13, 13, 0) for name in ("unmatched", "kommun")])
    shown = followup.outcomes_by(view_of(tmp_path, outcomes=pd.concat([OUTCOMES, rows])), "owner")
    assert [th.get_text() for th in soup(shown).table.select("tbody th")] == ["Kommun", "Inte i liggaren"]
    assert cells(shown, "Inte i liggaren")[:3] == ["30", "30", "20"]


def test_what_is_left_out_is_named_as_it_would_be_said(tmp_path: Path) -> None:
    frame = pd.concat(
        [
            left_out(("status", "6"), ("flow_status", "exit"), ("flow", "0"), ("progression", "age")),
            pd.DataFrame([{"table": "outcomes", "intervention": "Steget", "by": "", "group": "sex"}]),
        ]
    )
    listed = [plain(li.get_text()) for li in soup(followup.suppression(view_of(tmp_path, left_out=frame))).select("li")]
    assert listed[-5:] == [
        "Lägen efter 6 månader", "Lägen i grupper vid avslut", "Rörelser mellan lägen från start",
        "Förflyttning i skattningarna per ålder", "Steget: per kön",
    ]  # fmt: skip


def test_low_numbers_are_words_and_higher_ones_figures() -> None:
    assert [swedish.in_words(n) for n in (0, 1, 2, 9, 10)] == ["0", "en", "två", "nio", "10"]
    assert swedish.in_words(1, neuter=True) == "ett"


def test_the_page_says_whether_nobody_is_hidden_too_and_how_many_counts_are_not_proven(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    told = text_of(followup.suppression(view))
    assert "Noll visas alltid." in told
    assert "gick det inte att visa" not in told
    view = replace(view, zeros_hidden=frozenset({frozenset({"age"})}), unsafe=(where({"age": "20-29"}),))
    told = text_of(followup.suppression(view))
    assert "Noll visas, utom i några indelningar där noll också är dolt" in told
    assert "För ett dolt tal gick det inte att visa att minst 5 olika antal är möjliga" in told
