"""The demo reproduces the survey that is printed, and its statements are marked as invented."""

from __future__ import annotations

import pytest

from portfolj.exhibits import stakeholders as shown
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.headline import stakeholders_sentences
from portfolj.exhibits.stakeholders.sheets import stakeholders_sheets
from portfolj.places import Places
from portfolj.portfolio.view import open_portfolio
from portfolj.stakeholders.view import StakeholdersView, open_stakeholders

# Bättre förutsättningar till egen försörjning, slutrapport 2022:05: how many of those who answered said that each goal
# was fully, partly and not at all met, and how the evaluation judged it. 9 were asked, 7 answered.
RATINGS = {"1": (4, 3, 0), "2": (2, 4, 1), "3": (1, 3, 3), "4": (0, 5, 2)}
VERDICTS = {"1": "met", "2": "partly_met", "3": "not_met", "4": "unclear"}


@pytest.fixture(scope="module")
def view(places: Places) -> StakeholdersView:
    return open_stakeholders(open_portfolio("battre-forutsattningar", places=places))


def test_the_printed_survey_is_reproduced(view: StakeholdersView) -> None:
    frame = view.survey.survey
    everybody = frame[frame["question"].eq("")].iloc[0]
    assert (everybody["answered"], everybody["invited"]) == (7, 9)
    for goal, printed in RATINGS.items():
        own = frame[frame["question"].eq(goal)].set_index("answer")["count"]
        assert tuple(own[["Helt", "Delvis", "Inte alls"]]) == printed
    assert not frame["suppressed"].any()
    assert set(frame["printed_in"]) == {"Slutrapport 2022:05"}


def test_ratings_stand_beside_the_verdicts(view: StakeholdersView) -> None:
    frame = view.verdicts.set_index("goal")
    assert frame["verdict"].to_dict() == VERDICTS
    assert {goal: tuple(frame.loc[goal, ["met", "partly_met", "not_met"]]) for goal in RATINGS} == RATINGS
    # The fourth of seven answers in order: fully, partly, partly, partly.
    assert frame["middle_low"].to_dict() == {"1": "met", "2": "partly_met", "3": "partly_met", "4": "partly_met"}
    assert frame["finding"].to_dict() == {"1": "agrees", "2": "agrees", "3": "higher", "4": "open"}
    page = str(shown.beside_verdicts(view))
    assert "Mål 3 är bedömt som inte uppfyllt, men det mittersta svaret är delvis uppfyllt." in page
    assert "Tryckt i Slutrapport 2022:05. Antalen visas som de trycktes" in page


def test_the_page_tells_the_response_and_the_answers(view: StakeholdersView) -> None:
    assert "7 av 9 inbjudna svarade på enkäten (78\u00a0%)." in str(shown.response(view))
    page = str(shown.answers(view))
    assert "4 (57\u00a0%)" in page
    assert "Antal svar. 1. Hur väl är mål 1 uppfyllt? Helt 4, Delvis 3, Inte alls 0." in page
    assert stakeholders_sentences(view)[0].startswith("7 av 9")


def test_invented_statements_are_marked_wherever_they_stand_and_are_no_finding(view: StakeholdersView) -> None:
    marked = "Utsagorna är påhittade"
    assert marked in str(shown.themes(view))
    assert marked in str(shown.quotes(view))
    notes = {sheet.name: " ".join(sheet.notes) for sheet in stakeholders_sheets(view)}
    assert marked in notes["Teman"]
    assert marked in notes["Utsagor"]
    assert not any("tar upp" in sentence for sentence in stakeholders_sentences(view))
    notice = view.portfolio.federation.notice
    assert notice is not None
    assert "påhittade" in notice.text


def test_the_demo_shows_roles_contrasts_and_quotes(view: StakeholdersView) -> None:
    assert "Källor i allt" in str(shown.themes_by_role(view))
    assert "Rollerna skiljer sig mest om" in str(shown.contrasts(view))
    quoted = view.quotes
    assert 0 < len(quoted.frame) < quoted.allowed
    assert not set(quoted.frame["role"]) & {"politiker", "ekonom"}
    assert "Nämnden vill se resultat" not in "".join(
        map(str, (shown.quotes(view), stakeholders_tables(view)["themes"]))
    )
