"""A disk that is full and a folder that must not be written: the last good report stands, and the user is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from runs import Work, history_of, site_faults, small_report

from portfolj.errors import PortfoljError
from portfolj.report.publish import publish
from published_folders import publish_keeping

KB = 1000


class Disk:
    """A small disk of its own at ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def change(self, options: str) -> None:
        """Its size (``size=500k``) or ``ro`` or ``rw``."""
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=50m", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_at_any_file_leaves_the_last_good_report_until_there_is_room(disk: Disk) -> None:
    target = disk.folder / "rar" / "2019"
    told = []
    for version, spare_kb in enumerate(range(0, 60, 4), start=2):
        disk.change("size=50m")
        publish_keeping(small_report(2 * version), target, keep=3)
        disk.change(f"size={used_bytes(disk.folder) + spare_kb * KB}")
        told.append(why_not(small_report(2 * version + 1), target))
        assert (target / "index.html").read_text() == str(2 * version if told[-1] else 2 * version + 1)
        assert site_faults(disk.folder) == []
    refused = [message for message in told if message]
    assert len(refused) > 5
    assert all("Disken är full" in message for message in refused)
    disk.change("size=50m")
    publish_keeping(small_report(100), target, keep=3)
    assert (target / "index.html").read_text() == "100"
    assert len(history_of(disk.folder)) == 3
    assert [str(path) for path in disk.folder.rglob(".*")] == []


def test_a_folder_that_must_not_be_written_leaves_the_last_good_report(disk: Disk) -> None:
    target = disk.folder / "rar" / "2019"
    publish_keeping(small_report(1), target, keep=3)
    disk.change("ro")
    with pytest.raises(PortfoljError, match="skrivskyddad"):
        publish_keeping(small_report(2), target, keep=3)
    assert (target / "index.html").read_text() == "1"
    disk.change("rw")
    publish_keeping(small_report(2), target, keep=3)
    assert history_of(disk.folder) == [1]


def test_a_file_larger_than_the_system_allows_is_a_full_disk(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits on files are set with resource, which Unix has")
    target = tmp_path / "rar" / "2019"
    publish(small_report(1), target)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))  # of bytes; Python ignores the signal that comes with it
    try:
        with pytest.raises(PortfoljError, match="Disken är full"):
            publish(small_report(2), target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (target / "index.html").read_text() == "1"
    assert site_faults(tmp_path) == []


def why_not(build: Callable[[Path], None], target: Path) -> str:
    """The message of a report that was not published; empty for one that was."""
    try:
        publish_keeping(build, target, keep=3)
    except PortfoljError as error:
        return str(error)
    return ""


@pytest.fixture
def work(disk: Disk, tmp_path: Path) -> Work:
    """Two federations whose reports are published on the small disk, the first of them already."""
    work = Work(tmp_path, reports=disk.folder / "reports")
    work.write_ledgers(1)
    done = work.run()
    assert done.returncode == 0, done.stderr
    return work


def used_bytes(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


@pytest.mark.harness
@pytest.mark.parametrize("spare_kb", [0, 40, 200, 400, 600, 800])
def test_a_run_on_a_disk_that_fills_says_so_and_the_next_run_goes_on(work: Work, disk: Disk, spare_kb: int) -> None:
    work.write_ledgers(2)
    disk.change(f"size={used_bytes(disk.folder) + spare_kb * KB}")
    done = work.run()
    print(f"\nfull disk, {spare_kb} kB spare: exit {done.returncode}, {work.standing()}")
    assert done.returncode == 2, done.stderr
    assert "Disken är full" in done.stderr
    assert "Traceback" not in done.stderr
    assert site_faults(work.out) == []
    assert work.survivors() == []
    disk.change("size=50m")
    _goes_on(work)


@pytest.mark.harness
def test_a_run_in_a_folder_that_must_not_be_written_says_so_and_the_next_run_goes_on(work: Work, disk: Disk) -> None:
    work.write_ledgers(2)
    disk.change("ro")
    done = work.run()
    assert done.returncode == 2, done.stderr
    assert "skrivskyddad" in done.stderr
    assert "Traceback" not in done.stderr
    assert work.standing() == {"ett": 1, "tva": 1}
    assert site_faults(work.out) == []
    disk.change("rw")
    _goes_on(work)


def _goes_on(work: Work) -> None:
    done = work.run()
    assert done.returncode == 0, done.stderr
    assert work.standing() == {"ett": 2, "tva": 2}
    assert site_faults(work.out) == []
    assert [str(path) for path in work.out.rglob(".*")] == []


def test_a_folder_without_the_right_to_write_is_told_to_anyone_but_root(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may write everywhere; the small disk above is read-only to root too")
    target = tmp_path / "rar" / "2019"
    publish(small_report(1), target)
    target.parent.chmod(0o555)
    try:
        with pytest.raises(PortfoljError, match="skrivskyddad"):
            publish(small_report(2), target)
    finally:
        target.parent.chmod(0o755)
    assert (target / "index.html").read_text() == "1"
