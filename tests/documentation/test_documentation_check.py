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


def test_a_file_that_is_a_part_of_the_ledger_too_is_read_as_both(tmp_path: Path) -> None:
    write(tmp_path, [*PHASES[:1], "Ung start;1;10;Ett villkor;ja"])
    settings = tmp_path / "federation.toml"
    both = settings.read_text(encoding="utf-8").replace('["l.csv"]', '["facts.csv"]')
    settings.write_text(both, encoding="utf-8")
    (tmp_path / "facts.csv").write_text("Insats;År;Beviljat;Start\nUng start;2020;mycket;snart\n", encoding="utf-8")
    folder, alone = check(tmp_path), check(tmp_path / "facts.csv")
    assert [fault.cell for fault in alone.faults] == ["D2", "C2"]
    assert set(alone.faults) == set(folder.faults)
    (tmp_path / "facts.csv").write_text("Insats;År;Beviljat;Start\nUng start;2020;70;2020\n", encoding="utf-8")
    told = check(tmp_path / "facts.csv")
    assert told.faults == ()
    assert "uppgifter om insatser" in told.text
    assert "70\N{NO-BREAK SPACE}kr" in told.text
