"""A sample to code twice: how it is drawn, what it weighs, and what the coders' workbooks show and hide."""

from __future__ import annotations

import io
import math
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.agreement import draw_sample, sample_federation
from portfolj.agreement.columns import STRATUM, WEIGHT, answer_headings
from portfolj.agreement.sample import FEWEST_SEATS, LEAST_SEATS, Stratum, allocate, rarest_codes, strata_of
from portfolj.agreement.sample_file import CODERS, SAMPLE_SHEET, About, write_sample
from portfolj.coding import load_codebook
from portfolj.coding.choices import choices
from portfolj.errors import PortfoljError
from portfolj.federation import known_federation
from portfolj.places import Places
from portfolj.prepare import prepare


def interventions(count: int) -> pd.DataFrame:
    """Many of the municipalities' for young people, few of others."""
    rare = {7: ("lsg", "missbruk"), 20: ("region", "unga"), 21: ("region", "unga;psykisk_ohalsa")}
    codes = [rare.get(number, ("kommun", "unga")) for number in range(count)]
    return pd.DataFrame(
        {
            "intervention_key": [f"k{number:03d}" for number in range(count)],
            "name": [f"Insats {number}" for number in range(count)],
            "applicant": None,
            "description": "=1+1",
            "owner": [owner for owner, _ in codes],
            "target_groups": [groups for _, groups in codes],
            "orientation": ["individinriktad" if number % 3 else "strukturpaverkande" for number in range(count)],
        }
    )


@given(st.integers(1, 120), st.integers(1, 80), st.integers(0, 5))
def test_n_different_rows_are_drawn_or_all_and_weights_sum_to_the_population(count: int, n: int, seed: int) -> None:
    sample = draw_sample(interventions(count), n=n, seed=seed)
    assert len(sample) == min(n, count)
    assert sample["key"].is_unique
    assert sample["weight"].sum() == pytest.approx(count)
    assert (sample["weight"] >= 1).all()
    assert sample.groupby("stratum")["weight"].nunique().eq(1).all()
    if n >= count:
        assert set(sample["weight"]) == {1.0}


def test_the_same_numbers_draw_the_same_sample_whatever_the_order_of_the_rows() -> None:
    rows = interventions(60)
    first = draw_sample(rows, n=20, seed=1)
    pd.testing.assert_frame_equal(first, draw_sample(rows.sample(frac=1, random_state=3), n=20, seed=1))
    assert list(first["key"]) != list(draw_sample(rows, n=20, seed=2)["key"])
    assert list(first["key"]) != sorted(first["key"])


def test_an_intervention_belongs_to_the_rarest_of_its_codes() -> None:
    rows = interventions(60)
    codes = rarest_codes(rows)
    assert codes[7] == ("owner", "lsg")  # as rare as missbruk; the owner comes first
    assert codes[20] == ("owner", "region")
    assert codes[21] == ("target_groups", "psykisk_ohalsa")
    assert codes[3] == ("orientation", "strukturpaverkande")
    assert Counter(codes)["orientation", "individinriktad"] == 40 - 2  # all of them but 7 and 20, which are rarer


def test_rare_codes_are_drawn_more_often_than_common_ones() -> None:
    rows = interventions(300)
    drawn = [set(draw_sample(rows, n=40, seed=seed)["key"]) for seed in range(30)]
    rare = sum(len(keys & {"k007", "k020", "k021"}) for keys in drawn) / (3 * len(drawn))
    assert rare > 3 * 40 / 300  # without strata each of them would come in 40 samples of 300


def test_the_weighted_sample_estimates_the_share_of_the_population() -> None:
    # 3 of 60 have a rare owner, 5 %. One sample has them too often; the weights put it right on the average.
    rows = interventions(60).set_index("intervention_key")
    shares, plain = [], []
    for seed in range(100):
        sample = draw_sample(rows.reset_index(), n=20, seed=seed)
        is_rare = rows.loc[list(sample["key"]), "owner"].ne("kommun").to_numpy()
        shares.append(sample["weight"][is_rare].sum() / sample["weight"].sum())
        plain.append(is_rare.mean())
    assert sum(shares) / len(shares) == pytest.approx(3 / 60, abs=0.006)
    assert sum(plain) / len(plain) > 1.5 * 3 / 60


def test_seats_go_by_the_square_root_of_the_size() -> None:
    # Roots 10, 4, 2: of 16 seats 10, 4 and 2.
    strata = [Stratum(range(size), math.sqrt(size)) for size in (100, 16, 4)]
    assert allocate(strata, n=16) == [10, 4, 2]
    assert allocate(strata, n=3) == [1, 1, 1]
    assert allocate(strata, n=200) == [100, 16, 4]


def test_codes_too_rare_for_a_stratum_of_their_own_are_drawn_together() -> None:
    # Roots 10, 3, 2, 1 sum to 16. Of 16 seats the first claims 10, the others 6 together; of 8 seats 5 and 3; of 5
    # seats the others would claim less than two.
    codes = [("owner", name) for name, size in (("a", 100), ("b", 9), ("c", 4), ("d", 1)) for _ in range(size)]
    assert [(len(stratum.places), stratum.claim) for stratum in strata_of(codes, n=16)] == [(100, 10), (14, 6)]
    assert [len(stratum.places) for stratum in strata_of(codes, n=8)] == [100, 14]
    assert [len(stratum.places) for stratum in strata_of(codes, n=5)] == [114]
    assert (LEAST_SEATS, FEWEST_SEATS) == (5, 2)


@pytest.mark.parametrize("n", [0, -3])
def test_fewer_than_one_cannot_be_drawn(n: int) -> None:
    with pytest.raises(PortfoljError, match=r"minst 1"):
        draw_sample(interventions(5), n=n, seed=1)


