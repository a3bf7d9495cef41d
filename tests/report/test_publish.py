from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from xlsxwriter.exceptions import FileCreateError

from portfolj.errors import PortfoljError
from portfolj.report import disk
from portfolj.report.publish import publish, write_file


def page(text: str):  # type: ignore[no-untyped-def]
    def build(folder: Path) -> None:
        (folder / "tables").mkdir()
        (folder / "index.html").write_text(text)

    return build


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "rar" / "2014-2019"


@pytest.fixture(params=["exchange", "two renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(disk, "exchange", lambda new, target: False)


def everything_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("either_way")
def test_a_new_report_replaces_the_old_one_whole(target: Path) -> None:
    publish(page("old"), target)
    (target / "left over").touch()
    publish(page("new"), target)
    assert everything_in(target) == {"index.html", "tables"}
    assert (target / "index.html").read_text() == "new"
    assert everything_in(target.parent) == {"2014-2019"}


@pytest.mark.usefixtures("either_way")
def test_a_failed_build_leaves_the_last_good_report_and_its_own_error(target: Path) -> None:
    def fails(folder: Path) -> None:
        page("half")(folder)
        raise ZeroDivisionError

    publish(page("good"), target)
    with pytest.raises(ZeroDivisionError):
        publish(fails, target)
    assert (target / "index.html").read_text() == "good"
    assert everything_in(target.parent) == {"2014-2019"}


def test_a_swap_that_fails_half_way_puts_the_old_report_back(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(page("good"), target)
    monkeypatch.setattr(disk, "exchange", lambda new, target: False)
    rename = Path.rename

    def refuse_new(self: Path, to: Path) -> Path:
        if self.name.endswith(".building"):
            raise OSError(errno.EIO, "input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(OSError, match="input/output"):
        publish(page("new"), target)
    assert (target / "index.html").read_text() == "good"


def test_a_run_killed_while_building_or_swapping_is_mended_by_the_next(target: Path) -> None:
    target.parent.mkdir(parents=True)
    page("good")(make_folder(target.with_name(".2014-2019.previous")))
    page("half")(make_folder(target.with_name(".2014-2019.building")))

    def fails(folder: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish(fails, target)
    assert (target / "index.html").read_text() == "good"
    assert everything_in(target.parent) == {"2014-2019"}


def make_folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_process_killed_in_the_middle_leaves_the_last_good_report(target: Path) -> None:
    publish(page("good"), target)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom portfolj.report.publish import publish\n"
        "def build(folder):\n    (folder / 'half').touch()\n    os._exit(9)\n"
        "publish(build, Path(sys.argv[1]))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(target)], check=False).returncode == 9
    assert (target / "index.html").read_text() == "good"
    publish(page("new"), target)
    assert (target / "index.html").read_text() == "new"
    assert everything_in(target.parent) == {"2014-2019"}


def test_two_runs_do_not_write_the_same_report_at_once(target: Path) -> None:
    def publishes_again(folder: Path) -> None:
        publish(page("inner"), target)

    with pytest.raises(PortfoljError, match="En annan körning"):
        publish(publishes_again, target)
    assert not target.exists()


def test_a_file_in_the_way_is_a_user_error(tmp_path: Path) -> None:
    file = tmp_path / "reports"
    file.write_text("important")
    for target in (file, file / "rar" / "2019"):
        with pytest.raises(PortfoljError, match="--out"):
            publish(page("new"), target)
    assert file.read_text() == "important"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_a_full_disk_is_a_user_error_and_leaves_the_last_good_report(target: Path) -> None:
    def fills(folder: Path) -> None:
        with open("/dev/full", "w") as file:
            file.write("x")

    publish(page("good"), target)
    with pytest.raises(PortfoljError, match="Disken är full"):
        publish(fills, target)
    assert (target / "index.html").read_text() == "good"


def test_a_full_disk_is_a_user_error_whatever_a_library_calls_it(target: Path) -> None:
    def fills(folder: Path) -> None:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise FileCreateError(error)  # noqa: B904 - as xlsxwriter does

    with pytest.raises(PortfoljError, match="Disken är full"):
        publish(fills, target)


def test_a_folder_that_must_not_be_written_is_a_user_error(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(page("good"), target)

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PortfoljError, match="skrivskyddad"):
        publish(page("new"), target)
    assert (target / "index.html").read_text() == "good"


def test_a_missing_input_is_not_blamed_on_the_report_folder(target: Path) -> None:
    def reads(folder: Path) -> None:
        raise PermissionError(errno.EACCES, "no", "/elsewhere/ledger.xlsx")

    with pytest.raises(PermissionError):
        publish(reads, target)


def test_a_single_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out" / "index.html"
    write_file(path, "one")
    write_file(path, "två")
    assert path.read_text(encoding="utf-8") == "två"
    assert everything_in(path.parent) == {"index.html"}
