"""Rooms for temporary files: whose they are, and that the dead's are taken away and no other's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portfolj.report import rooms
from portfolj.report.kernel import LONGEST_SOCKET_PATH
from portfolj.report.rooms import new_room, room, sweep

MAKES_A_ROOM = "from portfolj.report.rooms import new_room; print(new_room())"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def dead_mans_room(temporary: Path) -> Path:
    """The room of a process that has ended without taking it away, with something in it."""
    done = subprocess.run(
        [sys.executable, "-c", MAKES_A_ROOM], env={**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    left = Path(done.stdout.strip())
    (left / "ipython").mkdir()
    (left / "ipython" / "log").write_text("x")
    return left


def test_what_the_dead_left_goes_and_what_the_living_use_stays(temporary: Path) -> None:
    mine, left = new_room(), dead_mans_room(temporary)
    assert left.parent == mine.parent == temporary
    sweep(temporary)
    assert (mine.exists(), left.exists()) == (True, False)


def test_a_process_sweeps_before_it_makes_its_first_room(temporary: Path) -> None:
    left = dead_mans_room(temporary)
    second = dead_mans_room(temporary)
    assert (left.exists(), second.exists()) == (False, True)


def test_a_room_whose_owners_number_another_process_has_got_goes(temporary: Path) -> None:
    mine = new_room()
    head, process, started, rest = mine.name.split("-", 3)
    earlier = f"{int(started, 16) - 1000:x}"  # this process was not there then
    other = mine.with_name("-".join((head, process, earlier, rest)))
    other.mkdir()
    sweep(temporary)
    assert (mine.exists(), other.exists()) == (True, False)


def test_nothing_else_is_touched(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = dead_mans_room(temporary)
    head, process, started, computer, drawn = left.name.split("-")
    elsewhere = f"{int(computer, 16) ^ 1:04x}"  # the temporary folder may be shared with another computer
    kept = [
        temporary / "-".join((head, process, started, elsewhere, drawn)),
        temporary / f"{left.name}x",
        temporary / "pf-0a1b2c3d",
        temporary / "tmpabc",
    ]
    for folder in kept:
        folder.mkdir()
    file = temporary / f"{left.name[:-1]}{'a' if left.name[-1] != 'a' else 'b'}"
    file.write_text("en fil")
    link = temporary / f"{left.name[:-1]}{'c' if left.name[-1] != 'c' else 'd'}"
    link.symlink_to(kept[0], target_is_directory=True)
    if hasattr(os, "getuid"):
        with monkeypatch.context() as another:
            another.setattr(os, "getuid", lambda: 4711)
            sweep(temporary)
        assert left.exists()
    sweep(temporary)
    assert sorted(temporary.iterdir()) == sorted([*kept, file, link])


def test_a_room_is_taken_away_whatever_happens_in_it(temporary: Path) -> None:
    def fails() -> None:
        with room() as made:
            (made / "fil").write_text("x")
            raise ValueError("fel")

    with pytest.raises(ValueError, match="fel"):
        fails()
    assert list(temporary.iterdir()) == []


def test_a_room_within_a_room_has_a_path_that_a_socket_can_have(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = new_room()
    monkeypatch.setattr("tempfile.tempdir", str(outer))
    inner = new_room()
    assert inner.parent == outer
    longest = len("/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T")  # each user's own on a Mac
    process = len(f"{os.getpid():x}")
    most = 5  # a Mac's process numbers have five figures, and a Linux's seven are six in hexadecimal
    assert longest + len(str(inner.relative_to(temporary))) + 1 - process + most < LONGEST_SOCKET_PATH


def test_a_folder_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    rooms.sweep(tmp_path / "borta")
