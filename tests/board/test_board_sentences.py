"""The ten sentences: which are chosen, that each is one, that its figures are the tables' and its link leads on."""

from __future__ import annotations

import json
import re
import shutil
from types import SimpleNamespace

import pandas as pd
import pytest
from board_case import ROOT, evaluation_of, page_of
from bs4 import BeautifulSoup

from portfolj.evaluation import open_evaluation
from portfolj.exhibits.board import board_sentences
from portfolj.exhibits.board import places as every_place
from portfolj.exhibits.board.cross import cross
from portfolj.exhibits.board.funded import sentence_of_funding, sentence_of_orientation, sentence_of_owners
from portfolj.exhibits.board.page import PARTS
from portfolj.exhibits.board.results import sentence_of_verdicts
from portfolj.exhibits.board.sentence import MOST, Place, Section, Sentence, as_one, first_of, heaviest, parts_of
from portfolj.places import Places
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import open_portfolio
from portfolj.report.pages import PAGES

PLACE = Place("portfolio.html", "Portföljen", "Över åren")


def of(weight: int, text: str = "Så är det.") -> Sentence:
    return Sentence(Section.FUNDED, "Hur?", text, (PLACE,), weight)


def told(evaluation) -> dict[str, str]:
    return {s.question: s.text.replace("\u00a0", " ") for s in board_sentences(evaluation)}


@pytest.mark.parametrize("federation", ["rar-sormland", "finsam-urval"])
def test_at_most_ten_sentences_each_a_single_one_with_a_way_to_its_figures(federation, places):
    sentences = board_sentences(evaluation_of(federation, places))
    assert 0 < len(sentences) <= MOST == 10
    for sentence in sentences:
        assert len(parts_of(sentence.text)) == 1, sentence.text
        assert sentence.text.endswith(".")
        assert sentence.places, sentence.text


@pytest.mark.parametrize("place", [p for p in vars(every_place).values() if isinstance(p, Place)], ids=lambda p: p.name)
def test_every_place_is_a_page_and_a_heading_of_its_notebook(place):
    page = next(page for page in PAGES if page.page == place.page)
    assert page.title == place.title
    cells = json.loads((ROOT / "notebooks" / page.notebook).read_text(encoding="utf-8"))["cells"]
    lines = [line.strip() for cell in cells if cell["cell_type"] == "markdown" for line in cell["source"]]
    assert f"## {place.heading}" in lines


def test_the_heaviest_ten_are_kept_in_the_order_they_are_read():
    given = [of(5, f"Nummer {n}.") if n % 4 == 0 else of(n, f"Nummer {n}.") for n in range(14)]
    kept = heaviest([None, *given])
    assert len(kept) == MOST
    assert [s.text for s in kept] == [s.text for s in given if s in kept]
    dropped = [s for s in given if s not in kept]
    assert max(s.weight for s in dropped) <= min(s.weight for s in kept)


def test_a_board_never_misses_what_was_funded_what_came_of_it_and_what_is_not_known(places):
    weights = {part.__name__: s.weight for part in PARTS if (s := part(evaluation_of("rar-sormland", places)))}
    order = sorted(weights, key=lambda name: -weights[name])
    assert order[:4] == ["sentence_of_funding", "sentence_of_outcome", "sentence_of_payback", "sentence_of_unknown"]


def test_the_figures_are_those_of_the_tables(places):
    said = told(evaluation_of("rar-sormland", places))
    # Printed in 2020: 70.2 mkr to 56, LSG 43.0, no owner 20.2, staff 21.4, no group 28.2 to 36, structural 57.0.
    assert said["Vad finansierade vi?"] == "Förbundet beviljade 70,2 miljoner kronor (mkr) till 56 insatser 2014–2019."
    assert said["Vem ägde insatserna?"] == (
        "Mest, 43,0 mkr (61 %), gick till insatser med lokal samverkansgrupp som huvudman, men för 29 av 56 insatser "
        "med 20,2 mkr är huvudmannen inte känd."
    )
    assert said["För vem?"] == (
        "Mest, 21,4 mkr (30 %), gick till målgruppen personal och beslutsfattare, men för 36 av 56 insatser med "
        "28,2 mkr är målgruppen inte känd."
    )
    assert said["Människor eller strukturer?"].startswith(
        "Av pengarna gick 57,0 mkr (81 %) till strukturpåverkande och 13,2 mkr (19 %) till individinriktade insatser"
    )
    assert said["Hur gick det för deltagarna?"].endswith("men de redovisade talen går inte ihop.")
    assert said["Lönade det sig?"].startswith("För samhället tar det 36 månader innan kostnaden är betald")
    assert said["Följde pengarna strategin?"] == (
        "34,4 mkr (49 %) gick till prioriteringarna och 7,6 mkr till annat, men för 28,2 mkr vet vi inte."
    )


