"""What the board could decide: that each sentence asks for a decision, and that its figures are the files'."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from board_case import ROOT, evaluation_of

from portfolj.exhibits.board import board_sentences
from portfolj.exhibits.board.decide import (
    decision_on_comparison,
    decision_on_documents,
    decision_on_doubts,
    decision_on_goals,
    decision_on_phases,
    decision_on_strategy,
    decision_on_verdicts,
)
from portfolj.exhibits.board.page import PARTS
from portfolj.exhibits.board.results import sentence_of_outcome
from portfolj.exhibits.board.sentence import Section

# What a board does, in the imperative.
ASKS = ("Ange", "Begär", "Besluta", "Bestäm", "Kräv", "Låt", "Ta ställning", "Vänta")
DECISIONS = [part for part in PARTS if part.__name__.startswith("decision_")]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def judged(*verdicts: str) -> SimpleNamespace:
    frame = pd.DataFrame({"verdict": list(verdicts)})
    return SimpleNamespace(follow_up=SimpleNamespace(tables={"goals": frame}))


@pytest.mark.parametrize("federation", ["rar-sormland", "battre-forutsattningar", "finsam-urval"])
def test_every_decision_asks_for_one(federation, places):
    evaluation = evaluation_of(federation, places)
    every = [sentence.text for part in DECISIONS if (sentence := part(evaluation))]
    assert every
    assert [text for text in every if not text.startswith(ASKS)] == []
    kept = [s for s in board_sentences(evaluation) if s.section is Section.DECIDE]
    assert len(kept) >= 2
    assert {s.text for s in kept} <= set(every)


def test_the_money_in_steps_is_the_files(places):
    rows = pd.read_csv(ROOT / "data" / "raw" / "rar-sormland" / "faser.csv", sep=";")
    amount = rows["Belopp, kr"].str.replace(r"\s", "", regex=True).astype(int)
    blocked = rows["Uppfyllt"].isin(["nej", "delvis", "oklart"]).groupby(rows["Dnr"]).transform(
        lambda unmet: unmet.cumsum().shift(fill_value=0) > 0
    )  # fmt: skip
    decided = rows["Beslutad"].notna()
    sums = [int(amount[where].sum()) for where in (~decided & ~blocked, ~decided & blocked, decided & blocked)]
    assert sums == [240_000, 150_000, 40_000]
    text = plain(decision_on_phases(evaluation_of("rar-sormland", places)).text)
    assert [int(found.replace(" ", "")) for found in re.findall(r"(\d+ \d{3}) kr", text)] == sums
    assert text == (
        "Besluta om 240 000 kr som inget villkor hindrar, vänta med 150 000 kr tills villkoren är uppfyllda och begär "
        "besked om 40 000 kr som är beslutade fast ett tidigare villkor inte är uppfyllt."
    )


def test_what_to_ask_in_is_counted_from_the_statuses(places):
    evaluation = evaluation_of("rar-sormland", places)
    status = evaluation.documentation.tables["documentation"].pivot(
        index="intervention_key", columns="fact", values="status"
    )
    both = (status[["measurable_goals", "follow_up"]] == "missing").all(axis=1)
    keys = set(both.index[both])
    money = evaluation.portfolio.interventions.set_index("intervention_key").loc[list(keys), "granted_sek"].sum()
    assert plain(decision_on_documents(evaluation).text) == (
        f"Begär in mätbara mål och uppföljning för de {len(keys)} av 56 insatser som saknar båda; de fick "
        f"{money / 1e6:.1f} mkr.".replace(f"{money / 1e6:.1f}", f"{money / 1e6:.1f}".replace(".", ","))
    )


def test_goals_that_cannot_be_measured_are_asked_for_with_how_many_can(places):
    evaluation = evaluation_of("rar-sormland", places)
    frame = evaluation.goals.interventions
    assert (frame["main_class"] == "outcome_measurable").sum() == 4
    assert plain(decision_on_goals(evaluation).text) == (
        "Kräv ett mål som går att mäta i varje ansökan: fyra av 56 insatser har ett i liggaren; de fick 6,3 mkr."
    )
    assert decision_on_goals(evaluation_of("finsam-urval", places)) is None  # a ledger without a column of goals


@pytest.mark.parametrize(
    ("verdicts", "asked"),
    [
        (["met", "met"], None),
        (["met", "partly_met"], "Begär besked om vad som händer med ett mål som inte är helt uppfyllt."),
        (["not_met", "partly_met"], "Begär besked om vad som händer med två mål som inte är helt uppfyllda."),
        (["unclear"], "Begär en ny bedömning av ett mål där det är oklart om det är uppfyllt."),
        (
            ["not_met", "unclear", "unclear"],
            "Begär besked om vad som händer med ett mål som inte är helt uppfyllt och be om en ny bedömning av två mål "
            "där det är oklart om de är uppfyllda.",
        ),
    ],
)
def test_goals_not_met_or_unclear_are_asked_about(verdicts, asked):
    sentence = decision_on_verdicts(judged(*verdicts))
    assert (sentence and sentence.text) == asked


def test_verdicts_of_a_logic_model_are_not_among_what_is_not_known(places):
    # published_cases: of four goals one met, one partly, one not, one unclear
    said = {s.question: s.text for s in board_sentences(evaluation_of("battre-forutsattningar", places))}
    assert said["Nåddes målen?"] == (
        "Av fyra bedömda mål i den logiska modellen är ett uppfyllt, ett delvis uppfyllt, ett inte uppfyllt och ett "
        "oklart."
    )
    assert "om insatserna nådde sina mål" not in said[""]
    assert said["Uppföljningen?"].endswith("har inga uppgifter om deltagare eller utfall.")
    assert said["Vad säger de berörda?"].startswith("För två av de tre mål")


def test_a_board_that_has_stated_no_priorities_is_asked_to(places):
    assert decision_on_strategy(evaluation_of("finsam-urval", places)).text.startswith("Ange vilka målgrupper")
    assert plain(decision_on_strategy(evaluation_of("rar-sormland", places)).text) == (
        "Ta ställning till prioriteringen ”Nyanlända”, som inte säkert fick några pengar."
    )


def test_a_comparison_is_asked_for_only_where_an_outcome_is_told(places):
    evaluation = evaluation_of("rar-sormland", places)
    # it leads to where the outcome stands: a page without payback has no section on what its figures don't say
    assert decision_on_comparison(evaluation).places == sentence_of_outcome(evaluation).places
    assert decision_on_comparison(evaluation_of("finsam-urval", places)) is None


def test_answers_in_doubt_are_counted(places):
    evaluation = evaluation_of("finsam-urval", places)
    assert plain(decision_on_doubts(evaluation).text) == (
        "Låt kansliet avgöra 509 osäkra svar om 212 insatser: 179 om huvudman, 166 om målgrupp och 164 om inriktning."
    )
    assert 179 + 166 + 164 == 509
    assert plain(decision_on_doubts(evaluation_of("battre-forutsattningar", places)).text) == (
        "Låt kansliet avgöra ett osäkert svar om inriktning för 1 insats."
    )
