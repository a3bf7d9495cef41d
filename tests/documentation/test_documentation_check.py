"""``portfolj check`` tells of the files on documentation, of a whole folder and of one file."""

from __future__ import annotations

from pathlib import Path

from documentation_case import federation_of

from portfolj.checking import check
from portfolj.errors import Reason

FACTS = ["Insats;Parter;Strat", "Ung start;AF;2020"]
PHASES = ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", "Ung start;1;10;Ett villkor;kanske"]


def write(folder: Path, phases: list[str]) -> None:
    federation_of(folder, {"facts": FACTS, "phases": phases})
    (folder / "federation.toml").write_text(
        'name = "Prov"\n[ledger]\nfiles = ["l.csv"]\nunit = "kr"\n'
        '[documentation]\nfacts = ["facts.csv"]\nphases = ["phases.csv"]\n',
        encoding="utf-8",
    )


def test_a_folder_without_faults_says_what_became_of_each_row(tmp_path: Path) -> None:
    write(tmp_path, [*PHASES[:1], "Ung start;1;10;Ett villkor;ja"])
    checked = check(tmp_path)
    assert checked.faults == ()
    assert "  facts.csv: 1 rader in = 1 använda + 0 åt sidan (uppgifter om insatser)" in checked.text
    assert "Att känna till om underlaget (1)" in checked.text
    assert "Kolumnen ”Strat” används inte" in checked.text


def test_faults_are_told_of_the_folder_and_of_the_file_that_has_them(tmp_path: Path) -> None:
    write(tmp_path, PHASES)
    (fault,) = check(tmp_path).faults
    assert (fault.cell, fault.reason) == ("E2", Reason.WORD_UNKNOWN)
    assert check(tmp_path / "phases.csv").faults == (fault,)
    other = check(tmp_path / "facts.csv")
    assert other.faults == ()
    assert "andra filer om underlaget har fel" in other.text
