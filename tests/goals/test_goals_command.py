"""``portfolj goals``: any table graded, its rows and columns as they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from portfolj import ledger
from portfolj.cli import app
from portfolj.errors import PortfoljError
from portfolj.goals.table import ADDED_COLUMNS, grade_table

FRAME = pd.DataFrame({"Nr": ["7", "3"], "Mål": ["140 deltagare.", ""]}, index=[4, 2])


def run(file: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["goals", str(file), *arguments])
    assert done.exception is None, done.exception
    return done.output


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_is_graded(tmp_path: Path, ending: str) -> None:
    file, out = tmp_path / f"mal.{ending}", tmp_path / f"ut.{ending}"
    ledger.write_table(FRAME, file)
    told = run(file, "--out", str(out))
    assert "2 rader graderade efter kolumnen Mål: 1 volume, 1 missing." in told
    graded = ledger.read_table(out)
    assert list(graded.columns) == ["Nr", "Mål", *ADDED_COLUMNS]
    assert graded["Nr"].tolist() == ["7", "3"]
    assert graded.iloc[0, 2:8].tolist() == ["volume", "volume", "1", "1", "0", "0"]
    assert graded["evidence"].tolist() == ["140; deltagare", ""]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("heading", "said"), [("Måltext", ()), ("Vad vi vill", ("--column", "Vad vi vill"))])
def test_a_title_above_the_header_is_no_row(tmp_path: Path, ending: str, heading: str, said: tuple[str, ...]) -> None:
    rows = [["", "", ""], ["Nr", heading, "Ägare"], ["1", "140 deltagare.", "Region"]]
    file, out = tmp_path / f"mal.{ending}", tmp_path / "ut.csv"
    ledger.write_table(pd.DataFrame(rows, columns=["Uppföljning av mål 2025", " ", "  "]), file)
    assert f"1 rad graderad efter kolumnen {heading}: 1 volume." in run(file, "--out", str(out), *said)
    assert list(ledger.read_table(out).columns) == ["Nr", heading, "Ägare", *ADDED_COLUMNS]


def test_personal_numbers_are_told_of_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "mal.csv"
    file.write_text("text\nRing 19850709-9805 om målet\n", encoding="utf-8")
    told = run(file, "--out", str(tmp_path / "ut.csv"))
    assert "Personnummer i mal.csv: 1 cell." in told
    assert "9805" not in told


def test_rows_and_index_stay() -> None:
    graded = grade_table(FRAME)
    assert graded.index.tolist() == [4, 2]
    assert list(FRAME.columns) == ["Nr", "Mål"]


def test_the_column_may_be_said() -> None:
    frame = pd.DataFrame({"Vad vi vill": ["Fler i arbete."], "text": ["140 deltagare"]})
    assert grade_table(frame, column="Vad vi vill")["main_class"].tolist() == ["outcome_unmeasurable"]
    assert grade_table(frame)["main_class"].tolist() == ["volume"]


@pytest.mark.parametrize(
    ("columns", "column", "told"),
    [
        (["Nr", "Kommentar"], None, "Rubrikerna är: Nr, Kommentar."),
        (["Mål", "Effektmål"], None, "Flera kolumner kan vara målen: Mål och Effektmål. Säg vilken med --column."),
        (["Mål"], "Syfte", "Kolumnen Syfte finns inte. Rubrikerna är: Mål."),
        (["Mål", "Mål"], "Mål", "Flera kolumner heter Mål."),
        (["Mål", "level", "time"], None, "Tabellen har redan kolumnerna level, time"),
    ],
)
def test_what_cannot_be_read_is_told(columns: list[str], column: str | None, told: str) -> None:
    with pytest.raises(PortfoljError, match=told.replace(".", r"\.")):
        grade_table(pd.DataFrame([["x"] * len(columns)], columns=columns), column=column)


def test_the_table_itself_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "mal.csv"
    file.write_text("text\nFler i arbete\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["goals", str(file), "--out", str(file)])
    assert "är själva tabellen" in str(done.exception)
    assert file.read_text(encoding="utf-8") == "text\nFler i arbete\n"