def test_what_is_not_known_is_said_in_one_sentence(places):
    said = told(evaluation_of("finsam-urval", places))
    assert said[""].startswith("Det vet vi inte: vad det ledde till för dem som deltog, om insatserna nådde sina mål,")
    assert "om det lönade sig" in said[""]
    assert "Bestäm hur insatserna ska följas upp" in said["Uppföljningen?"]
    assert "Hur gick det för deltagarna?" not in said
    assert "Lönade det sig?" not in said


def test_goals_that_were_judged_are_told():
    verdicts = ["met", "met", "partly_met", "unclear"]
    frame = pd.DataFrame({"verdict": verdicts, "goal": list("1234"), "text": ""})
    sentence = sentence_of_verdicts(SimpleNamespace(follow_up=SimpleNamespace(tables={"goals": frame})))
    assert sentence.text == (
        "Av fyra mål är två uppfyllda och ett delvis uppfyllt; för ett är det oklart om det är uppfyllt."
    )


def test_few_interventions_are_told_as_few(places):
    two = SimpleNamespace(portfolio=open_portfolio("ratt-insats", places=places))
    assert sentence_of_owners(two).text == "Båda insatserna har Arbetsförmedlingen som huvudman."
    assert sentence_of_orientation(two).text == "Båda insatserna är individinriktade."
    one = SimpleNamespace(portfolio=open_portfolio("battre-forutsattningar", places=places))
    assert sentence_of_funding(one).text.replace("\u00a0", " ") == (
        "Liggaren har 1 insats 2021–2022, men inget beviljat belopp."
    )
    assert sentence_of_orientation(one).text == "Den enda insatsen är strukturpåverkande."


def test_a_period_with_nothing_says_only_that(places, tmp_path):
    shutil.copytree(places.raw("finsam-urval"), tmp_path / "data" / "raw" / "finsam-urval")
    empty = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=ROOT / "notebooks")
    evaluation = open_evaluation("finsam-urval", period="1995", places=empty)
    said = told(evaluation)
    assert said["Vad finansierade vi?"] == "Liggaren innehåller inga insatser med medlemmarnas pengar 1995."
    assert set(said) <= {"Vad finansierade vi?", ""}
    html = page_of(evaluation)
    assert "Vad styrelsen kan besluta" not in html
    assert "Vad det ledde till</h2>" not in html


@pytest.mark.parametrize("federation", ["rar-sormland", "finsam-urval"])
def test_the_small_table_sums_to_the_ledger(federation, places):
    portfolio = evaluation_of(federation, places).portfolio
    frame = cross(portfolio)
    kinds = [c for c in frame if c not in ("target_group", "total", "count")]
    assert frame["count"].sum() == len(portfolio.interventions)
    whole = sum_sek(portfolio.interventions["granted_sek"]) if portfolio.has_amounts else len(portfolio.interventions)
    assert frame[kinds].sum().sum() == whole
    assert frame["total"].sum() == whole


@pytest.mark.parametrize("federation", ["rar-sormland", "finsam-urval"])
def test_the_page_is_read_in_order_and_links_out(federation, places):
    evaluation = evaluation_of(federation, places)
    soup = BeautifulSoup(page_of(evaluation), "html.parser")
    assert next(tag.name for tag in soup.find_all(re.compile("^h[1-6]$"))) == "h1"
    assert len(soup.select("ul.board li")) == len(board_sentences(evaluation))
    texts = [" ".join(li.get_text(" ").split()) for li in soup.select("ul.board li")]
    for sentence, text in zip(board_sentences(evaluation), texts, strict=True):
        assert text.startswith(" ".join(f"{sentence.question} {sentence.text}".split()))
    hrefs = [a["href"] for a in soup.select("ul.board a")]
    assert hrefs == [p.address for s in board_sentences(evaluation) for p in s.places]
    assert all(a.get_text().strip() for a in soup.select("ul.board a"))


def test_findings_become_one_sentence():
    assert parts_of("Det är så. Det är 3 av 4. Ja.") == ["Det är så.", "Det är 3 av 4.", "Ja."]
    assert first_of("Av 1,5 mkr gick allt. Resten inte.") == "Av 1,5 mkr gick allt."
    assert first_of("") == ""
    assert as_one(["Det är så.", "Det är mer.", "IBIS är ett.", "Försäkringskassan är en."]) == (
        "Det är så; det är mer; IBIS är ett; Försäkringskassan är en."
    )
    assert as_one([]) == ""


def test_what_people_have_written_is_escaped():
    html = Sentence(Section.DECIDE, "<i>?", "<script>", (PLACE,), 1).html()
    assert "<script>" not in html
    assert "<i>" not in html
