"""Joint interventions in two files: put together, told where they contradict, warned of where starts differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from counting_rows import opened, rows_of
from followup_case import KEY, federation_of, places_of, refused

from portfolj import checking
from portfolj.errors import Reason
from portfolj.exhibits import followup
from portfolj.federation import parse_federation
from portfolj.followup.identity import KEYS_VARIABLE, make_key
from portfolj.followup.near_starts import NEAR_DAYS, starts_soon_again
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp, frame_from_records

HEAD = "Person;Insats;Start;Slut;Kön;Ålder;Sysselsättning efter;Försörjning efter"


def two_files(folder: Path, first: Sequence[str], second: Sequence[str], *, head: str = HEAD) -> None:
    federation_of(folder, {"participations": [head, *first]})
    (folder / "andra.csv").write_text("\n".join([head, *second, ""]), encoding="utf-8")
    settings = (folder / "federation.toml").read_text(encoding="utf-8")
    both = settings.replace('["participations.csv"]', '["participations.csv", "andra.csv"]')
    (folder / "federation.toml").write_text(both, encoding="utf-8")


def read_two(folder: Path, first: Sequence[str], second: Sequence[str], *, head: str = HEAD) -> FollowUp:
    two_files(folder, first, second, head=head)
    text = (folder / "federation.toml").read_text(encoding="utf-8")
    return read_follow_up(parse_federation(text, folder=folder), key=KEY)


def test_rows_that_contradict_are_told_by_cell_in_both_files_and_not_by_what_stands_there(tmp_path: Path) -> None:
    first = ["P1;A;2020-01-01;2020-06-01;Kvinna;30;Arbete;", "P2;A;2020-01-01;;Man;30;Praktik;"]
    second = ["P2;A;2020-01-01;;Man;30;Arbete;", "P1;A;2020-01-01;2020-06-09;Man;30;Arbete;"]
    with refused() as faults:
        read_two(tmp_path, first, second)
    assert set(places_of(faults)) == {
        (file, cell, Reason.ROWS_CONTRADICT)
        for file, cells in {"participations.csv": ("D2", "E2", "G3"), "andra.csv": ("D3", "E3", "G2")}.items()
        for cell in cells
    }
    by_cell = {(fault.file, fault.cell): fault.found for fault in faults}
    assert "kön (se andra.csv, rad 3)" in by_cell["participations.csv", "E2"]
    assert "sysselsättning efter (se participations.csv, rad 3)" in by_cell["andra.csv", "G2"]
    assert not re.search(r"kvinna|praktik|2020|P1", "".join(by_cell.values()), re.IGNORECASE)


def test_a_row_may_say_less_than_another_and_what_both_say_is_kept(tmp_path: Path) -> None:
    # Ages of 29 and 30 lie in bands next to each other: one file may have the year of birth only.
    first = ["P1;A;2020-01-01;;Kvinna;29;;Sjukpenning", "P2;A;2020-01-01;2020;Man;30;Arbete;"]
    second = ["P1;a;2020-01-01;2020-06-01;;30;Arbete;Sjukpenning, lön", "P2;A;2020-01-01;2020-06-01;Man;30;;Lön"]
    found = read_two(tmp_path, first, second).participations
    assert len(found) == 2
    one, two = (found[found["sex"] == sex].iloc[0] for sex in ("woman", "man"))
    assert (one["end"], one["occupation_after"], one["income_after"]) == (
        pd.Timestamp("2020-06-01"), "work", "sickness_benefit;wage",
    )  # fmt: skip
    assert (two["end"], two["occupation_after"], two["income_after"]) == (pd.Timestamp("2020-06-01"), "work", "wage")


def test_ages_two_bands_apart_and_years_that_differ_contradict(tmp_path: Path) -> None:
    head = "Person;Insats;Start;Slutår;Ålder"
    with refused() as faults:
        read_two(tmp_path, ["P1;A;2020-01-01;2021;29"], ["P1;A;2020-01-01;2022;41"], head=head)
    assert {(fault.file, fault.cell) for fault in faults} == {
        (file, cell) for file in ("participations.csv", "andra.csv") for cell in ("D2", "E2")
    }


def test_a_source_marked_in_a_column_of_its_own_is_told_at_such_a_column(tmp_path: Path) -> None:
    head = "Person;Insats;Start;Sjukpenning före;Lön före"
    with refused() as faults:
        read_two(tmp_path, ["P1;A;2020-01-01;x;"], ["P1;A;2020-01-01;;x"], head=head)
    assert [(fault.file, fault.cell) for fault in faults] == [("andra.csv", "D2"), ("participations.csv", "D2")]


def test_a_start_that_differs_by_days_is_counted_and_remarked_on(tmp_path: Path) -> None:
    first = ["P1;A;2020-01-01;;;;;", "P2;A;2020-01-01;;;;;", "P3;A;2020-01-01;;;;;"]
    second = ["P1;A;2020-01-02;;;;;", "P2;A;2020-01-16;;;;;", "P3;B;2020-01-02;;;;;"]  # a day, 15 days, another one
    found = read_two(tmp_path, first, second)
    assert len(found.participations) == 6
    assert places_of(found.remarks) == [("andra.csv", "C2", Reason.START_NEAR)]


@pytest.mark.parametrize(("days", "near"), [(0, True), (1, True), (NEAR_DAYS, True), (NEAR_DAYS + 1, False)])
def test_fourteen_days_are_near(days: int, near: bool) -> None:
    start = pd.Series([pd.Timestamp("2020-03-01"), pd.Timestamp("2020-03-01") + pd.Timedelta(days=days), pd.NaT])
    found = starts_soon_again(pd.Series(["p", "p", "p"]), pd.Series(["A", "a", "A"]), start)
    assert found.tolist() == [False, near, False]
    assert not starts_soon_again(pd.Series(["", "", ""]), pd.Series(["A", "a", "A"]), start).any()


@pytest.mark.parametrize(("number", "told"), [(6, "6"), (3, "..")])
def test_the_page_says_how_many_were_put_together_and_how_many_start_near_another(
    tmp_path: Path, number: int, told: str
) -> None:
    rows = rows_of((60, {}))
    again = rows.participations.iloc[:number].assign(start=pd.Timestamp("2019-01-13"))  # three days after
    aside = [
        {"file": "f", "sheet": "", "row": n, "kind": "participations", "reason": "duplicate_participation"}
        for n in range(number)
    ]
    both = FollowUp(
        participations=pd.concat([rows.participations, again], ignore_index=True),
        set_aside=frame_from_records("set_aside", aside),
    )
    view = opened(both, tmp_path)
    text = " ".join(str(followup.participants(view)).split())
    for row in ("Rader som har lagts ihop", "Start nära en annan"):
        cell = re.search(rf">{row}</th>\s*<td[^>]*>(.*?)</td>", text)
        assert cell is not None
        assert re.sub(r"<[^>]*>", "", cell[1]).split()[0] == told
    # 60 + 6 participations of 60 persons: with the number of those near hidden, that of persons is hidden too.
    persons = view.tables["participants"]["persons"].iloc[0]
    assert (persons is pd.NA) == (number < 5)


def test_without_near_starts_the_page_does_not_speak_of_them(tmp_path: Path) -> None:
    assert "Start nära" not in str(followup.participants(opened(rows_of((60, {})), tmp_path)))


@pytest.mark.parametrize(
    ("joint", "line"),
    [
        (6, "andra.csv: 8 rader = 2 använda + 6 åt sidan (6 rader om deltaganden som står på en annan rad)"),
        (3, "andra.csv: 5 rader, varav åt sidan: färre än 5 rader om deltaganden som står på en annan rad"),
    ],
)
def test_check_says_why_rows_were_set_aside_and_warns_of_near_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, joint: int, line: str
) -> None:
    folder = tmp_path / "data" / "raw" / "prov"
    first = [f"P{n};A;2020-01-01;;;;;" for n in range(20)]
    two_files(folder, first, [*first[:joint], "P10;A;2020-01-05;;;;;", "X;A;2020-01-01;;;;;"])
    monkeypatch.setenv(KEYS_VARIABLE, str(tmp_path / "keys"))
    make_key("prov", data=tmp_path / "data")
    checked = checking.check(folder)
    assert checked.faults == ()
    assert f"  {line}\n" in checked.text
    near = f"andra.csv, cell C{joint + 2}: Samma person började i samma insats högst 14 dagar tidigare"
    assert near in checked.text
    alone = checking.check(folder / "andra.csv").text
    assert line in alone
    assert near in alone
    assert "participations.csv:" not in alone
