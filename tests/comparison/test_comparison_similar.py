"""Likeness by hand: three municipalities on a line, ties, years and what is left out."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from portfolj.comparison.kolada.answers import VALUE_COLUMNS, AnswerUnreadable, read_answers
from portfolj.comparison.kolada.compared import compared_of
from portfolj.comparison.kolada.indicators import same_title, shipped_indicators
from portfolj.comparison.kolada.similar import nearest
from portfolj.federation.comparison import DEFAULT_SHOWN, DEFAULT_SIMILAR_BY, ComparisonSettings


def values(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame([(*row, "") for row in rows], columns=list(VALUE_COLUMNS))


FOUR = values(
    *(("A", code, 2024, float(value)) for code, value in (("01", 10), ("02", 12), ("03", 6), ("04", 20))),
    *(("B", code, 2024, float(value)) for code, value in (("01", 1), ("02", 3), ("03", 1), ("04", 3))),
)
ALL = ("01", "02", "03", "04")


def test_the_distance_by_hand() -> None:
    found = nearest(FOUR, own=["01"], municipalities=ALL, indicators=["A", "B"], count=2)
    # A: mean 12, variance (4 + 0 + 36 + 64) / 4 = 26. B: mean 2, variance 1. To 02: sqrt(4/26 + 4), to 03: sqrt(16/26).
    pairs = found.table.drop_duplicates("similar")[["similar", "rank", "distance"]].to_dict("records")
    assert [pair["similar"] for pair in pairs] == ["03", "02"]
    assert pairs[0]["distance"] == pytest.approx(math.sqrt(16 / 26))
    assert pairs[1]["distance"] == pytest.approx(math.sqrt(4 / 26 + 4))
    # Each row can be followed: the distance is made of its differences, and they of values, mean and deviation.
    for _, rows in found.table.groupby("similar"):
        assert math.sqrt((rows["difference_sd"] ** 2).sum()) == pytest.approx(rows["distance"].iloc[0])
        assert ((rows["value"] - rows["own_value"]) / rows["sd"]).tolist() == pytest.approx(
            rows["difference_sd"].tolist()
        )


def test_equally_near_ones_stand_by_their_codes() -> None:
    frame = values(*(("A", code, 2024, value) for code, value in (("05", 1.0), ("03", 2.0), ("04", 0.0))))
    found = nearest(frame, own=["05"], municipalities=["03", "04", "05"], indicators=["A"], count=2)
    assert found.table["similar"].tolist() == ["03", "04"]


def test_ones_own_are_never_similar() -> None:
    found = nearest(FOUR, own=["01", "03"], municipalities=ALL, indicators=["A", "B"], count=3)
    assert found.codes == ("02", "04")


def test_the_latest_year_that_all_own_have_everything() -> None:
    later = values(("A", "01", 2025, 1.0), ("B", "01", 2025, 1.0), ("A", "02", 2025, 1.0))
    found = nearest(pd.concat([FOUR, later]), own=["01"], municipalities=ALL, indicators=["A", "B"], count=1)
    assert (found.year, found.compared) == (2024, 4)


def test_an_indicator_that_is_the_same_everywhere_tells_nothing() -> None:
    flat = values(*(("C", code, 2024, 5.0) for code in ALL))
    found = nearest(pd.concat([FOUR, flat]), own=["01"], municipalities=ALL, indicators=["A", "C"], count=1)
    assert found.constant == ("C",)
    assert found.table["similar"].iloc[0] == "02"


def test_regions_and_the_nation_are_never_similar() -> None:
    more = values(("A", "0000", 2024, 10.0), ("B", "0000", 2024, 1.0))
    found = nearest(pd.concat([FOUR, more]), own=["01"], municipalities=ALL, indicators=["A", "B"], count=9)
    assert found.compared == 4
    assert "0000" not in found.codes


@pytest.mark.parametrize(
    ("own", "indicators", "word"),
    [(["01"], [], "inget av nyckeltalen"), ([], ["A"], "ingen av förbundets"), (["09"], ["A"], "inget år")],
)
def test_why_nobody_is_similar_is_said(own: list[str], indicators: list[str], word: str) -> None:
    found = nearest(FOUR, own=own, municipalities=ALL, indicators=indicators, count=1)
    assert word in found.why_none


def cell(indicator: str, code: str, value: float) -> dict[str, object]:
    part = {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False}
    return {"kpi": indicator, "municipality": code, "period": 2024, "values": [part]}


def test_the_federations_mean_is_weighted_by_inhabitants() -> None:
    from datetime import UTC, datetime

    from portfolj.comparison.kolada.cache import Kept

    titles = {each: indicator.title for each, indicator in shipped_indicators().items()}
    asked = ("N31008", "N31814", "N01951")
    cells = [cell("N31008", "01", 100), cell("N31008", "02", 200), cell("N31814", "01", 1), cell("N31814", "02", 3),
             cell("N01951", "01", 3000), cell("N01951", "02", 1000)]  # fmt: skip
    answers = (
        ("/kpi/x", {"values": [{"id": each, "title": titles[each]} for each in asked]}),
        ("/municipality", {"values": [{"id": c, "title": c, "type": "K"} for c in ("01", "02")]}),
        ("/data/kpi/N31008,N31814,N01951/municipality/01,02/year/2024", {"values": cells}),
    )
    settings = ComparisonSettings.model_construct(
        municipalities=["01", "02"], indicators=["N31008", "N31814"], similar_by=["N01951"]
    )
    compared = compared_of(settings, Kept("x", datetime.now(UTC), answers))
    means = compared.summary.set_index("indicator")["own_mean"]
    assert means["N31008"] == (3000 * 100 + 1000 * 200) / 4000 == 125
    assert math.isnan(means["N31814"])  # a share of those who receive support is not one of all inhabitants


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"gender": "K", "value": 1.0}], (None, "no_value")),
        ([{"gender": "T", "value": None}], (None, "no_value")),
        ([{"gender": "T", "value": 2, "isdeleted": True}], (None, "deleted")),
        ([{"gender": "M", "value": 1.0}, {"gender": "T", "value": 0, "isdeleted": False}], (0.0, "")),
        ([{"gender": "T", "value": float("nan")}], (None, "no_value")),
    ],
)
def test_the_value_of_women_and_men_together(parts: list[dict[str, object]], expected: tuple[object, str]) -> None:
    body = {"values": [{"kpi": "N1", "municipality": "0001", "period": 2024, "values": parts}]}
    row = read_answers([("/data/kpi/N1/year/2024", body)]).values.iloc[0]
    assert (None if pd.isna(row["value"]) else row["value"], row["missing"]) == expected


def test_a_value_that_is_no_number_is_refused() -> None:
    parts = [{"gender": "T", "value": "12"}]
    body = {"values": [{"kpi": "N1", "municipality": "0001", "period": 2024, "values": parts}]}
    with pytest.raises(AnswerUnreadable, match="inget tal"):
        read_answers([("/data/kpi/N1/year/2024", body)])


def test_a_title_may_differ_in_spaces_and_capitals_only() -> None:
    assert same_title("Invånare  totalt, antal", "invånare totalt, antal.")
    assert not same_title("Invånare totalt, antal", "Invånare totalt, andel (%)")


def test_every_indicator_chosen_without_asking_ships_with_its_title() -> None:
    assert {*DEFAULT_SHOWN, *DEFAULT_SIMILAR_BY} <= set(shipped_indicators())
