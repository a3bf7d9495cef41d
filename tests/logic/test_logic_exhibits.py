"""Logic models as people read them: the list, the tables, the sentences, the sheets and the files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from logic_case import TABLES, WHOLE, boxes, goals, links, portfolio_in, view

from portfolj.exhibits import logic as exhibits
from portfolj.exhibits.files import harmless_frame
from portfolj.exhibits.logic.files import FILES, logic_tables
from portfolj.exhibits.logic.headline import logic_sentences
from portfolj.exhibits.logic.picture import picture
from portfolj.exhibits.logic.sheets import logic_sheets
from portfolj.logic.view import LogicView
from portfolj.portfolio.view import Portfolio

FANNED = boxes(activities=["a", "b"], outputs=["o"], goals=["g"]) + links("a > o", "b > o", "o > g")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return portfolio_in(tmp_path_factory.mktemp("exhibits"))


@pytest.fixture(scope="module")
def whole(portfolio: Portfolio) -> LogicView:
    return view(portfolio, WHOLE)


@pytest.fixture(scope="module")
def page(whole: LogicView) -> BeautifulSoup:
    """The whole model, drawn once."""
    return soup(exhibits.models(whole))


def soup(html: object) -> BeautifulSoup:
    return BeautifulSoup(str(html), "html.parser")


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def own_text(item: object) -> str:
    """The text of a list item without what is nested below it."""
    copy = BeautifulSoup(str(item), "html.parser").li
    assert copy is not None
    for below in copy.find_all("ul"):
        below.decompose()
    return plain(copy.get_text())


def test_the_list_goes_from_resource_to_goal_one_step_inside_the_other(page: BeautifulSoup) -> None:
    goal = page.find("li", string=None, id="logik-1-6")
    assert goal is not None
    above = [own_text(item).split(":")[0] for item in reversed(goal.find_parents("li"))]
    assert above == ["Resurs", "Aktivitet", "Prestation", "Resultat", "Effekt"]


def test_the_list_says_indicators_figures_verdicts_and_what_is_not_measured(page: BeautifulSoup) -> None:
    said = [own_text(item) for item in page.find_all("li")]
    assert said == [
        "Resurs: Två handledare. Indikator: Timmar; 414 av 754 planerade timmar (55 %)",
        "Aktivitet: Kurs (steget hit: Timmar; inte mätt)",
        "Prestation: Deltagare har gått kursen (steget hit: Deltaganden; 267 deltaganden)",
        "Resultat: Deltagare kan mer (steget hit: Andel av de mätta som gick uppåt; 66 % (56–74), 71 av 108 mätta "
        "minst två gånger)",
        "Effekt: Deltagare arbetar (steget hit: Till arbete eller studier; 17 % (12–22), 33 av 200 avslut)",
        "Mål: Fler i arbete (steget hit: Uppföljningens bedömning av målet; ◐ delvis uppfyllt). Bedömning: ◐ delvis "
        "uppfyllt",
        "Delmål: Hälften går klart (steget hit: Andel som går klart; inte mätt). Bedömning saknas",
    ]


def test_a_box_that_two_lead_to_is_read_out_once_and_linked_to_after_that(portfolio: Portfolio) -> None:
    page = soup(exhibits.models(view(portfolio, FANNED)))
    assert [own_text(item) for item in page.find_all("li")] == [
        "Aktivitet: A", "Prestation: O (steget hit: ingen indikator)",
        "Mål: G (steget hit: ingen indikator). Bedömning saknas",
        "Aktivitet: B", "Prestation: O (steget hit: ingen indikator)",
    ]  # fmt: skip
    (again,) = [link for link in page.find_all("a") if link.parent.name == "li"]
    assert page.find(id=str(again["href"])[1:]) is not None


def test_the_list_of_a_large_model_is_closed_until_it_is_opened(portfolio: Portfolio, page: BeautifulSoup) -> None:
    large = boxes(activities=[f"a{n}" for n in range(21)])
    assert soup(exhibits.models(view(portfolio, large))).find("details") is not None
    assert page.find("details") is None


def test_pictures_that_would_make_the_page_too_large_are_left_out_and_it_is_said(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = len(str(picture([*view(portfolio, FANNED).tables["items"].to_dict("records")], [], title="M", about="x")))
    monkeypatch.setattr(sys.modules[exhibits.models.__module__], "MOST_CHARACTERS", 2 * one)
    page = soup(exhibits.models(view(portfolio, FANNED, FANNED, FANNED)))
    assert 1 <= len(page.find_all("img")) < 3
    assert page.get_text().count("Bilden är utelämnad") == 3 - len(page.find_all("img"))
    assert len(page.find_all(class_="outline")) == 3


def test_ids_are_unique_and_headings_in_order_with_several_models(portfolio: Portfolio) -> None:
    shown = view(portfolio, WHOLE, FANNED, FANNED)
    page = soup("".join(str(part) for part in (exhibits.models(shown), exhibits.weak(shown), exhibits.links(shown))))
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    titles = [plain(tag.get_text()) for tag in page.find_all("h3")]
    assert titles == ["Vägen till arbete", "Modell (1)", "Modell (2)"]
    alts = [str(tag["alt"]) for tag in page.find_all("img")]
    assert len(set(alts)) == 3


def test_the_table_of_links_has_indicator_and_figure(whole: LogicView) -> None:
    page = soup(exhibits.links(whole))
    assert "6 av 6 länkar har en indikator, 4 har en mätt siffra" in plain(page.find("caption").get_text(" "))  # type: ignore[union-attr]
    rows = [[plain(cell.get_text()) for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")[1:]]
    assert rows[0] == ["Resurs: Två handledare", "Aktivitet: Kurs", "Timmar", "inte mätt"]
    assert rows[4][2:] == ["Till arbete eller studier", "17 % (12–22), 33 av 200 avslut"]
    assert rows[5][3] == "◐ delvis uppfyllt"


def test_a_hidden_figure_is_its_sign_everywhere(portfolio: Portfolio) -> None:
    nora = WHOLE.replace('intervention = "Insats"', 'municipality = "Nora"')
    shown = view(portfolio, nora)
    assert "hidden-figure" in str(exhibits.links(shown))
    assert ".. betyder dolt" in str(exhibits.links(shown))
    assert ".. betyder dolt" in str(exhibits.models(shown))
    (sheet,) = [sheet for sheet in logic_sheets(shown) if sheet.name == "Logisk modell länkar"]
    assert ".." in list(sheet.frame["Mätt"])
    assert sheet.notes[0].startswith(".. betyder dolt")
    row = logic_tables(shown)["logic_links"].query("measured == 'work_or_study'").iloc[0]
    assert row["state"] == "hidden"
    assert row[["value", "count", "of"]].isna().all()


def test_what_is_not_measured_says_why(portfolio: Portfolio) -> None:
    page = plain(soup(exhibits.links(view(portfolio, WHOLE, tables={}))).get_text(" "))
    assert page.count("inte mätt: uppföljningen har inga uppgifter av det slaget") == 4


def test_weaknesses_stand_in_a_table_and_links_in_a_sentence(portfolio: Portfolio) -> None:
    text = boxes(resources=["r"], activities=["a"], goals=["g"]) + links("a > g")
    page = soup(exhibits.weak(view(portfolio, text)))
    rows = [plain(row.get_text(" ")) for row in page.find_all("tr")[1:]]
    assert rows == ["Resursen används inte till något R Lägg till en länk till det som resursen används till"]
    assert "En länk saknar indikator; tabellen över länkar visar vilken." in page.get_text()


def test_a_model_without_weaknesses_says_so(portfolio: Portfolio) -> None:
    text = boxes(activities=["a"], goals=["g"]) + links("a > g", indicator="antal")
    assert "alla rutor hänger ihop med något. Ingenting av det som kontrolleras är svagt." in str(
        exhibits.weak(view(portfolio, text))
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (WHOLE, ["Av sex steg i den logiska modellen har alla ett mått, och fyra är mätta."]),
        (FANNED, ["Av tre steg i den logiska modellen har inget ett mått, så det går inte att se var det brister."]),
        (boxes(goals=["g"]), ["Den logiska modellen har inga länkar och säger inte vad som ska leda till vad."]),
        (
            boxes(goals=["g", "h"]).replace('text = "G"', 'text = "G"\nverdict = "met"').replace(
                'text = "H"', 'text = "H"\nverdict = "unclear"'
            ),
            ["Den logiska modellen har inga länkar och säger inte vad som ska leda till vad.",
             "Av två bedömda mål i den logiska modellen är ett uppfyllt och ett oklart."],
        ),
        (
            WHOLE.replace("goal = 1 }", 'goal = 1, verdict = "met" }'),
            ["Av sex steg i den logiska modellen har alla ett mått, och fyra är mätta.",
             "För ett mål säger modellen och uppföljningen olika om det är uppfyllt. Här gäller uppföljningen."],
        ),
    ],
)  # fmt: skip
def test_the_sentences_for_the_first_page(portfolio: Portfolio, text: str, sentences: list[str]) -> None:
    assert [plain(sentence) for sentence in logic_sentences(view(portfolio, text))] == sentences


def test_a_federation_without_models_has_nothing_to_tell(portfolio: Portfolio) -> None:
    none = view(portfolio)
    assert logic_sentences(none) == []
    assert list(logic_sheets(none)) == []
    assert {name: (len(frame), list(frame.columns)) for name, frame in logic_tables(none).items()} == {
        name: (0, ["model", *columns]) for name, (_, columns) in FILES.items()
    }
    for exhibit in (exhibits.models, exhibits.links, exhibits.weak):
        (only,) = soup(exhibit(none)).find_all(True)
        assert only["class"] == ["absent"]


def test_the_files_hold_codes_and_the_name_of_the_models_file(whole: LogicView) -> None:
    tables = logic_tables(whole)
    link = tables["logic_links"].iloc[4]
    assert link[["model", "from", "from_kind", "to", "to_kind", "measured", "state", "unit"]].to_list() == [
        "modell_1.toml", "kan", "results", "jobb", "effects", "work_or_study", "shown", "percent"
    ]  # fmt: skip
    assert link[["value", "count", "of"]].to_list() == [16.5, 33, 200]
    assert len(tables["logic_items"]) == 7


def test_the_sheets_have_swedish_words_and_names_that_a_workbook_takes(portfolio: Portfolio) -> None:
    sheets = list(logic_sheets(view(portfolio, WHOLE, FANNED)))
    assert [sheet.name for sheet in sheets] == ["Logisk modell", "Logisk modell länkar", "Logisk modell svagheter"]
    assert all(len(sheet.name) <= 31 for sheet in sheets)
    assert [len(sheet.frame) for sheet in sheets] == [11, 9, 3]
    assert "◐\xa0delvis uppfyllt" in list(sheets[0].frame["Bedömning"])


def test_text_that_looks_like_markup_or_a_formula_does_no_harm(portfolio: Portfolio, tmp_path: Path) -> None:
    text = WHOLE.replace("Två handledare", "<script>alert(1)</script> & $x^2$").replace('"Kurs"', '"=HYPERLINK(1)"')
    shown = view(portfolio, text)
    for exhibit in (exhibits.models, exhibits.links, exhibits.weak):
        assert soup(exhibit(shown)).find("script") is None
    written = harmless_frame(logic_tables(shown)["logic_items"])
    assert list(written["text"])[:2] == ["<script>alert(1)</script> & $x^2$", "'=HYPERLINK(1)"]


def test_two_goals_with_one_number_are_told_of(portfolio: Portfolio) -> None:
    twice = {**TABLES, "goals": goals(("Insats", "1", "met"), ("Insats", "1", "not_met"))}
    page = plain(soup(exhibits.links(view(portfolio, WHOLE, tables=twice))).get_text(" "))
    assert "inte mätt: flera mål i uppföljningen har samma nummer" in page
