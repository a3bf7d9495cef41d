"""The overview and the index tell what stands, whatever was published or removed and whoever wrote them last."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.errors import PortfoljError
from portfolj.exhibits.markup import Html
from portfolj.report import index, ways_in
from portfolj.report.failure_page import REFUSED, write_failure_page
from portfolj.report.layout import HISTORY_FOLDER, INDEX_FILE, OVERVIEW_FILE, OVERVIEW_TABLE_FILE
from portfolj.report.lock import only_one
from portfolj.report.ways_in import write_ways_in
from published_folders import Intervention, publish_small

KRONA: list[Intervention] = [("kommun", "unga", "individinriktad", "stated", 1_000_000)]
KEPT_AT = datetime(2026, 10, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def without_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes longer than all else, and no test here is about the figure."""
    monkeypatch.setattr("portfolj.report.overview.orientation_figure", lambda frame: Html())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Arvika, Borås and Cirkelby, each with one intervention of a million 2019, Arvika with an earlier report too."""
    out = tmp_path / "reports"
    for key in ("arvika", "boras", "cirkelby"):
        publish_small(out, key, name=f"Samordningsförbundet {key.title()}", interventions=KRONA)
    publish_small(out, "arvika", created=KEPT_AT, below=f"{HISTORY_FOLDER}/2019/2026-10-03T000000")
    write_ways_in(out)
    return out


def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def links(out: Path) -> set[str]:
    return {str(a["href"]) for a in page(out / INDEX_FILE).find_all("a") if not str(a["href"]).startswith("#")}


def dead(out: Path) -> set[str]:
    return {link for link in links(out) if not (out / link).is_file()}


def keep(out: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["keep", *arguments, "--out", str(out)])
    return done.output if done.exception is None else str(done.exception)


def writes(out: Path, *, known: Collection[str] | None = None) -> bool:
    """Whether another run, in which nothing has changed, writes the pages once more."""
    before = (out / INDEX_FILE).stat().st_ino  # a page is replaced whole
    held = (out / INDEX_FILE).open("rb")  # so that its number is not given to the next file
    with held:
        write_ways_in(out, known=known)
        return (out / INDEX_FILE).stat().st_ino != before


def test_keep_takes_its_links_and_empty_folders_with_it(out: Path) -> None:
    assert f"arvika/{HISTORY_FOLDER}/2019/2026-10-03T000000/index.html" in links(out)
    assert "Tog bort 1 tidigare rapport" in keep(out, "arvika", "--last", "0", "--yes")
    assert dead(out) == set()
    assert not (out / "arvika" / HISTORY_FOLDER).exists()
    assert (out / "arvika" / "2019" / INDEX_FILE).is_file()
    assert not writes(out)


def test_keep_without_yes_changes_nothing(out: Path) -> None:
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    keep(out, "--last", "0")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_keep_that_another_run_stops_half_way_leaves_no_dead_link(out: Path) -> None:
    publish_small(out, "boras", created=KEPT_AT, below=f"{HISTORY_FOLDER}/2019/2026-10-03T000000")
    write_ways_in(out)
    with only_one(out / "boras"):
        assert "En annan körning" in keep(out, "--last", "0", "--yes")
    assert dead(out) == set()
    assert f"boras/{HISTORY_FOLDER}/2019/2026-10-03T000000/index.html" in links(out)


def test_a_federation_whose_folder_is_removed_leaves_the_pages_in_the_next_run(out: Path) -> None:
    shutil.rmtree(out / "boras")
    write_ways_in(out)
    assert dead(out) == set()
    assert list(pd.read_csv(out / OVERVIEW_TABLE_FILE)["federation"]) == ["arvika", "cirkelby"]


@pytest.mark.parametrize("name", [OVERVIEW_FILE, OVERVIEW_TABLE_FILE, INDEX_FILE])
def test_a_page_that_is_removed_or_changed_is_made_again(out: Path, name: str) -> None:
    made = (out / name).read_bytes()
    (out / name).unlink()
    write_ways_in(out)
    assert (out / name).read_bytes() == made
    (out / name).write_text("något annat", encoding="utf-8")
    write_ways_in(out)
    assert (out / name).read_bytes() == made


@pytest.mark.parametrize("times", ["all alike", "pages long ago"])
def test_times_of_files_mean_nothing(out: Path, times: str) -> None:
    assert not writes(out)
    for path in out.rglob("*"):
        os.utime(path, (0, 0))
    if times == "pages long ago":
        os.utime(out / "arvika")
    assert not writes(out)
    publish_small(out, "dals-ed", interventions=KRONA)
    for path in (out, *out.rglob("*")):
        os.utime(path, (0, 0))
    write_ways_in(out)
    assert "dals-ed/2019/index.html" in links(out)


def test_what_is_published_while_the_pages_are_written_is_on_them_after_the_next_run(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(out / "cirkelby")
    write_page = index.write_file

    def publish_meanwhile(path: Path, text: str) -> None:
        publish_small(out, "dals-ed", interventions=KRONA)
        write_page(path, text)

    monkeypatch.setattr(index, "write_file", publish_meanwhile)
    write_ways_in(out)
    assert "dals-ed/2019/index.html" not in links(out)  # the shelf had been read
    monkeypatch.undo()
    monkeypatch.setattr("portfolj.report.overview.orientation_figure", lambda frame: Html())
    write_ways_in(out)
    assert "dals-ed/2019/index.html" in links(out)
    assert "dals-ed" in set(pd.read_csv(out / OVERVIEW_TABLE_FILE)["federation"])


def test_two_runs_never_write_the_pages_at_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_in, "WAIT_SECONDS", 0.0)
    with only_one(out / INDEX_FILE):
        write_ways_in(out)  # nothing to write, nothing to wait for
        publish_small(out, "dals-ed", interventions=KRONA)
        with pytest.raises(PortfoljError, match="en annan körning skriver den"):
            write_ways_in(out)
    assert "dals-ed/2019/index.html" not in links(out)
    write_ways_in(out)
    assert "dals-ed/2019/index.html" in links(out)


def test_another_version_of_the_program_writes_the_pages_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_in, "program", lambda: {"files": {}})
    assert writes(out)
    assert not writes(out)


def test_a_federation_that_no_longer_is_stands_in_no_sum_and_both_pages_say_so(out: Path) -> None:
    write_ways_in(out, known=["arvika", "boras"])
    assert list(pd.read_csv(out / OVERVIEW_TABLE_FILE)["federation"]) == ["arvika", "boras"]
    overview = page(out / OVERVIEW_FILE)
    assert "Tillsammans beviljade de 2,00 mkr till 2 insatser" in overview.get_text().replace("\xa0", " ")
    about = " ".join(overview.select("section[aria-labelledby=om-oversikten]")[0].get_text(" ").split())
    assert "Samordningsförbundet Cirkelby Har en rapport, men finns inte längre bland förbunden." in about
    rows = {str(row.th.span.get_text()): row.get_text(" ") for row in page(out / INDEX_FILE).select("tbody tr")}
    assert [key for key, text in rows.items() if "Finns inte längre bland förbunden." in text] == ["cirkelby"]
    assert "cirkelby/2019/index.html" in links(out)
    assert not writes(out, known=["arvika", "boras", "never-run"])


def test_who_knows_no_federations_neither_takes_back_nor_adds_what_is_said_of_them(out: Path) -> None:
    write_ways_in(out, known=["arvika", "boras"])
    keep(out, "arvika", "--last", "0", "--yes")
    assert list(pd.read_csv(out / OVERVIEW_TABLE_FILE)["federation"]) == ["arvika", "boras"]
    write_ways_in(out, known=["arvika", "boras", "cirkelby"])
    assert list(pd.read_csv(out / OVERVIEW_TABLE_FILE)["federation"]) == ["arvika", "boras", "cirkelby"]


def test_where_fewer_than_two_federations_are_left_there_is_no_overview(out: Path) -> None:
    write_ways_in(out, known=["arvika"])
    assert not (out / OVERVIEW_FILE).exists()
    assert OVERVIEW_FILE not in links(out)
    assert not writes(out, known=["arvika"])


def test_a_federation_that_never_got_a_report_has_its_name_on_both_pages(out: Path) -> None:
    name = 'Förbundet "Öster" & <Väster>'
    fault = 'Fel. <meta name="portfolj-federation" content="Annat">'
    write_failure_page(out, "oster", name=name, failure=REFUSED, message=fault, tried=KEPT_AT)
    write_ways_in(out)
    headings = [th.get_text("|") for th in page(out / INDEX_FILE).select("tbody th")]
    assert f"{name}|oster" in headings
    assert f"{name} Har ingen rapport ännu." in " ".join(page(out / OVERVIEW_FILE).get_text(" ").split())
    assert not writes(out)
    (out / "oster" / "fel.html").unlink()
    assert writes(out)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("step", ["os.replace", "os.fsync", "os.open", "pathlib.Path.unlink"])
def test_what_a_user_can_mend_about_the_place_is_one_message(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: str
) -> None:
    shutil.rmtree(out / "boras")
    shutil.rmtree(out / "cirkelby")

    def refuse(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number), str(out / INDEX_FILE))

    monkeypatch.setattr(step, refuse)
    with pytest.raises(PortfoljError) as raised:
        write_ways_in(out)
    monkeypatch.undo()
    words = "Disken är full" if number == errno.ENOSPC else "Det går inte att skriva till"
    assert words in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_file_where_the_folder_should_be_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    with pytest.raises(PortfoljError, match="reports är inte en mapp"):
        write_ways_in(tmp_path / "reports")


def test_nothing_that_makes_pages_is_imported_where_three_hundred_federations_stand_unchanged(tmp_path: Path) -> None:
    text = (publish_small(tmp_path, "f000") / "manifest.json").read_text(encoding="utf-8")
    for number in range(300):
        for folder in ("2019", f"{HISTORY_FOLDER}/2019/2026-11-21T02-00-00"):
            path = tmp_path / f"f{number:03}" / folder / "manifest.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    write_ways_in(tmp_path)
    code = (
        "import sys; from pathlib import Path; from portfolj.report.ways_in import write_ways_in\n"
        "write_ways_in(Path(sys.argv[1]))\n"
        "heavy = ('pandas', 'numpy', 'jinja2', 'markupsafe', 'babel', 'bs4', 'matplotlib', 'nbconvert')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
