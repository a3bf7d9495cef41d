"""The exit counts of IBIS and SSI, as printed, and what is said of those that do not add up."""

from __future__ import annotations

import pandas as pd
import pytest
from case_files import RAR, printed

EXITS = pd.read_csv(RAR / "utfall.csv")
SUMS = EXITS.groupby(["Insats", "Bas"])["Antal"].sum()
NOTES = printed(RAR).set_index(["Insats", "Mått"])


@pytest.mark.parametrize(
    ("intervention", "base", "counts"),
    [
        ("IBIS", "Deltagare", [628, 2, 3, 2, 12]),
        ("IBIS", "Fullföljda", [2, 151, 3, 7, 484]),
        ("SSI", "Deltagare", [40, 0, 4, 23, 3]),
        ("SSI", "Fullföljda", [0, 26, 34]),
    ],
)
def test_the_counts_stand_as_they_are_printed(intervention: str, base: str, counts: list[int]) -> None:
    rows = EXITS[(EXITS["Insats"] == intervention) & (EXITS["Bas"] == base)]
    assert rows["Antal"].to_list() == counts
    assert rows["Tryckt i"].str.contains("2020").all()


@pytest.mark.parametrize(
    ("intervention", "measure", "base", "value", "total", "begins"),
    [
        ("IBIS", "participations", "Deltagare", 647, 647, "Stämmer"),
        ("IBIS", "completed", "Fullföljda", 628, 647, "Motsägelse"),
        ("SSI", "participations", "Deltagare", 60, 70, "Kontrollera"),
        ("SSI", "completed", "Fullföljda", 40, 60, "Motsägelse"),
    ],
)
def test_each_printed_total_has_a_note_on_what_its_parts_sum_to(
    intervention: str, measure: str, base: str, value: int, total: int, begins: str
) -> None:
    row = NOTES.loc[(intervention, measure)]
    assert row["Värde"] == value
    assert SUMS[intervention, base] == total
    assert row["Anmärkning"].startswith(begins)
    assert str(total) in row["Anmärkning"]


def test_with_13_who_dropped_out_of_ssi_the_total_holds_so_23_may_be_a_scan_error() -> None:
    assert SUMS["SSI", "Deltagare"] - 23 + 13 == 60
    note = NOTES.loc[("SSI", "participations"), "Anmärkning"]
    assert "13" in note
    assert "text vi har haft" in note


def test_the_report_tells_how_many_went_to_work_and_studies_and_that_it_does_not_add_up() -> None:
    from portfolj.exhibits.followup.headline import follow_up_sentences
    from portfolj.followup.files import file_tables
    from portfolj.followup.view import open_follow_up
    from portfolj.portfolio.view import open_portfolio

    view = open_follow_up(open_portfolio("rar-sormland"))
    said = [text.replace("\u00a0", " ") for text in follow_up_sentences(view)]
    # 151 / 647 is 23,3 %, and 26 / 60 is 43,3 %.
    ibis, ssi = (next(text for text in said if text.startswith(name)) for name in ("IBIS", "SSI"))
    assert "2 av 647 med redovisat utfall (under 1 %) gick till arbete och 151 (23 %) till studier." in ibis
    assert "Utan att fullfölja gick 2 till arbete och 3 till studier; om de ingår i de 647 framgår inte." in ibis
    assert ibis.endswith("Antalen är tryckta.")
    assert "fullföljde 628, så talen går inte ihop" in ibis
    assert "26 (43 %) till studier" in ssi
    assert "Av 40 är 26 till studier 65 %." in ssi  # 26 / 40
    file = file_tables(view)["outcomes"].set_index(["intervention", "group"])
    assert file.loc[("IBIS", "all"), ["participations", "exits", "to_work", "to_study"]].tolist() == [647, 647, 2, 151]
    assert file.loc[("IBIS", "all"), "share_work_or_study"] == round((2 + 151) / 647, 4)


def test_the_federation_follows_up_exits_and_no_persons() -> None:
    from portfolj.federation import load_federation

    settings = load_federation(RAR).followup
    assert settings.files == {"exits": ["utfall.csv"], "published": ["tryckt_uppfoljning.csv"]}
    assert set(EXITS["Insats"]) == {"IBIS", "SSI"}
