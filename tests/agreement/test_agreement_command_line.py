"""``portfolj sample`` and ``portfolj agreement`` as a user types them: draw, fill in twice, compare, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import openpyxl
import pytest
from agreement_rows import rows_of

from portfolj import cli
from portfolj.agreement import measure_agreement, told
from portfolj.agreement.measure import ALL_ALIKE, ONE_CODE
from portfolj.agreement.words import in_figures
from portfolj.coding import load_codebook
from portfolj.places import Places

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def portfolj(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; its exit code, what it printed and what it told of errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["portfolj", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def fill(path: Path, answers: Callable[[str], Mapping[str, str]]) -> None:
    """Fills in a coder's workbook as a spreadsheet program would: key -> heading without the coder -> answer."""
    book = openpyxl.load_workbook(path)
    sheet = book["Urval"]
    headings = {str(cell.value).partition(":")[0]: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for heading, answer in answers(sheet.cell(row, 1).value).items():
            sheet.cell(row, headings[heading]).value = answer
    book.save(path)


def test_a_sample_is_drawn_filled_in_twice_and_compared(places: Places, tmp_path: Path, portfolj: Run) -> None:
    folder = tmp_path / "urval"
    code, out, _ = portfolj("sample", "rar-sormland", "--n", 12, "--seed", 3, "--out", folder, "--data", places.data)
    assert code == 0
    assert "12 av liggarens 58 insatser" in out
    command = out.strip().splitlines()[-1].split()
    assert command[:2] == ["portfolj", "agreement"]
    first, second = (Path(word) for word in command if word.endswith(".xlsx"))
    doubtful = Random(1)
    fill(first, lambda key: {"Huvudman": "Kommun", "Målgrupp 1": "Unga", "Målgrupp 2": "Missbruk",
                             "Inriktning": "Individinriktad", "Anteckning": "Ring 811228-9874"})  # fmt: skip
    fill(second, lambda key: {"Huvudman": doubtful.choice(["Kommun", "Region"]), "Målgrupp 1": "Unga",
                              "Inriktning": "Individinriktad"})  # fmt: skip
    code, out, err = portfolj(*command[1:], "--out", tmp_path / "resultat.xlsx")
    assert (code, err) == (0, "")
    assert "12 insatser, vägda till 58." in out
    assert "kodare1 mot kodare2 (12 rader)" in out
    assert "maskinen" in out
    assert "811228" not in out
    assert "[personnummer borttaget]" in out
    book = openpyxl.load_workbook(tmp_path / "resultat.xlsx")
    assert book.sheetnames == ["Siffror", "Förväxlingar", "Olika svar"]
    cells = [[cell.value for cell in row] for row in book["Siffror"].iter_rows()]
    figures = {(row[0], row[1], row[2]): dict(zip(cells[0], row, strict=True)) for row in cells[1:] if not row[3]}
    kappa = figures["Inriktning", "kodare1 och kodare2", "Cohens kappa"]
    assert (kappa["Värde"], kappa["Från"], kappa["Varför något saknas"]) == (None, None, ONE_CODE)
    agreement = figures["Målgrupp", "kodare1 och kodare2", "Samma mängd"]
    assert (agreement["Värde"], agreement["Rader"]) == (0, 12)
    texts = [cell.value for row in book["Olika svar"].iter_rows() for cell in row]
    assert not any("811228" in str(text) for text in texts)


def test_a_sample_that_somebody_may_have_filled_in_is_not_overwritten(
    places: Places, tmp_path: Path, portfolj: Run
) -> None:
    command = ("sample", "rar-sormland", "--n", 5, "--out", tmp_path, "--data", places.data)
    assert portfolj(*command)[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    code, _, err = portfolj(*command)
    assert code == 2
    assert "finns redan" in err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_faults_are_told_with_their_cells_and_nothing_is_written(tmp_path: Path, portfolj: Run) -> None:
    path = tmp_path / "kodat.csv"
    path.write_text("key,owner_a,owner_b\n1,kommun,kommunn\n2,stat,af\n", encoding="utf-8")
    code, out, err = portfolj("agreement", path, "--out", tmp_path / "r.xlsx")
    assert (code, out) == (2, "")
    assert re.findall(r"cell (\w+):", err) == ["C2", "B3"]
    assert "Menade du Kommun?" in err
    assert not (tmp_path / "r.xlsx").exists()


def test_a_file_of_results_is_a_workbook(tmp_path: Path, portfolj: Run) -> None:
    path = tmp_path / "kodat.csv"
    path.write_text("key,owner_a,owner_b\n1,kommun,kommun\n2,fk,af\n", encoding="utf-8")
    code, _, err = portfolj("agreement", path, "--out", tmp_path / "r.pdf")
    assert code == 2
    assert ".xlsx" in err


def test_a_federations_own_codes_are_known_when_it_is_named(places: Places, tmp_path: Path, portfolj: Run) -> None:
    folder = tmp_path / "data" / "raw" / "eget"
    folder.mkdir(parents=True)
    source = places.raw("rar-sormland")
    for name in ("federation.toml", "rar_sormland_ledger.xlsx"):
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "codebook.toml").write_text(OWN_CODE, encoding="utf-8")
    data = ("--data", tmp_path / "data")
    _, out, _ = portfolj("sample", "eget", "--n", 4, *data)
    assert out.rstrip().endswith("--machine --federation eget")
    assert (tmp_path / "data" / "samples" / "eget" / "urval-4-1-kodare2.xlsx").is_file()
    path = tmp_path / "kodat.csv"
    path.write_text("key,targets_a,targets_b\n1,anhoriga,Anhöriga\n2,langtidssjukskrivna,unga\n", encoding="utf-8")
    assert portfolj("agreement", path)[0] == 2
    code, out, _ = portfolj("agreement", path, "--federation", "eget", *data)
    assert code == 0
    assert "Anhöriga" in out
    assert "Långtidssjukskrivna" in out  # coded as such, though the federation's reports fold it away


OWN_CODE = """
[target_groups.codes.anhoriga]
label_sv = "Anhöriga"
label_en = "Relatives"
definition_sv = "Anhöriga till deltagare."
definition_en = "Relatives of participants."
[[target_groups.codes.anhoriga.rules]]
id = "EGEN-01"
include = ["anhörig*"]
[fold.target_groups]
langtidssjukskrivna = "ej_definierad"
"""


def test_what_is_read_in_the_terminal_has_a_footnote_for_everything_that_is_missing() -> None:
    coded = rows_of({"anna": ["kommun", "kommun", "region"], "bo": ["kommun", "kommun", "region"]})
    text = "\n".join(told(coded, measure_agreement(coded), codebook=load_codebook()))
    assert "anna mot bo (3 rader)" in text
    (sign,) = re.findall(rf"^  (\S+) {re.escape(ALL_ALIKE)}$", text, flags=re.MULTILINE)
    assert f"100\u00a0% {sign}" in text
    assert "Olika svar: 0 insatser" in text


def test_figures_are_written_as_in_swedish() -> None:
    first = ["kommun"] * 30 + ["region"] * 10
    second = ["kommun"] * 26 + ["region"] * 14
    figures = {figure.measure: figure for figure in measure_agreement(rows_of({"a": first, "b": second}))
               if not figure.code}  # fmt: skip
    # 36 of 40 are equal; kappa (0.9 - 0.575) / 0.425 = 0.76 with 0.75 x 0.65 + 0.25 x 0.35 = 0.575 by chance.
    assert re.fullmatch(r"90\u00a0% \(\d\d–\d+\)", in_figures(figures["agreement"]))
    assert re.fullmatch(r"0,76 \(0,\d\d–\d,\d\d\)", in_figures(figures["kappa"]))
