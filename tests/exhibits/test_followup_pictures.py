"""Pictures of follow-up: each has an alt text with the figures that it shows, and draws nothing that is hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import Tag
from follow_up_views import FLOW, OUTCOMES, STATUS, item_means, outcomes, view_of
from test_followup_shown import ALL_EXHIBITS, plain, soup

from portfolj.exhibits import followup
from portfolj.exhibits.followup import pictures
from portfolj.exhibits.markup import Html


def pictures_in(html: Html) -> list[Tag]:
    return soup(html).find_all("img")


def alt_of(html: Html) -> str:
    (picture,) = pictures_in(html)
    return plain(str(picture["alt"]))


def with_men_shown() -> pd.DataFrame:
    """The outcomes with the men's row shown whole: 19 of 110 to work or study."""
    men = outcomes([("", "sex", "man", 144, 140, 110, 15, 4, 2, 19, 21, 6)])
    return pd.concat([OUTCOMES[OUTCOMES["category"] != "man"], men], ignore_index=True)


def test_the_shares_are_told_with_their_intervals(tmp_path: Path) -> None:
    alt = alt_of(followup.outcomes_by(view_of(tmp_path, outcomes=with_men_shown()), "sex"))
    # 14 of 90 and 19 of 110
    assert "Kvinnor 16 % (9–24); Män 17 % (11–25)." in alt


def test_a_row_with_a_hidden_count_is_not_drawn_and_that_is_said(tmp_path: Path) -> None:
    hidden = outcomes([("", "sex", "other", 8, 8, 6, None, None, 0, None, None, 0)])
    shown = followup.outcomes_by(
        view_of(tmp_path, outcomes=pd.concat([with_men_shown(), hidden], ignore_index=True)), "sex"
    )
    assert "Annat" not in alt_of(shown)
    assert "Rader vars tal är dolda eller saknas är inte med." in soup(shown).figcaption.get_text()


def test_one_share_alone_makes_no_picture(tmp_path: Path) -> None:
    assert pictures_in(followup.outcomes_by(view_of(tmp_path), "sex")) == []


def test_the_flow_tells_every_state_and_says_which_are_hidden(tmp_path: Path) -> None:
    alt = alt_of(followup.flow(view_of(tmp_path)))
    assert "Start: Sjukskriven 40, Förberedande insats 23;" in alt
    assert "Avslut: Sjukskriven 17, Förberedande insats 16, Studier dolt, Uppgift saknas dolt." in alt


def test_the_flow_is_drawn_from_shown_counts_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, Any] = {}

    def remember(points: Any, states: Any, sizes: Any, moves: Any, **words: Any) -> Html:
        drawn.update(sizes=sizes, moves=moves)
        return Html()

    monkeypatch.setattr(pictures, "flow", remember)
    followup.flow(view_of(tmp_path))
    assert ("exit", "Studier") not in drawn["sizes"]
    assert drawn["sizes"]["0", "Sjukskriven"] == 40
    assert ("3", "Sjukskriven", "exit", "Uppgift saknas") not in drawn["moves"]
    assert drawn["moves"]["0", "Sjukskriven", "3", "Förberedande insats"] == 18


def test_points_come_in_the_order_of_time() -> None:
    from portfolj.exhibits.followup.flow import ordered_points, ordered_states

    assert ordered_points(pd.Series(["exit", "12", "3", "0"])) == ["0", "3", "12", "exit"]
    assert ordered_states(pd.Series(["missing", "Studier", "few", "Arbete"])) == ["Studier", "Arbete", "few", "missing"]


def test_every_movement_of_the_picture_stands_in_a_table(tmp_path: Path) -> None:
    shown = soup(followup.flow(view_of(tmp_path, flow=FLOW, status=STATUS)))
    tables = [plain(table.caption.get_text()) for table in shown("table")]
    assert [text.split(":")[0] for text in tables[1:]] == ["Från start till 3 månader", "Från 3 månader till avslut"]


def test_a_spider_tells_each_question_first_and_last(tmp_path: Path) -> None:
    alt = alt_of(followup.ratings(view_of(tmp_path), "all"))
    assert "1 Vet: 2,0 och 2,5; 2 Kan: 3,0 och 3,5; 3 Orkar: 4,0 och 4,5." in alt


def test_two_questions_or_a_hidden_mean_make_no_spider(tmp_path: Path) -> None:
    assert pictures_in(followup.ratings(view_of(tmp_path, item_means=item_means(["Vet", "Kan"])), "all")) == []
    means = item_means()
    assert pictures_in(followup.ratings(view_of(tmp_path, item_means=means.drop(index=0)), "all")) == []


def test_every_picture_has_a_table_and_an_alt_text_with_figures(tmp_path: Path) -> None:
    view, alts = view_of(tmp_path, outcomes=with_men_shown()), []
    for name, arguments in ALL_EXHIBITS:
        shown = getattr(followup, name)(view, *arguments)
        for picture in pictures_in(shown):
            assert any(mark.isdigit() for mark in str(picture["alt"])), name
            assert soup(shown).table is not None, name
            alts.append(str(picture["alt"]))
    assert len(alts) == len(set(alts)) >= 4


def test_the_same_figures_give_the_same_picture(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    assert str(followup.flow(view)) == str(followup.flow(view))
