"""Tables made from entries that were added up once are the tables that counting entry by entry gives, to the öre."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.ledger import SUMMED_BY, read_columns_of, summed
from portfolj.places import Places
from portfolj.portfolio import open_portfolio, tables
from portfolj.portfolio.scope import by_part, by_year, in_portfolio, with_parts
from small_ledger import FEDERATION, portfolio_of, row

Entry = tuple[str, int | None, int | None, str, str]  # intervention, year, öre, type, financing
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.sampled_from([None, 2014, 2015, 2016]),
        st.one_of(st.none(), st.integers(-(10**9), 10**11)),
        st.sampled_from(["granted", "paid", "returned"]),
        st.sampled_from(["Finsam", "ESF", "EU", "other"]),
    ),
    min_size=1,
    max_size=40,
)
PERIODS = st.sampled_from([None, (2014, 2014), (2014, 2015)])
INTERVENTIONS = pd.DataFrame({"intervention_key": list("abcde"), "name": list("ABCDE")})


def frame_of(entries: list[Entry]) -> pd.DataFrame:
    rows = [(key, year, None if ore is None else ore / 100, kind, money) for key, year, ore, kind, money in entries]
    frame = pd.DataFrame(rows, columns=["intervention_key", "year", "amount_sek", "entry_type", "financing"])
    types = {"year": "Int64", "amount_sek": "float64", "entry_type": "str", "financing": "str"}
    return frame.astype({"intervention_key": "str", **types})


def counted(entries: list[Entry], period: tuple[int, int] | None) -> dict[tuple[int | None, str], tuple[int, int, int]]:
    """Year and financing -> interventions, öre, entries without an amount; one entry after another, in whole öre."""
    with_grants = {key for key, _, _, kind, _ in entries if kind == "granted"}
    found: dict[tuple[int | None, str], tuple[set[str], list[int], int]] = {}
    for key, year, ore, kind, money in entries:
        outside = period is not None and year is not None and not period[0] <= year <= period[1]
        if outside or (kind != "granted" and key in with_grants):
            continue
        keys, amounts, missing = found.get((year, money), (set(), [], 0))
        known = kind == "granted" and ore is not None
        own = [ore] if known and ore is not None else []
        found[year, money] = (keys | {key}, [*amounts, *own], missing + (not known))
    return {place: (len(keys), sum(amounts), missing) for place, (keys, amounts, missing) in found.items()}


@given(ENTRIES, PERIODS)
def test_the_table_of_years_is_what_counting_entry_by_entry_gives(
    entries: list[Entry], period: tuple[int, int] | None
) -> None:
    table = by_year(with_parts(summed(frame_of(entries)), period=period), period=period)
    columns = ("year", "financing", "count", "granted_sek", "without_amount")
    told = {
        (None if pd.isna(year) else int(year), money): (count, 0 if pd.isna(sek) else round(sek * 100), missing)
        for year, money, count, sek, missing in zip(*(table[name] for name in columns), strict=True)
    }
    assert told == counted(entries, period)


@given(ENTRIES, PERIODS)
def test_sums_and_single_entries_give_the_same_portfolio_and_the_same_parts(
    entries: list[Entry], period: tuple[int, int] | None
) -> None:
    rows = frame_of(entries)
    singly, together = with_parts(rows, period=period), with_parts(summed(rows), period=period)
    pd.testing.assert_frame_equal(by_part(singly), by_part(together))
    pd.testing.assert_frame_equal(by_year(singly, period=period), by_year(together, period=period))
    for part in ("counted", "undated", "external"):
        one, other = (in_portfolio(INTERVENTIONS, each, part=part) for each in (singly, together))
        pd.testing.assert_frame_equal(one, other)


def in_order(sums: pd.DataFrame) -> pd.DataFrame:
    return sums.sort_values(list(SUMMED_BY)).reset_index(drop=True)


def drawn(many: int) -> pd.DataFrame:
    draw = np.random.default_rng(7)
    years = [None if n == 9 else 2010 + int(n) for n in draw.integers(0, 10, many)]
    amounts = [None if n < 0 else int(n) for n in draw.integers(-(10**8), 10**10, many)]
    kinds = draw.choice(["granted", "paid", "returned"], many).tolist()
    money = draw.choice(["Finsam", "ESF"], many).tolist()
    keys = [f"insats {n}" for n in draw.integers(0, 50, many)]
    return frame_of(list(zip(keys, years, amounts, kinds, money, strict=True)))


def test_a_file_of_entries_is_summed_as_the_entries_are(tmp_path: Path) -> None:
    rows = drawn(2_000)
    rows.assign(description="en text som ingen frågar efter").to_parquet(tmp_path / "rows.parquet", row_group_size=300)
    read = read_columns_of(tmp_path / "rows.parquet", [*SUMMED_BY, "amount_sek"])
    assert list(read) == [*SUMMED_BY, "amount_sek"]
    assert isinstance(read["intervention_key"].dtype, pd.CategoricalDtype)
    pd.testing.assert_frame_equal(in_order(summed(read)), in_order(summed(rows)))


def test_many_combinations_of_which_few_occur_are_summed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = drawn(500)  # 50 interventions x 10 years x 3 types x 2 kinds of money are 3,000 places
    expected = in_order(summed(rows))
    monkeypatch.setattr("portfolj.ledger.entry_sums._SPARE", 0)
    pd.testing.assert_frame_equal(in_order(summed(rows)), expected)


def test_sums_beyond_what_floats_hold_are_exact() -> None:
    # Three times 9 * 10^13 kr and an öre: 27 000 000 000 000 001 öre is odd and above 2^53, so it is no float.
    rows = frame_of([("a", 2014, 9 * 10**15, "granted", "Finsam")] * 3 + [("a", 2014, 1, "granted", "Finsam")])
    assert summed(rows)["ore"].tolist() == [27 * 10**15 + 1]


def test_a_ledger_too_long_to_be_read_entry_by_entry_gives_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(str(n), f"Insats {n}", applicant="Flens kommun", group="Unga", amount=f"{n}00,25") for n in range(1, 9)]
    portfolio_of([*rows, row("1", "Insats 1", amount="7", year="2018")], tmp_path)
    places = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)
    whole = open_portfolio(FEDERATION, places=places)
    monkeypatch.setattr("portfolj.prepare.MANY_ROWS", 3)
    long = open_portfolio(FEDERATION, places=places)
    assert isinstance(long.prepared.kept, Path)
    assert not isinstance(whole.prepared.kept, Path)
    for table in (tables.owner, tables.target_group, tables.orientation, tables.year):
        pd.testing.assert_frame_equal(table(long), table(whole))
    pd.testing.assert_frame_equal(long.entries, whole.entries)
    assert tables.reconciliations(long) == tables.reconciliations(whole)
