"""Pictures of follow-up: each has an alt text with the figures that it shows, and draws nothing that is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import Tag
from follow_up_views import FLOW, OUTCOMES, STATUS, counts_frame, item_means, outcomes, view_of
from test_followup_shown import ALL_EXHIBITS, cells, plain, soup

from portfolj.exhibits import followup
from portfolj.exhibits.followup import flow_picture
from portfolj.exhibits.followup.flow import largest, ordered_points, ordered_states
from portfolj.exhibits.markup import Html
from portfolj.followup.view import FollowUpView


def pictures_in(html: Html) -> list[Tag]:
    return soup(html).find_all("img")


def alt_of(html: Html) -> str:
    (picture,) = pictures_in(html)
    return plain(str(picture["alt"]))


def caption_of(html: Html) -> str:
    return plain(soup(html).figcaption.get_text())


def with_groups(view: FollowUpView, groups: Mapping[str, Sequence[str]]) -> FollowUpView:
    """The view of a federation that puts its statuses together so."""
    federation = view.portfolio.federation
    settings = federation.followup.model_copy(update={"status_groups": groups})
    changed = federation.model_copy(update={"followup": settings})
    return replace(view, portfolio=replace(view.portfolio, federation=changed))


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
    assert "Avslut: Sjukskriven 17, Förberedande insats 16, Studier dolt, Inget läge noterat dolt." in alt


def test_the_flow_is_drawn_from_shown_counts_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, Any] = {}

    def remember(flow: Any, **words: Any) -> Html:
        drawn.update(vars(flow))
        return Html()

    monkeypatch.setattr(flow_picture, "draw", remember)
    followup.flow(view_of(tmp_path))
    assert ("exit", "Studier") not in drawn["sizes"]
    assert drawn["sizes"]["0", "Sjukskriven"] == 40
    assert ("3", "Sjukskriven", "exit", "Inget läge noterat") not in drawn["moves"]
    assert drawn["moves"]["0", "Sjukskriven", "3", "Förberedande insats"] == 18
    assert drawn["rest"] == {"exit": 30}  # 63 stand somewhere, 17 + 16 of them are shown


def test_a_point_where_everything_is_hidden_is_a_frame_of_all_and_not_a_hole(tmp_path: Path) -> None:
    rows = [("0", "Arbete", 40), ("0", "Praktik", 23), ("3", "Arbete", None), ("3", "Praktik", None),
            ("6", "Arbete", 30), ("6", "Praktik", 33)]  # fmt: skip
    status = counts_frame(("point", "status"), ("count",), rows)
    view = view_of(tmp_path, status=status, flow=FLOW.head(0))
    assert "3 månader: alla tal dolda" in alt_of(followup.flow(view))
    assert "Streckad ram: deltaganden i lägen vars tal är dolda." in caption_of(followup.flow(view))
    # Without the number of all there is no frame to draw, and the point is said to be left out.
    unknown = view_of(tmp_path, status=status, flow=FLOW.head(0), steps=pd.DataFrame())
    assert "Efter 3 månader är alla tal dolda och därför inte ritade." in caption_of(followup.flow(unknown))


def test_every_count_of_the_picture_stands_in_the_table_beside_it(tmp_path: Path) -> None:
    groups = {"Nära arbete": ["Arbete", "Praktik"], "Längre från": ["Sjukskriven"]}
    rows = [("0", "Nära arbete", 20), ("0", "Längre från", 43), ("6", "Nära arbete", 33), ("6", "Längre från", 30)]
    view = with_groups(view_of(
        tmp_path, flow_status=counts_frame(("point", "status"), ("count",), rows), flow=FLOW.head(0),
        left_out=pd.DataFrame([{"table": "status", "intervention": "", "by": "", "group": "6"}]),
    ), groups)  # fmt: skip
    shown = followup.flow(view)
    assert alt_of(shown).endswith("Start: Nära arbete 20, Längre från 43; 6 månader: Nära arbete 33, Längre från 30.")
    assert cells(shown, "Nära arbete") == ["20", "33"]
    assert cells(shown, "Längre från") == ["43", "30"]
    text = plain(soup(shown).get_text())
    assert "Nära arbete: arbete och praktik." in text
    assert "Efter 6 månader visas lägena inte här: för få personer i de flesta av dem." in text


def test_the_largest_bands_are_drawn_and_that_others_are_not_is_said(tmp_path: Path) -> None:
    moves = {("0", f"s{n}", "3", "t"): n for n in range(20, 9, -1)} | {("3", "t", "6", "u"): 5}
    kept = largest(moves, 8)
    assert sorted(kept.values()) == [5, 13, 14, 15, 16, 17, 18, 19, 20]  # 8 of 11, and the next step's only one
    names = [f"Läge {letter}" for letter in "ABC"]
    status = counts_frame(
        ("point", "status"), ("count",), [(point, name, 21) for point in ("0", "3") for name in names]
    )
    nine = counts_frame(
        ("point_from", "point_to", "status_from", "status_to"), ("count",),
        [("0", "3", here, there, 7) for here in names for there in names],
    )  # fmt: skip
    caption = caption_of(followup.flow(view_of(tmp_path, status=status, flow=nine)))
    assert "Bara de åtta största banden mellan två tidpunkter är ritade." in caption
    fewer = caption_of(followup.flow(view_of(tmp_path, status=status, flow=nine.head(8))))
    assert "största banden" not in fewer


def test_names_beside_a_bar_never_cover_one_another() -> None:
    places, heights = [10.0, 9.8, 9.6, 1.0], [2.0, 4.0, 2.0, 2.0]
    found = flow_picture.spread(places, heights, low=0)
    edges = [(middle + height / 2, middle - height / 2) for middle, height in zip(found, heights, strict=True)]
    assert all(below[0] <= above[1] + 1e-9 for above, below in pairwise(edges))
    assert edges[-1][1] >= 0


def test_a_cut_figure_says_that_it_holds_those_with_most_exits(tmp_path: Path) -> None:
    # 30 interventions with 11, 12 ... 40 exits: the 25 with most are those from 16 on
    many = outcomes([("", "intervention", f"Insats {n}", n, n, n, 5, 5, 0, 10, 10, 0) for n in range(11, 41)])
    shown = followup.outcomes_by(view_of(tmp_path, outcomes=pd.concat([OUTCOMES.head(1), many])), "intervention")
    assert "Bara de 25 med flest avslut är med; tabellen har alla." in caption_of(shown)
    assert "dolda" not in caption_of(shown)
    assert [f"Insats {n} " in alt_of(shown) for n in (15, 16, 40)] == [False, True, True]


def test_points_come_in_the_order_of_time() -> None:
    assert ordered_points(pd.Series(["exit", "12", "3", "0"])) == ["0", "3", "12", "exit"]
    assert ordered_states(pd.Series(["missing", "Studier", "few", "Arbete"])) == [
        "Studier",
        "Arbete",
        "few",
        "missing",
    ]


def test_every_movement_of_the_picture_stands_in_a_table(tmp_path: Path) -> None:
    shown = soup(followup.flow(view_of(tmp_path, flow=FLOW, status=STATUS)))
    tables = [plain(table.caption.get_text()) for table in shown("table")]
    assert [text.split(",")[0] for text in tables[1:]] == ["Från start till 3 månader", "Från 3 månader till avslut"]


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
