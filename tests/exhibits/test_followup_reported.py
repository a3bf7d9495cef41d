"""What is shown of interventions that only report counts, and of what does not add up in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup
from follow_up_views import EXITS, PUBLISHED, costs, counts_frame, view_of

from portfolj.exhibits import followup
from portfolj.exhibits.followup.headline import follow_up_sentences
from portfolj.exhibits.followup.sheets import sheets
from portfolj.exhibits.markup import Html
from portfolj.followup.view import FollowUpView

KEYS = ("intervention", "group", "category", "years")
COUNTS = ("participations", "exits", "to_work", "to_study", "to_training")


def reported(rows: list[tuple[object, ...]], **more: list[object]) -> pd.DataFrame:
    """Rows of KEYS and COUNTS, None where hidden; the rest as given, missing where not."""
    frame = counts_frame(KEYS, COUNTS, rows)
    frame["to_training_suppressed"] = False
    for name in ("least_work_or_study", "most_work_or_study", "granted_sek", "cost_per_participation_sek"):
        frame[name] = pd.Series(more.get(name, [pd.NA] * len(frame)), dtype="Float64")
    return frame


def view(folder: Path, rows: list[tuple[object, ...]], **more: list[object]) -> FollowUpView:
    return view_of(folder, kinds=["counts"], reported=reported(rows, **more), outcomes=pd.DataFrame(),
                   contradictions=pd.DataFrame(), participants=pd.DataFrame(), exits=pd.DataFrame(),
                   cost=pd.DataFrame())  # fmt: skip


def text_of(shown: Html) -> str:
    return " ".join(BeautifulSoup(shown._repr_html_(), "html.parser").get_text(" ").split()).replace("\u00a0", " ")


def figures(shown: Html, first: str) -> list[str]:
    page = BeautifulSoup(shown._repr_html_(), "html.parser")
    row = next(r for r in page.select("tbody tr") if r.select_one("th, td").get_text(strip=True) == first)
    return [" ".join(c.get_text(" ").split()).replace("\u00a0", " ") for c in row.select("td")][-7:]


ONE: list[tuple[object, ...]] = [
    ("", "all", "all", 1, 90, 60, 15, 12, None),
    ("", "intervention", "Insats", 1, 90, 60, 15, 12, None),
    ("", "sex", "woman", 1, 30, 20, 5, 6, None),
    ("", "sex", "man", 1, 60, 40, 10, 6, None),
]
BOUNDS: dict[str, list[object]] = {
    "least_work_or_study": [15, 15, 6, 10], "most_work_or_study": [27, 27, 11, 16]
}  # fmt: skip


def test_the_headline_tells_work_and_study_of_a_named_whole_and_that_they_may_overlap(tmp_path: Path) -> None:
    # 15 / 60 is 25 %, 12 / 60 is 20 %; together 15 to 27 of 60: 25 to 45 %.
    (said,) = [text for text in follow_up_sentences(view(tmp_path, ONE, **BOUNDS)) if text.startswith("Insats")]
    assert said.replace("\u00a0", " ") == (
        "Insats: 15 av 60 avslut (25 %) gick till arbete och 12 (20 %) till studier, tillsammans mellan 25 % och 45 %, "
        "för att det inte är redovisat hur många som gjorde båda."
    )


def test_a_share_that_is_only_known_to_lie_between_two_stands_as_both_with_the_widest_interval(tmp_path: Path) -> None:
    # Wilson: 15 of 60 from 15,8 to 37,2 %; 27 of 60 from 33,1 to 57,5 %.
    row = figures(followup.reported(view(tmp_path, ONE, **BOUNDS)), "Insats")
    assert row == ["90", "60", "15", "25 % (16–37)", "12", "20 % (12–32)", "25–45 % (16–58)"]


def test_nothing_is_said_of_what_is_hidden(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(*row[:6], None, *row[7:]) for row in ONE]
    made = view(tmp_path, rows)
    row = figures(followup.reported(made), "Insats")
    assert [row[n].startswith("..") for n in (2, 3, 6)] == [True] * 3
    assert "arbete" not in " ".join(text for text in follow_up_sentences(made) if text.startswith("Insats"))
    assert "inte redovisat" not in text_of(followup.headline(made))


def test_women_of_thirty_and_men_of_sixty_are_outside_the_band(tmp_path: Path) -> None:
    # 30 of 90 are 33 %; 36 of 90 are just 40,0 %.
    assert "Kvinnor är 33 % av 90 kvinnor och män" in text_of(followup.reported_balance(view(tmp_path, ONE)))
    assert "utanför spannet 40 till 60 %" in text_of(followup.reported_balance(view(tmp_path, ONE)))
    even = [*ONE[:2], ("", "sex", "woman", 1, 36, 20, 5, 6, None), ("", "sex", "man", 1, 54, 40, 10, 6, None)]
    assert "Kvinnor är 40,0 % av" in text_of(followup.reported_balance(view(tmp_path, even)))


def test_the_nation_stands_beside_and_cost_where_it_is_known(tmp_path: Path) -> None:
    text = text_of(followup.reported_national(view(tmp_path, ONE, **BOUNDS)))
    assert "Räknat på 60 avslut. I allt 90 deltagare." in text
    assert "25–45 % (16–58)" in text
    assert "Andel av 60 avslut i insatser som bara redovisar antal." in text
    assert "2017 31 %" in text
    priced = view(tmp_path, ONE, granted_sek=[None, 900_000, None, None],
                  cost_per_participation_sek=[None, 10_000, None, None])  # fmt: skip
    assert "90 900 000 kr 10 000 kr" in text_of(followup.reported_cost(priced))
    assert "går det inte att säga" in text_of(followup.reported_cost(view(tmp_path, ONE)))


def test_contradictions_in_counts_are_told_in_plain_words_and_without_hidden_numbers(tmp_path: Path) -> None:
    columns = ("intervention", "year", "rule", "sex", "measure", "other", "first", "second", "impossible")
    odd = pd.DataFrame([
        ("Steget", 2022, "within", "man", "ended", "participants", 90, 40, True),
        ("Vägen in", 2022, "parts_under", "all", "participants", "participants", 55, 60, False),
        ("Lilla", 2022, "within", "man", "to_work", "ended", None, None, True),
    ], columns=columns)  # fmt: skip
    own = {"intervention": "Ung", "what": "completed", "parts": 3, "sum": 47.0, "total": 41.0, "difference": 6.0,
           "unit": "persons", "maybe_read_as": "", "printed": False}  # fmt: skip
    made = view_of(tmp_path, count_contradictions=odd, contradictions=pd.DataFrame([own]), published=PUBLISHED[:0])
    page = BeautifulSoup(followup.contradictions(made)._repr_html_(), "html.parser")
    assert [item.get_text().replace("\u00a0", " ") for item in page.select("li")] == [
        "Steget 2022, män: 90 avslutade, men bara 40 deltagare.",
        "Vägen in 2022: könen är tillsammans 55 deltagare, men totalen är 60. Det går ihop bara om kön saknas för 5.",
        "Lilla 2022, män: fler till arbete än avslutade. Talen är dolda.",
        "Ung: redovisat är 41 för dem som fullföljt, men utfallen är tillsammans 47.",
    ]


def test_that_figures_add_up_is_only_said_of_figures_that_were_compared(tmp_path: Path) -> None:
    alone = PUBLISHED[PUBLISHED["verdict"] == "not_comparable"]
    none = {"contradictions": pd.DataFrame(), "counts": pd.DataFrame()}
    text = text_of(followup.contradictions(view_of(tmp_path, published=alone, exits=EXITS[1:], **none)))
    assert text.startswith("Inga siffror går att jämföra")
    compared = text_of(followup.contradictions(view_of(tmp_path, published=alone, exits=EXITS, **none)))
    assert compared == "De redovisade antalen går ihop, så långt de går att jämföra."


def test_the_workbook_has_the_sums_of_what_was_only_reported_as_counts(tmp_path: Path) -> None:
    sheet = next(each for each in sheets(view(tmp_path, ONE, **BOUNDS)) if each.name == "Redovisade utfall")
    row = sheet.frame[sheet.frame["Kategori"] == "Insats"].iloc[0]
    # 15 of 60 is 0.25 and 12 of 60 is 0.2
    assert (row["Deltagare, räknade varje år"], row["Avslut"], row["Arbete eller studier, mest"]) == (90, 60, 27)
    assert (row["Andel till arbete, av avslut"], row["Andel till studier, av avslut"]) == (0.25, 0.2)


def test_what_was_not_reported_is_no_hidden_figure_beside_hidden_exits(tmp_path: Path) -> None:
    rows = reported(ONE)
    women = rows["category"] == "woman"
    rows.loc[women, ["exits", "to_work", "to_study"]] = pd.NA
    rows.loc[women, "exits_suppressed"] = True
    made = view_of(tmp_path, kinds=["counts"], reported=rows, outcomes=pd.DataFrame())
    assert figures(followup.reported_sums(made), "Kön: kvinnor")[2:] == ["–"] * 5


def test_work_alone_is_not_held_against_the_nations_work_or_studies(tmp_path: Path) -> None:
    rows = reported(ONE).assign(to_study=pd.array([pd.NA] * 4, dtype="Int64"))
    shown = followup.reported_national(view_of(tmp_path, kinds=["counts"], reported=rows, outcomes=pd.DataFrame()))
    assert "25 %" not in text_of(shown)  # 15 / 60 went to work
    assert 'class="absent"' in shown._repr_html_()


def test_the_nations_figures_stand_once_on_a_page_that_has_rows_too(tmp_path: Path) -> None:
    both = view_of(tmp_path, reported=reported(ONE, **BOUNDS))
    assert "Hela landet" in text_of(followup.national(both))
    shown = text_of(followup.reported_national(both))
    assert "25–45 % (16–58)" in shown
    assert "Hela landet" not in shown


def test_that_no_cost_can_be_told_is_not_said_above_costs(tmp_path: Path) -> None:
    paid = costs(("SSI", "ESF", 900_000.0, 1, 0, "exits", 90, 10_000.0))  # 900 000 / 90
    yearly = view_of(tmp_path, reported=reported(ONE), cost=paid)
    assert text_of(followup.reported_cost(yearly)) == (
        "För insatser som bara redovisar antal per år går kostnaden inte att räkna."
    )
    of_exits = view_of(tmp_path, reported=reported([(*row[:3], 0, *row[4:]) for row in ONE]), cost=paid)
    assert 'class="absent"' in followup.reported_cost(of_exits)._repr_html_()
    assert "Per deltagare" in text_of(followup.cost(of_exits))


def test_sums_by_sex_say_who_is_in_none_of_them(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("", "all", "all", 1, 95, 60, 15, 12, None),
        ("", "sex", "woman", 1, 30, 20, 5, 6, None),
        ("", "sex", "man", 1, 40, 40, 10, 6, None),
        ("", "owner", "myndighet", 1, 95, 60, 15, 12, None),
        ("", "owner", "Arbetsförmedlingen", 1, 95, 60, 15, 12, None),
        ("Ung", "all", "all", 0, 19, 10, 5, 2, None),
        ("Vägen", "all", "all", 1, 76, 50, 10, 10, None),
        ("Vägen", "sex", "woman", 1, 30, 20, 5, 6, None),
        ("Vägen", "sex", "man", 1, 40, 40, 10, 6, None),
    ]
    shown = text_of(followup.reported_sums(view(tmp_path, rows)))
    assert "Ung har inte kön; 6 i Vägen är inte redovisade som kvinnor eller män." in shown  # 76 - 30 - 40
    assert "Huvudman: Arbetsförmedlingen" in shown
    hidden = [*rows[:-1], (*rows[-1][:4], None, *rows[-1][5:])]
    assert "i Vägen är inte" not in text_of(followup.reported_sums(view(tmp_path, hidden)))
    assert "i Vägen är inte" not in text_of(followup.reported_sums(view(tmp_path, rows[:-1])))  # men not reported


def test_printed_counts_are_told_to_be_so_and_only_rows_that_are_printed_are(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("", "all", "all", 0, 70, 70, 0, 4, None),
        ("", "intervention", "SSI", 0, 70, 70, 0, 4, None),
    ]
    part = EXITS.assign(printed_in=["Genomlysning", "", "", "", ""])
    made = view_of(tmp_path, kinds=["exits"], reported=reported(rows), outcomes=pd.DataFrame(), exits=EXITS)
    assert "Antal för SSI är tryckta i Genomlysning" in text_of(followup.reported(made))
    mixed = view_of(tmp_path, kinds=["exits"], reported=reported(rows), outcomes=pd.DataFrame(), exits=part)
    shown = text_of(followup.exit_counts(mixed))
    assert "Antal (tryckt)" not in shown
    assert "visas som det trycktes: fullföljde." in shown
    assert "Underlag: 70 redovisade utfall." in shown  # 40 + 0 + 4 + 23 + 3


def test_a_hidden_number_of_participants_is_said_to_be_hidden(tmp_path: Path) -> None:
    rows = [(*row[:4], None, *row[5:]) for row in ONE]
    shown = text_of(followup.reported(view(tmp_path, rows)))
    assert "Räknat på 60 avslut. Antalet deltagare är dolt." in shown