def test_nothing_cannot_be_drawn_from() -> None:
    with pytest.raises(PortfoljError, match="inga insatser"):
        draw_sample(interventions(0), n=5, seed=1)


def test_the_frame_given_is_left_as_it_was() -> None:
    rows = interventions(9)
    before = rows.copy()
    draw_sample(rows, n=3, seed=1)
    pd.testing.assert_frame_equal(rows, before)


def test_personal_numbers_are_masked_in_every_text() -> None:
    rows = interventions(3).assign(intervention_key=["811228-9874", "b", "c"], name="Anna 19811228-9874")
    sample = draw_sample(rows, n=3, seed=1)
    assert "9874" not in sample.to_csv()
    assert "[personnummer borttaget]" in set(sample["key"])


def written(folder: Path, count: int = 12) -> list[Path]:
    sample = draw_sample(interventions(count), n=count, seed=1)
    about = About("Förbundet", ("12 av 12.",))
    return write_sample(sample, folder, stem="urval", about=about, codebook=load_codebook())


def test_each_coder_has_a_file_with_the_same_rows_and_columns_of_their_own(tmp_path: Path) -> None:
    paths = written(tmp_path)
    assert [path.name for path in paths] == [f"urval-{coder}.xlsx" for coder in CODERS]
    sheets = [openpyxl.load_workbook(path)[SAMPLE_SHEET] for path in paths]
    keys = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in sheets]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 12
    for sheet, coder in zip(sheets, CODERS, strict=True):
        headings = [cell.value for cell in sheet[1]]
        assert headings == ["Nyckel", "Insats", "Beskrivning", *answer_headings(coder), STRATUM, WEIGHT]


def test_the_answers_are_empty_and_chosen_from_lists_of_the_codebooks_words(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path)[0])
    sheet, codes = book[SAMPLE_SHEET], book["Koder"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    lists = {}
    for validation in sheet.data_validations.dataValidation:
        _, _, place = validation.formula1.partition("!")
        (cells,) = validation.sqref.ranges
        lists[cells.min_col] = [cell.value for (cell,) in codes[place.replace("$", "")]]
        assert (cells.min_row, cells.max_row) == (2, 13)
    for heading, dimension in answer_headings("kodare1").items():
        column = headings[heading]
        assert [sheet.cell(row, column).value for row in range(2, 14)] == [None] * 12
        if dimension != "note":
            assert lists[column] == list(choices(load_codebook(), dimension))


def test_a_coders_file_shows_nothing_of_what_the_machine_said(tmp_path: Path) -> None:
    # The machine's words for an owner that no text says; the sheet of codes lists them all, for every row alike.
    for path in written(tmp_path):
        book = openpyxl.load_workbook(path)
        values = {
            str(cell) for row in book[SAMPLE_SHEET].iter_rows(min_row=2, values_only=True) for cell in row if cell
        }
        codes = {word for dimension in ("owner", "target_groups", "orientation")
                 for pair in choices(load_codebook(), dimension).items() for word in pair}  # fmt: skip
        assert not values & codes
        columns = book[SAMPLE_SHEET].column_dimensions.values()
        hidden = [(column.min, column.max) for column in columns if column.hidden]
        assert hidden == [(11, 12)]
        assert [cell.value for cell in book[SAMPLE_SHEET][1]][10:] == [STRATUM, WEIGHT]


def test_ledger_text_is_never_a_formula_in_the_workbook(tmp_path: Path) -> None:
    for path in written(tmp_path):
        sheet = openpyxl.load_workbook(path)[SAMPLE_SHEET]
        assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=3) for cell in row} == {"s"}
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("xl/worksheets/sheet2.xml")


def test_a_file_that_is_there_is_left_and_named(tmp_path: Path) -> None:
    paths = written(tmp_path)
    paths[0].unlink()
    before = paths[1].read_bytes()
    with pytest.raises(PortfoljError, match=r"urval-kodare2\.xlsx finns redan"):
        written(tmp_path)
    assert paths[1].read_bytes() == before
    assert not paths[0].exists()


def test_the_same_sample_is_the_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a"), written(tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_text_too_long_for_a_cell_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    sample = draw_sample(interventions(2).assign(name="x" * 40_000), n=2, seed=1)
    with pytest.raises(PortfoljError, match="längre än en Excelcell"):
        write_sample(sample, tmp_path, stem="u", about=About("F", ()), codebook=load_codebook())
    assert list(tmp_path.iterdir()) == []


def test_a_federations_sample_is_drawn_from_all_of_its_interventions(places: Places, tmp_path: Path) -> None:
    keys = set(
        prepare(known_federation("rar-sormland", places=places), places=places).interventions["intervention_key"]
    )
    drawn = sample_federation("rar-sormland", n=500, seed=1, places=places, folder=tmp_path)
    sheet = openpyxl.load_workbook(drawn.paths[0])[SAMPLE_SHEET]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == keys
    assert any("färre än 500" in sentence for sentence in drawn.sentences)
    assert "Konstruerade rader" in openpyxl.load_workbook(drawn.paths[0])["Läs först"]["A2"].value


def test_a_sample_lies_beside_raw_and_processed_since_it_cannot_be_made_again(places: Places) -> None:
    drawn = sample_federation("rar-sormland", n=4, seed=9, places=places)
    assert {path.parent for path in drawn.paths} == {places.data / "samples" / "rar-sormland"}
    with pytest.raises(PortfoljError, match="solbaka"):
        sample_federation("solbaka", n=4, seed=9, places=places)
