from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.report import disk
from portfolj.report.kept import KEPT, beyond_the_last, kept_reports
from portfolj.report.lock import only_one
from portfolj.report.manifest import output_hashes, read_manifest, write_manifest
from published_folders import publish_keeping

FIRST = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
PAGE = "<p>{}</p><dl><div><dt>Framställd</dt><dd>{} november 2026</dd></div></dl>"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "rar" / "2014-2019"


def published(target: Path, day: int, content: str, *, keep: int = KEPT, size_bytes: int = 0) -> None:
    """Publish a report with that content, and about that size, as on that day of November 2026."""

    def build(folder: Path) -> None:
        (folder / "index.html").write_text(PAGE.format(content, day), encoding="utf-8")
        (folder / "tables").mkdir()
        (folder / "tables" / "owner.csv").write_text(f"owner\n{content}\n", encoding="utf-8")
        (folder / "tables.xlsx").write_bytes(b"x" * size_bytes)
        write_manifest(
            folder, federation="rar", federation_name="RAR", period=target.name, parameters={}, inputs={}, rows={},
            vintages={}, created=FIRST + timedelta(days=day - 1),
        )  # fmt: skip

    publish_keeping(build, target, keep=keep)


def history(target: Path) -> list[str]:
    """What the earlier reports say, newest first; each of them whole."""
    said = []
    for kept in kept_reports(target.parent, period=target.name):
        manifest = read_manifest(kept.folder / "manifest.json")
        assert manifest is not None
        assert manifest["outputs"] == output_hashes(kept.folder)
        said.append((kept.folder / "tables" / "owner.csv").read_text(encoding="utf-8").split()[1])
    return said


@pytest.fixture(params=["exchange", "two renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)


@pytest.mark.usefixtures("either_way")
def test_a_report_that_another_replaces_is_kept_whole_by_when_it_was_made(target: Path) -> None:
    for day, content in enumerate("abc", start=1):
        published(target, day, content)
    assert history(target) == ["b", "a"]
    folders = [kept.folder.relative_to(target.parent).as_posix() for kept in kept_reports(target.parent)]
    assert folders == ["historik/2014-2019/2026-11-02T020000", "historik/2014-2019/2026-11-01T020000"]


@pytest.mark.usefixtures("either_way")
def test_a_report_with_the_same_content_but_for_its_day_is_no_history(target: Path) -> None:
    for day in (1, 2, 3):
        published(target, day, "a")
    assert history(target) == []
    assert [path.name for path in target.parent.iterdir()] == ["2014-2019"]
    assert "3 november" in (target / "index.html").read_text(encoding="utf-8")


def test_a_page_that_says_something_else_is_other_content_whatever_the_tables_say(target: Path) -> None:
    published(target, 1, "a")
    page = target / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<p>a</p>", "<p>annat</p>"), encoding="utf-8")
    manifest = target / "manifest.json"
    manifest.unlink()
    write_manifest(
        target, federation="rar", federation_name="RAR", period="2014-2019", parameters={}, inputs={}, rows={},
        vintages={}, created=FIRST,
    )  # fmt: skip
    published(target, 2, "a")
    assert history(target) == ["a"]


def test_the_newest_are_kept_and_the_standing_report_is_never_among_those_that_go(target: Path) -> None:
    for day, content in enumerate("abcdef", start=1):
        published(target, day, content, keep=2)
    assert history(target) == ["e", "d"]
    published(target, 7, "g", keep=0)
    assert history(target) == []
    assert "<p>g</p>" in (target / "index.html").read_text(encoding="utf-8")


def test_reports_of_one_second_are_both_kept(target: Path) -> None:
    for content in "abc":
        published(target, 1, content)
    assert sorted(history(target)) == ["a", "b"]


def test_periods_have_their_own_history(target: Path) -> None:
    other = target.with_name("2020")
    for day, content in enumerate("abcd", start=1):
        published(target, day, content, keep=1)
    for day, content in enumerate("xy", start=1):
        published(other, day, content, keep=1)
    assert (history(target), history(other)) == (["c"], ["x"])
    assert beyond_the_last(kept_reports(target.parent), 1) == []
    assert [kept.period for kept in beyond_the_last(kept_reports(target.parent), 0)] == ["2014-2019", "2020"]


def keep(target: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["keep", *arguments, "--out", str(target.parents[1])])
    return done.exit_code, done.output if done.exception is None else str(done.exception)


def test_the_command_shows_what_it_would_remove_and_removes_it_when_told_to(target: Path) -> None:
    for day, (content, size_bytes) in enumerate((("a", 2_500_000), ("b", 1_500_000), ("c", 0)), start=1):
        published(target, day, content, size_bytes=size_bytes)
    would = "rar/historik/2014-2019/2026-11-01T020000  2,5 MB\n"
    assert keep(target, "--last", "1") == (
        0, would + "Skulle ta bort 1 tidigare rapport, 2,5 MB. Lägg till --yes för att göra det.\n",
    )  # fmt: skip
    assert history(target) == ["b", "a"]
    assert keep(target, "rar", "--last", "1", "--yes") == (0, would + "Tog bort 1 tidigare rapport, 2,5 MB.\n")
    assert history(target) == ["b"]
    assert keep(target, "--last", "1", "--yes") == (0, "Inget att ta bort.\n")
    assert keep(target, "--last", "0", "--yes")[0] == 0
    assert history(target) == []
    assert "<p>c</p>" in (target / "index.html").read_text(encoding="utf-8")


def test_the_command_names_who_has_history_when_another_is_asked_for(target: Path) -> None:
    published(target, 1, "a")
    published(target, 2, "b")
    code, told = keep(target, "ra", "--last", "1")
    assert (code, "ra har inga tidigare rapporter" in told, "rar" in told) == (1, True, True)  # main() makes it 2


def test_the_command_waits_for_no_run_and_removes_nothing_under_one(target: Path) -> None:
    published(target, 1, "a")
    published(target, 2, "b")
    with only_one(target.parent):
        assert "En annan körning" in keep(target, "--last", "0", "--yes")[1]
    assert history(target) == ["a"]
