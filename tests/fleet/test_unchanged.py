"""A report that stands unchanged is known by content, and is made again for anything that could change it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portfolj import fleet
from portfolj.files import sha256_of
from portfolj.fleet import Outcome, Status
from portfolj.fleet.one import Task, unchanged
from portfolj.places import Places
from portfolj.report.fingerprint import fingerprint
from portfolj.report.manifest import is_whole, published_manifests, write_manifest
from portfolj.report.ways_in import write_ways_in

ROOT = Path(__file__).parents[2]
LEDGER = "Insats;Sökande;Målgrupp;År;Beviljat\nUng start;Flens kommun;Unga;2020;1 200\nSteget;;;2021;300,5\n"
SETTINGS = 'name = "Förbundet"\n[ledger]\nfiles = ["beslut.csv"]\nunit = "tkr"\n[followup]\nexits = ["avslut.csv"]\n'


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """A federation with a ledger and a file of follow-up, of which no report has been made."""
    raw = tmp_path / "data" / "raw" / "litet"
    raw.mkdir(parents=True)
    (raw / "federation.toml").write_text(SETTINGS, encoding="utf-8")
    (raw / "beslut.csv").write_text(LEDGER, encoding="utf-8")
    (raw / "avslut.csv").write_text("År;Avslut\n2020;12\n", encoding="utf-8")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return Task("litet", Places(tmp_path / "data", tmp_path / "out", tmp_path / "notebooks"))


def stand(task: Task, *, period: str = "", remembered: str = "") -> Path:
    """A report of the task as a run would have published it, but for what its pages say."""
    folder = task.places.out / task.federation / (period or "alla-ar")
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for name in ("index.html", "portfolio.html", "tables/owner.csv"):
        (folder / name).write_text(f"{name} {period}", encoding="utf-8")
    write_manifest(
        folder, federation=task.federation, federation_name="Förbundet", period=period, parameters={}, inputs={},
        rows={"in": 3, "used": 2, "set_aside": 1}, vintages={}, remembered=remembered,
        fingerprint=fingerprint(task.federation, places=task.places, parameters=task.parameters),
    )  # fmt: skip
    return folder


def is_unchanged(task: Task) -> bool:
    outcome = unchanged(task)
    assert outcome is None or outcome.status == Status.UNCHANGED
    return outcome is not None


def test_every_report_of_a_run_stands_unchanged_in_the_next(outcomes: dict[str, Outcome], places: Places) -> None:
    before = {path: sha256_of(path) for path in places.out.rglob("*") if path.is_file()}
    again = fleet.run(list(outcomes), places=places, parameters={})
    assert [outcome.status for outcome in again] == [Status.UNCHANGED] * len(outcomes)
    assert [(o.folder, o.rows) for o in again] == [(o.folder, o.rows) for o in outcomes.values()]
    assert fleet.exit_code(again) == 0
    # A run of other tests may publish more beside these; nothing of these is another.
    assert {path: sha256_of(path) for path in before} == before


@pytest.mark.harness
def test_every_demo_federation_made_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw, ignore=shutil.ignore_patterns(".gitkeep"))
    places = Places(tmp_path / "data", tmp_path / "out", ROOT / "notebooks")
    names = sorted(path.name for path in raw.iterdir())

    def run(*, force: bool) -> tuple[set[Status], dict[Path, bytes]]:
        outcomes = fleet.run(names, places=places, parameters={}, jobs=2, force=force)
        files = {path: path.read_bytes() for path in places.out.rglob("*") if path.is_file()}
        return {outcome.status for outcome in outcomes}, files

    first, before = run(force=False)
    assert first == {Status.DONE}
    again, after = run(force=True)
    assert again == {Status.DONE}
    assert set(before) == set(after)
    different = [path for path in before if plain(path, before[path]) != plain(path, after[path])]
    assert different == []
    # Publishing changed what is remembered of earlier reports; that does not make them other reports.
    assert run(force=False) == ({Status.UNCHANGED}, after)


def plain(path: Path, content: bytes) -> object:
    """What a file says, without the time when it was made."""
    if path.name == "manifest.json":
        manifest = json.loads(content)
        pages = {name: digest for name, digest in manifest["outputs"].items() if not name.endswith(".html")}
        return {**manifest, "created": "", "outputs": pages}
    if path.name == "oversikt.csv":
        return re.sub(rb"20\d\d-\d\d-\d\dT[\d:+-]+", b"", content)
    if path.suffix != ".html":
        return content
    # The index of all reports bears a digest of the manifests, and so of the times in them.
    return re.sub(rb"\d{1,2} [a-z]+ 20\d\d|(?<=portfolj-shelf\" content=\")[0-9a-f]+", b"", content)


def test_a_standing_report_is_unchanged_until_it_is_forced(task: Task) -> None:
    assert not is_unchanged(task)
    folder = stand(task)
    outcome = unchanged(task)
    assert outcome is not None
    assert (outcome.folder, outcome.rows, outcome.has_earlier_report) == (folder, (3, 2, 1), True)
    assert not is_unchanged(replace(task, force=True))


@pytest.mark.parametrize("file", ["federation.toml", "beslut.csv", "avslut.csv"])
def test_a_changed_input_is_noticed_by_content_not_by_time(file: str, task: Task) -> None:
    stand(task)
    path = task.places.raw("litet") / file
    before = path.read_bytes()
    os.utime(path, (0, 0))
    assert is_unchanged(task)
    path.write_bytes(before + b"\n")
    assert not is_unchanged(task)
    path.write_bytes(before)
    assert is_unchanged(task)


@pytest.mark.parametrize("file", ["decisions.csv", "codebook.toml", "published.csv"])
def test_a_file_that_is_new_beside_the_ledger_is_noticed(file: str, task: Task) -> None:
    stand(task)
    (task.places.raw("litet") / file).write_text("", encoding="utf-8")
    assert not is_unchanged(task)


def test_a_file_that_no_figure_comes_from_is_not_noticed(task: Task) -> None:
    stand(task)
    (task.places.raw("litet") / "README.md").write_text("Anteckningar", encoding="utf-8")
    assert is_unchanged(task)


def test_a_changed_notebook_is_noticed(task: Task) -> None:
    stand(task)
    notebook = task.places.notebooks / "2_portfolio.ipynb"
    node = json.loads(notebook.read_text(encoding="utf-8"))
    node["cells"][0]["source"] = "# En annan fråga"
    notebook.write_text(json.dumps(node), encoding="utf-8")
    assert not is_unchanged(task)


@pytest.mark.parametrize(
    ("name", "value"),
    [("period", "2020"), ("basis", "named"), ("counting", "split"), ("discount_rate_pct", "4"), ("values", "a=1")],
)
def test_another_parameter_is_another_report(name: str, value: str, task: Task) -> None:
    stand(task)
    assert not is_unchanged(replace(task, parameters={name: value}))


def test_a_parameter_written_in_two_ways_is_one_parameter(task: Task) -> None:
    stand(replace(task, parameters={"discount_rate_pct": "4"}))
    assert is_unchanged(replace(task, parameters={"discount_rate_pct": 4.0}))


def test_two_periods_are_two_reports_that_stand_beside_each_other(task: Task) -> None:
    one, other = (replace(task, parameters={"period": period}) for period in ("2020", "2021"))
    folders = [stand(one, period="2020"), stand(other, period="2021")]
    found = [unchanged(one), unchanged(other)]
    assert [outcome and outcome.folder for outcome in found] == folders


def test_a_copy_of_a_report_under_another_name_is_not_the_report(task: Task) -> None:
    folder = stand(task)
    folder.rename(folder.with_name("kopia"))
    assert not is_unchanged(task)


@pytest.mark.parametrize("file", ["portfolio.html", "tables/owner.csv", "manifest.json"])
def test_a_damaged_or_deleted_file_makes_the_report_again(file: str, task: Task) -> None:
    path = stand(task) / file
    before = path.read_bytes()
    path.write_bytes(b"x" * len(before))  # of the same size, and with the same time
    assert not is_unchanged(task)
    path.write_bytes(before)
    assert is_unchanged(task)
    path.unlink()
    assert not is_unchanged(task)


def test_a_file_that_somebody_put_beside_the_pages_changes_nothing(task: Task) -> None:
    folder = stand(task)
    (folder / "anteckningar.txt").write_text("min", encoding="utf-8")
    assert is_unchanged(task)


def test_a_report_on_people_is_made_again_where_what_it_showed_is_not_remembered(task: Task) -> None:
    folder = stand(task, remembered="shown_counts.json")
    assert not is_unchanged(task)
    memory = folder.parent / "shown_counts.json"
    memory.write_text("{}", encoding="utf-8")
    assert is_unchanged(task)
    memory.write_text("{", encoding="utf-8")
    assert not is_unchanged(task)


def test_another_key_is_noticed_and_nothing_is_told_of_it(
    task: Task, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path_factory.mktemp("keys")
    monkeypatch.setenv("PORTFOLJ_KEYS", str(keys))
    (keys / "litet.key").write_text("ab" * 32, encoding="ascii")
    text = (stand(task) / "manifest.json").read_text(encoding="utf-8")
    assert is_unchanged(task)
    assert "ab" * 16 not in text
    (keys / "litet.key").write_text("cd" * 32, encoding="ascii")
    assert not is_unchanged(task)


def test_a_wrong_parameter_or_settings_file_is_left_to_be_told_of(task: Task) -> None:
    stand(task)
    assert not is_unchanged(replace(task, parameters={"perod": "2020"}))
    assert not is_unchanged(replace(task, federation="finns-inte"))


def test_the_program_counts_by_content_wherever_it_lies(tmp_path: Path) -> None:
    code = (
        "import hashlib, json; from portfolj.report.fingerprint import program; print(json.dumps(program()['files']))"
    )

    def program(folder: Path) -> dict[str, str]:
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        return json.loads(said.stdout)

    for name in ("here", "there"):
        shutil.copytree(ROOT / "src", tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (tmp_path / "there" / "portfolj" / "__pycache__").mkdir()
    (tmp_path / "there" / "portfolj" / "__pycache__" / "x.pyc").touch()
    here, there = program(tmp_path / "here"), program(tmp_path / "there")
    assert here == there
    assert {"prepare.py", "reference/codebook.toml"} <= set(here)
    (tmp_path / "there" / "portfolj" / "reference" / "codebook.toml").write_text("", encoding="utf-8")
    changed = program(tmp_path / "there")
    assert [name for name in here if here[name] != changed[name]] == ["reference/codebook.toml"]


def test_what_is_published_is_found_and_what_is_not_is_left_out(task: Task) -> None:
    folder = stand(task)
    out = task.places.out
    for hidden in (".alla-ar.building", "alla-ar.history/2026-01-01"):
        shutil.copytree(folder, out / "litet" / hidden)
    (out / "litet" / "2019").mkdir()
    (out / "litet" / "2019" / "manifest.json").write_text("trasig", encoding="utf-8")
    found = dict(published_manifests(out))
    assert list(found) == [out / "litet" / "2019", folder]
    assert found[out / "litet" / "2019"] is None
    assert dict(published_manifests(out, "litet")) == found
    assert list(published_manifests(out, "annat")) == []
    assert is_whole(folder)
    assert not is_whole(out / "litet" / "2019")


def test_an_unchanged_fleet_is_told_of_without_importing_what_makes_reports(task: Task) -> None:
    stand(task)
    shutil.copytree(task.places.raw("litet"), task.places.raw("annat"))
    stand(replace(task, federation="annat"))
    write_ways_in(task.places.out)  # as the run that made them did
    code = (
        "import sys; from portfolj.cli import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "heavy = ('pandas', 'numpy', 'papermill', 'nbconvert', 'joblib', 'rich', 'jinja2', 'babel', 'bs4')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    places = task.places
    environment = {**os.environ, "PORTFOLJ_NOTEBOOKS": str(places.notebooks)}
    said = subprocess.run(
        [sys.executable, "-c", code, "run", "--all", "--data", str(places.data), "--out", str(places.out)],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.splitlines()[0] == f"annat: oförändrad. {places.out / 'annat' / 'alla-ar'}"
    assert said.splitlines()[-1] == "[]"
