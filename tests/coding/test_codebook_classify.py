"""``portfolj classify`` by another codebook: a federation's, one from a file, a list of regular expressions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portfolj import cli
from portfolj.coding import classify_table, load_codebook, load_tags, tag_table
from portfolj.errors import PortfoljError

TABLE = """Vad vi stöder;Sökande;Beskrivning;Målgrupp
Vägen;Flens kommun;Coachning för kriminella;
Bryggan;;Stöd till personer med missbruk;
Kullen;;;Unga kriminella
"""
OWN = """version = "2026"
[target_groups.codes.kriminalitet]
label_sv = "Kriminalitet"
label_en = "Crime"
definition_sv = "Personer som lämnar kriminalitet."
definition_en = "People who leave crime."
[[target_groups.codes.kriminalitet.rules]]
id = "EGEN-01"
include = ["*kriminell*"]
[fold.target_groups]
missbruk = "ej_definierad"
"""
SETTINGS = """name = "Solbacka"
[ledger]
files = ["liggare.csv"]
unit = "tkr"
[ledger.columns]
name = "Vad vi stöder"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "data" / "raw" / "solbacka"
    own.mkdir(parents=True)
    (own / "liggare.csv").write_text(TABLE, encoding="utf-8")
    (own / "federation.toml").write_text(SETTINGS, encoding="utf-8")
    (own / "codebook.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "tabell.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "taggar.csv").write_text(
        "kod;uttryck;uteslut\nK;krim(inell|inalitet);\nM;missbruk;stöd\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTFOLJ_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PORTFOLJ_OUT", str(tmp_path / "reports"))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["portfolj", "classify", "tabell.csv", "--out", "ut.csv", *arguments])
    try:
        cli.main()
    except SystemExit as ended:
        return int(str(ended.code or 0))
    return 0


def written(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "ut.csv", dtype=str, keep_default_na=False)


def test_a_table_is_coded_as_the_federations_report_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--federation", "solbacka") == 0
    coded = written(folder)
    # The basis is the federation's, stated: the table has a column for target groups, so a description is too weak.
    assert coded["target_groups"].tolist() == ["ej_definierad", "ej_definierad", "unga;kriminalitet"]
    assert coded["target_groups_reason"].tolist() == ["below_basis", "below_basis", ""]
    assert coded["owner"].tolist() == ["kommun", "ej_definierad", "ej_definierad"]


def test_the_basis_asked_for_goes_before_the_federations_and_its_folds_stay(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "--federation", "solbacka", "--basis", "named") == 0
    coded = written(folder)
    assert coded["target_groups"].tolist() == ["kriminalitet", "ej_definierad", "unga;kriminalitet"]
    assert coded["target_groups_reason"].tolist() == ["", "folded", ""]


def test_a_codebook_from_a_file_adds_its_codes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "egen.toml").write_text(OWN, encoding="utf-8")
    (folder / "tabell.csv").write_text(TABLE.replace("Vad vi stöder", "Insats"), encoding="utf-8")
    assert run(monkeypatch, "--codebook", "egen.toml") == 0
    assert written(folder)["target_groups"].tolist() == ["kriminalitet", "ej_definierad", "unga;kriminalitet"]


def test_a_list_of_regular_expressions_tags_the_columns_that_are_known_or_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--codebook", "taggar.csv") == 0
    assert "Läste Sökande, Beskrivning, Målgrupp. 2 fick någon kod." in capsys.readouterr().out
    coded = written(folder)
    assert coded["tags"].tolist() == ["K", "", "K"]
    assert coded["tags_evidence"].tolist() == [
        'Beskrivning 14-23 "kriminell"',
        "",
        'Målgrupp 5-14 "kriminell"',
    ]
    assert list(coded.columns[:4]) == TABLE.split("\n")[0].split(";")
    assert run(monkeypatch, "--codebook", "taggar.csv", "--text", "Målgrupp") == 0
    assert written(folder)["tags"].tolist() == ["", "", "K"]


def test_a_tag_is_taken_away_by_the_word_to_exclude_in_any_column(folder: Path) -> None:
    frame = pd.DataFrame({"Namn": ["Missbruk", "Missbruk", None], "Beskrivning": ["Ett stöd", "Kriminalitet", None]})
    before = frame.copy(deep=True)
    tagged = tag_table(frame, tags=load_tags(folder / "taggar.csv"))
    assert tagged["tags"].tolist() == ["", "K;M", ""]
    assert tagged.loc[1, "tags_evidence"] == 'Beskrivning 0-12 "Kriminalitet"; Namn 0-8 "Missbruk"'
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--codebook", "taggar.csv", "--federation", "solbacka"], "inte båda"),
        (["--codebook", "taggar.csv", "--basis", "stated"], "gäller inte"),
        (["--codebook", "taggar.csv", "--text", "Saknas"], "Saknas finns inte"),
        (["--text", "Målgrupp"], "--text gäller bara"),
        (["--codebook", "saknas.csv"], "saknas.csv"),
        (["--federation", "solbaka"], "solbacka"),
        ([], "Ingen kolumn håller insatsens namn"),
    ],
)
def test_what_can_not_be_done_is_refused_with_the_reason(
    arguments: list[str],
    message: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *arguments) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "ut.csv").exists()


def test_a_table_without_a_known_column_asks_for_the_one_to_read(folder: Path) -> None:
    with pytest.raises(PortfoljError, match="--text"):
        tag_table(pd.DataFrame({"Activities": ["x"]}), tags=load_tags(folder / "taggar.csv"))
    with pytest.raises(PortfoljError, match="tags"):
        tag_table(pd.DataFrame({"Namn": ["x"], "tags": ["y"]}), tags=load_tags(folder / "taggar.csv"))


def test_a_mapping_whose_heading_is_not_there_leaves_the_known_headings() -> None:
    frame = pd.DataFrame({"Insats": ["Unga"]})
    coded = classify_table(frame, codebook=load_codebook(), headings={"name": "Vad vi stöder"})
    assert coded["target_groups"].tolist() == ["unga"]
