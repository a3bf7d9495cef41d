"""A hidden figure is one sign everywhere, is read aloud as a word, is explained, and is never computed with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from follow_up_views import OUTCOMES, TABLES, counts_frame, outcomes, view_of

from portfolj.exhibits import followup
from portfolj.exhibits.followup.balance import balance_sentence
from portfolj.exhibits.followup.shares import interval_text, share_of, share_text
from portfolj.exhibits.followup.shown import HIDDEN, difference, hidden_mark, shown_value, whole
from portfolj.exhibits.markup import Html

ALL_EXHIBITS = [
    *((name, ()) for name in followup.__all__ if name not in ("outcomes_by", "progression_by", "ratings")),
    *(("outcomes_by", (group,)) for group in ("sex", "age", "municipality", "owner", "target_group", "year")),
    *(("progression_by", (group,)) for group in ("sex", "age", "sex_age")),
    *(("ratings", (group,)) for group in ("all", "sex")),
]


def soup(html: Html) -> BeautifulSoup:
    return BeautifulSoup(str(html), "html.parser")


def cells(html: Html, row: str, table: int = 0) -> list[str]:
    """The cells of the row with that heading, as they are seen (without what only a screen reader says)."""
    page = soup(html)
    for unseen in page.select(".unseen"):
        unseen.decompose()
    headings = page.find_all("table")[table].find_all("th", scope="row")
    (found,) = [heading.parent for heading in headings if plain(heading.get_text()) == row]
    return [plain(td.get_text()) for td in found.find_all("td")]


def plain(text: str) -> str:
    """The text with ordinary spaces, so that it can be compared with what a test writes."""
    return text.replace("\u00a0", " ")


def test_the_sign_is_seen_as_two_points_and_heard_as_a_word() -> None:
    mark = BeautifulSoup(str(hidden_mark()), "html.parser")
    assert mark.select_one("[aria-hidden=true]").get_text() == ".."
    assert mark.select_one(".unseen").get_text().strip() == "dolt"


def test_a_count_is_shown_hidden_or_not_known() -> None:
    record = {"a": 7, "a_suppressed": False, "b": pd.NA, "b_suppressed": True, "c": pd.NA, "c_suppressed": False}
    assert [shown_value(record, name) for name in "abc"] == [7, HIDDEN, None]
    # A frame with one flag per row hides only what is gone: a count that is there may be shown.
    assert shown_value({"n": pd.NA, "suppressed": True}, "n") is HIDDEN
    assert shown_value({"n": 7, "suppressed": True}, "n") == 7


def test_a_flag_hides_even_a_count_that_was_left_in_by_mistake() -> None:
    assert shown_value({"n": 3, "n_suppressed": True}, "n") is HIDDEN


def test_nothing_is_computed_with_a_hidden_count() -> None:
    assert share_of(HIDDEN, 10) is None
    assert share_text(3, HIDDEN) is HIDDEN
    assert interval_text(HIDDEN, HIDDEN) is HIDDEN
    assert difference(HIDDEN, 5) is HIDDEN
    assert difference(None, 5) is None
    with pytest.raises(ValueError, match="not shown"):
        whole(HIDDEN)


@pytest.mark.parametrize(
    ("part", "total", "text"),
    [
        # Wilson by hand: 40 of 267: middle (0.1498 + 3.8415/534)/(1 + 3.8415/267) = 0.1548, reach 0.0425
        (40, 267, "15 % (11–20)"),
        (0, 13, "0 % (0–23)"),  # 3.8415 / (13 + 3.8415) = 0.228
        (13, 13, "100 % (77–100)"),
    ],
)
def test_a_share_stands_with_its_interval(part: int, total: int, text: str) -> None:
    assert plain(str(interval_text(part, total))) == text


def test_there_is_no_share_of_nothing() -> None:
    assert interval_text(0, 0) is None


def test_a_hidden_cell_is_the_sign_in_the_counts_and_in_every_share_of_it(tmp_path: Path) -> None:
    shown = followup.outcomes_by(view_of(tmp_path), "sex")
    assert cells(shown, "Män") == ["144", "110", "15", "..", "..", "6"]
    # 15 + ... to work or study is hidden, so is its share; with training: 21 of 110 exits and of 144 participations:
    # middle (0.1458 + 3.8415/288)/(1 + 3.8415/144) = 0.1550, reach 0.0576
    assert cells(shown, "Män", table=1) == ["..", "..", "..", "21", "19 % (13–27)", "15 % (10–21)"]


def test_every_table_with_a_hidden_cell_has_the_legend_and_no_other_has(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    seen = 0
    for name, arguments in ALL_EXHIBITS:
        for table in soup(getattr(followup, name)(view, *arguments)).select(".scroll"):
            hides = table.select_one("td .hidden-figure") is not None
            note = table.find_next_sibling()
            explained = note is not None and note.get_text().startswith(".. betyder dolt: färre än 5 personer")
            assert hides == explained, table.caption.get_text()
            seen += hides
    assert seen >= 8


def test_a_table_with_nothing_left_to_see_is_a_sentence_with_the_legend(tmp_path: Path) -> None:
    rows = [("", "sex", sex, *[None] * 7, 0, None) for sex in ("woman", "man")]
    frame = pd.concat([OUTCOMES.iloc[:1], outcomes(rows)], ignore_index=True)
    shown = soup(followup.outcomes_by(view_of(tmp_path, outcomes=frame), "sex"))
    assert shown.find("table") is None
    assert "alla tal utom nollor är dolda" in shown.get_text()
    assert ".. betyder dolt" in shown.get_text()


def test_a_table_of_nearly_only_signs_is_a_sentence_that_says_where_the_rest_is(tmp_path: Path) -> None:
    bands = [("under-3", 20), ("3-6", None), ("6-12", None), ("12-24", None), ("24+", None)]  # 4 of 5 hidden
    shown = soup(followup.length(view_of(tmp_path, length=counts_frame(("band",), ("count",), bands))))
    assert shown.find("table") is None
    assert "nästan alla tal är dolda. De som får visas står i tables.xlsx." in shown.get_text()
    # 3 of 4 is not more than three quarters
    shown = soup(followup.length(view_of(tmp_path, length=counts_frame(("band",), ("count",), bands[:4]))))
    assert shown.find("table") is not None


def test_a_long_table_is_closed_under_a_line_that_says_what_it_is(tmp_path: Path) -> None:
    long = [(f"kod {n}", 20 + n, 30 + n) for n in range(13)]
    frames = [counts_frame(("code",), ("before", "after"), rows) for rows in (long[:12], long)]
    short, page = (soup(followup.occupation(view_of(tmp_path, occupation=frame))) for frame in frames)
    assert short.find("details") is None
    assert plain(page.summary.get_text()) == "a. Sysselsättning före och efter, alla år (13 rader)"


def test_the_base_of_a_table_tells_four_numbers_apart_and_says_why_one_is_hidden(tmp_path: Path) -> None:
    table = soup(followup.outcome(view_of(tmp_path)))
    assert plain(table.select_one("caption .scope").get_text()) == (
        "Räknat på 200 avslut. I allt 267 deltaganden, 260 personer och 7 anonyma deltaganden. Sysselsättning efteråt "
        "saknas för 12."
    )
    few = TABLES["participants"].assign(
        persons=pd.NA, persons_suppressed=True, anonymous=pd.NA, anonymous_suppressed=True
    )
    base = soup(followup.outcomes_by(view_of(tmp_path, participants=few), "sex")).select_one("caption .scope")
    assert plain(base.get_text()) == (
        "Underlag: 267 deltaganden, dolt antal personer och dolt antal anonyma deltaganden. Kön saknas för 0. Dolt: få "
        "personer, eller ett tal som tillsammans med andra tal eller en tidigare rapport skulle avslöja få."
    )


def test_a_hidden_whole_is_no_number_in_a_heading(tmp_path: Path) -> None:
    hidden = OUTCOMES.copy()
    hidden.loc[0, "exits"], hidden.loc[0, "exits_suppressed"] = pd.NA, True
    headings = [th.get_text() for th in soup(followup.outcome(view_of(tmp_path, outcomes=hidden))).select("thead th")]
    assert headings[2] == "Andel av avslut"


def test_the_balance_of_the_sexes_is_only_said_from_shown_counts() -> None:
    # 123 of 267 is 46.1 %; 30 of 100 lies outside 40 to 60
    assert plain(balance_sentence(123, 144)).startswith(
        "Kvinnor står för 46 % (95-procentigt intervall 40–52) av 267 deltaganden"
    )
    assert "Det är inom spannet 40 till 60" in balance_sentence(123, 144)
    assert "Det är utanför spannet" in balance_sentence(30, 70)
    assert balance_sentence(HIDDEN, 144) == "Könsfördelningen visas inte: minst ett av talen är dolt."


@pytest.mark.parametrize(
    ("women", "men", "said"),
    [
        (161, 107, "60,1 % "),  # 161 / 268 = 60.07 %: rounded it would stand on the limit that it is outside
        (160, 107, "59,9 % "),  # 160 / 267 = 59.93 %
        (60, 40, "60 % "),  # on the limit, and within
        (1201, 800, "drygt 60 % "),  # 1201 / 2001 = 60.02 %
        (799, 1200, "knappt 40 % "),  # 799 / 1999 = 39.97 %
    ],
)
def test_beside_a_limit_the_share_is_told_so_that_its_side_is_seen(women: int, men: int, said: str) -> None:
    sentence = plain(balance_sentence(women, men))
    assert sentence.startswith(f"Kvinnor står för {said}")
    assert ("inom spannet" in sentence) == (40 * (women + men) <= 100 * women <= 60 * (women + men))


def test_lengths_are_shares_of_the_exits_and_never_of_a_sum_of_partly_hidden_ones(tmp_path: Path) -> None:
    frame = counts_frame(("band",), ("count",), [("under-3", 20), ("3-6", None), ("6-12", 80)])
    # 20 of 200: middle (0.1 + 3.8415/400)/(1 + 3.8415/200) = 0.1075, reach 0.0419
    assert cells(followup.length(view_of(tmp_path, length=frame)), "Under 3 månader") == ["20", "10 % (7–15)"]
    hidden = TABLES["participants"].assign(exits=pd.NA, exits_suppressed=True)
    view = view_of(tmp_path, length=frame, participants=hidden)
    assert cells(followup.length(view), "Under 3 månader") == ["20", ".."]


def test_noughts_are_named_only_where_there_are_any(tmp_path: Path) -> None:
    bands = counts_frame(("band",), ("count",), [("under-3", None), ("3-6", None)])
    text = soup(followup.length(view_of(tmp_path, length=bands))).get_text()
    assert "alla tal är dolda" in text
    assert "nollor är dolda" not in text
