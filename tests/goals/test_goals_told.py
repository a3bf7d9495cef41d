"""Goals as people read them: the sentence, the tables, the marked words, and what stands where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from goal_ledgers import ADVICE, BETTER, BOTH, HEAD, ROWS, SHARE, opened, places_at

from portfolj import exhibits
from portfolj.exhibits.goals.headline import goals_sentences
from portfolj.exhibits.goals.sheets import goals_sheets
from portfolj.exhibits.goals.words import marked_text, quality_finding
from portfolj.goals.graded import evidence_cell
from portfolj.goals.view import GoalsView, open_goals

EXHIBITS = ("classes", "owners", "years", "weakest")


def words_of(html: object) -> str:
    """What is read of some HTML, with common spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", str(html)).replace("\u00a0", " ").split())


def test_the_finding_says_how_many_can_be_measured_and_how_many_have_no_goal(view: GoalsView) -> None:
    # 100 of 6 550 kronor is 1.5 per cent, half up; 4 800 is 73.3
    assert words_of(quality_finding(view)) == (
        "Två av 7 insatser har ett mål som går att mäta: 100 kr (2 %). Två har inget mål i liggaren: 4 800 kr (73 %)."
    )
    # the first page tells of everything, and takes the first half
    assert [words_of(text) for text in goals_sentences(view)] == [
        "Två av 7 insatser har ett mål som går att mäta: 100 kr (2 %)."
    ]


def test_the_class_table_has_every_class_and_reconciles(view: GoalsView) -> None:
    text = words_of(exhibits.goals.classes(view))
    assert "Mätbart utfall 2 100 1" in text
    assert "Utfall som inte går att mäta 1 450 0" in text
    assert "Avstämning: 7 insatser. Tabellens rader är tillsammans 6 550 kr, lika mycket som i liggaren." in text
    assert "Inget mål: 1 har ingen måltext i liggaren och 1 har en text som inte säger något mål." in text
    # five have a goal; the two shares and the head count say what is counted and how much
    assert "Av de 5 insatser som har ett mål i liggaren anger tre något att mäta, tre en nivå, ingen en tid" in text


@pytest.mark.parametrize("name", ["owners", "years"])
def test_owners_and_years_have_a_figure_that_says_what_the_table_does(view: GoalsView, name: str) -> None:
    html = str(getattr(exhibits.goals, name)(view))
    (alt,) = re.findall(r'<img alt="([^"]+)"', html)
    assert "utfall som inte går att mäta 450" in alt if name == "owners" else "utfall som inte går att mäta 200" in alt
    assert "6 550" in words_of(html)


def test_the_weakest_goals_come_first_with_their_words_and_the_advice(view: GoalsView) -> None:
    html = str(exhibits.goals.weakest(view))
    assert html.index("Utan mål") < html.index("Görs") < html.index("Hälsa") < html.index("Arbete")
    assert "Deltagarna mår <strong>bättre</strong>" in html
    assert "<strong>30 procent</strong> i arbete; <strong>140</strong> <strong>deltagare</strong>" in html
    assert ADVICE in html
    assert "Fyra måltexter i liggaren säger inte vad som ska bli annorlunda, eller hur mycket." in words_of(html)
    assert "1 insats utan måltext i liggaren" in words_of(html)


def test_only_words_that_stand_in_the_text_are_marked(by_hand: None) -> None:
    assert marked_text("Fler <b>", "") == "Fler &lt;b&gt;"
    assert marked_text(SHARE, evidence_cell(SHARE)) == "<strong>30 procent</strong> i arbete"
    assert marked_text(BETTER, 'goal_text 0-3 "xyz"') == "<strong>Del</strong>tagarna mår bättre"
    assert evidence_cell(None) == evidence_cell("") == ""
    assert evidence_cell(BOTH).count("goal_text") == 3


def test_a_ledger_without_a_column_of_goals_says_so_everywhere(by_hand: None, tmp_path: Path) -> None:
    rows = [(*row[:4], *row[5:]) for row in ROWS]
    view = open_goals(opened(places_at(tmp_path, rows=rows, head=(*HEAD[:4], *HEAD[5:]))))
    for name in EXHIBITS:
        assert "Liggaren har ingen kolumn med mål" in words_of(getattr(exhibits.goals, name)(view))
    # said in full once: the other sections are left out of a page with their headings
    assert all('class="absent"' in str(getattr(exhibits.goals, name)(view)) for name in EXHIBITS[1:])
    assert 'class="absent"' not in str(exhibits.goals.classes(view))
    assert goals_sentences(view) == []
    assert list(goals_sheets(view)) == []


def test_a_period_without_interventions_says_so(by_hand: None, tmp_path: Path) -> None:
    view = open_goals(opened(places_at(tmp_path, period="1999")))
    for name in EXHIBITS:
        assert "Liggaren innehåller inga insatser" in words_of(getattr(exhibits.goals, name)(view))
    assert goals_sentences(view) == []


@pytest.mark.parametrize(
    ("goal", "told"),
    [(SHARE, "Den enda insatsen har ett mål som går att mäta."), ("", "Ingen insats har ett mål i liggaren."),
     (BETTER, "Den enda insatsen har inget mål som går att mäta.")],
)  # fmt: skip
def test_a_single_intervention_is_told_of_in_words(by_hand: None, tmp_path: Path, goal: str, told: str) -> None:
    view = open_goals(opened(places_at(tmp_path, rows=[("1", "Ensam", "", "", goal, "2020", "10")])))
    assert quality_finding(view) == told


def test_the_parts_of_one_goal_are_told_without_counts(by_hand: None, tmp_path: Path) -> None:
    view = open_goals(opened(places_at(tmp_path, rows=[("1", "Ensam", "", "", BETTER, "2020", "10")])))
    assert words_of(exhibits.goals.classes(view)).endswith("Inget av det står i insatsens mål.")
    view = open_goals(opened(places_at(tmp_path, rows=[("1", "Ensam", "", "", SHARE, "2020", "10")])))
    assert "Insatsens mål anger något att mäta och en nivå." in words_of(exhibits.goals.classes(view))


def test_the_sheets_have_swedish_words_and_every_intervention(view: GoalsView) -> None:
    by_class, quality = goals_sheets(view)
    assert by_class.frame["Beviljat, kr"].sum() == 6550
    assert len(quality.frame) == 7
    row = quality.frame.set_index("Insats").loc["Två mål"]
    assert row["Varje måls slag"] == "Mätbart utfall, Volym"
    assert (row["Anger en nivå"], row["Anger en tidpunkt"]) == ("ja", "nej")
    assert quality.frame.set_index("Insats").loc["Utan text", "Varför mål saknas"] == "ingen måltext i liggaren"
