"""Runs that are killed, and what a reader finds afterwards.

``python runs.py FOLDER`` publishes small reports to ``FOLDER/rar/2019`` one after the other until it is killed.
"""

from __future__ import annotations

import html
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psutil

from portfolj.files import sha256_of
from portfolj.report.checks import page_faults
from portfolj.report.index import search_script
from portfolj.report.kept import kept_reports
from portfolj.report.manifest import output_hashes, read_manifest, write_manifest

sys.path.insert(0, str(Path(__file__).parents[1]))  # for when it is run as a program
from published_folders import publish_keeping

ROOT = Path(__file__).parents[2]
SETTINGS = 'name = "Förbundet {}"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n'
LEDGER = (
    "Insats;Sökande;År;Beviljat;Beskrivning\n"
    "Stegen;Flens kommun;2023;{};Coachning för unga\n"
    "Steg två;Region Sörmland;2024;2000;Rehabilitering för sjukskrivna\n"
)
MARKER = "PORTFOLJ_TEST_RUN"
HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
GONE_SECONDS = 60  # far more than it takes; a process that is still there then is one that stays


@dataclass
class Work:
    """Small federations, and what their reports have been made of."""

    base: Path
    federations: tuple[str, ...] = ("ett", "tva")
    marker: str = field(default_factory=lambda: uuid.uuid4().hex)
    versions: dict[str, int] = field(default_factory=dict)  # SHA-256 of a ledger -> its version
    run_seconds: float = 0.0
    reports: Path | None = None
    temporary: Path | None = None  # the runs' folder for temporary files; None for the system's

    @property
    def out(self) -> Path:
        return self.reports or self.base / "reports"

    def write_ledgers(self, version: int) -> None:
        for name in self.federations:
            folder = self.base / "data" / "raw" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "federation.toml").write_text(SETTINGS.format(name), encoding="utf-8")
            (folder / "liggare.csv").write_text(LEDGER.format(1000 + version), encoding="utf-8")
        self.versions[sha256_of(folder / "liggare.csv")] = version

    def start(self) -> subprocess.Popen[str]:
        """``portfolj run --all`` as a process of its own, whose children can be told by their environment."""
        temporary = {} if self.temporary is None else {"TMPDIR": str(self.temporary)}
        where = ["--data", str(self.base / "data"), "--out", str(self.out)]
        return subprocess.Popen(
            [sys.executable, "-m", "portfolj", "run", "--all", *where],
            cwd=ROOT,
            env={**os.environ, MARKER: self.marker, **temporary},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self) -> subprocess.CompletedProcess[str]:
        """The same, to its end."""
        process = self.start()
        stdout, stderr = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def standing(self) -> dict[str, int | None]:
        """The version of the ledger that each federation's report is of; None where there is no report."""
        found: dict[str, int | None] = {}
        for name in self.federations:
            manifest = read_manifest(self.out / name / "alla-ar" / "manifest.json")
            found[name] = None if manifest is None else self.versions[manifest["inputs"]["liggare.csv"]]
        return found

    def survivors(self) -> list[str]:
        """The processes of the runs that are still there after they have had time to go."""
        processes = [process for process in psutil.process_iter() if self._is_ours(process)]
        _, alive = psutil.wait_procs(processes, timeout=GONE_SECONDS)
        return [str(process) for process in alive]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(MARKER) == self.marker
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill the run's own process, and no other, after that time. False if it had ended by itself."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def kill_while_publishing(process: subprocess.Popen[str], out: Path, federation: str, seconds: float) -> bool:
    """Kill it that long after the last file of the federation's new report is there. False if it ended before."""
    while process.poll() is None:
        if any((out / federation).glob(".*.building-*/manifest.json")):
            return kill_after(process, seconds)
        time.sleep(0.001)
    process.communicate()
    return False


def site_faults(out: Path) -> list[str]:
    """What is wrong with what a reader finds in ``out``, hidden folders aside; empty for a whole site."""
    faults = []
    for path in sorted(out.rglob("manifest.json")):
        where = path.parent.relative_to(out)
        if any(part.startswith(".") for part in where.parts):
            continue
        if not _is_whole(path):
            faults.append(f"{where} is not whole")
    for page in sorted(out.rglob("*.html")):
        if any(part.startswith(".") for part in page.relative_to(out).parts):
            continue
        text = page.read_text(encoding="utf-8")
        faults += [f"{page.relative_to(out)} leads to {link}" for link in _links(text) if not _opens(page, link)]
        if page.parent == out:
            faults += page_faults(text, script=search_script() if page.name == "index.html" else "")
    return faults


def _is_whole(manifest_file: Path) -> bool:
    """Whether the files of a report are those of its manifest.

    A worker of a killed run goes on for a moment and may publish just while its files are read: then the manifest is
    another afterwards, and the new report is the one to look at.
    """
    manifest = read_manifest(manifest_file)
    while True:
        found = output_hashes(manifest_file.parent)
        before, manifest = manifest, read_manifest(manifest_file)
        if manifest == before:
            return manifest is not None and manifest["outputs"] == found


def _links(text: str) -> set[str]:
    return {html.unescape(link) for link in HREF.findall(text)}


def _opens(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or not parts.path:
        return True
    target = page.parent / unquote(parts.path)
    hidden = any(part.startswith(".") and part != ".." for part in Path(unquote(parts.path)).parts)
    return target.is_file() and not hidden


def small_report(version: int) -> Callable[[Path], None]:
    """Fills a folder with a report of some files."""

    def build(folder: Path) -> None:
        (folder / "tables").mkdir()
        for number in range(8):
            (folder / "tables" / f"{number}.csv").write_text(f"{version}\n" * 500)
        (folder / "index.html").write_text(f"{version}")
        write_manifest(
            folder, federation="rar", federation_name="RAR", period="2019", parameters={}, inputs={}, rows={},
            vintages={}, created=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=version),
        )  # fmt: skip

    return build


def publish_until_killed(folder: Path) -> None:
    """Report after report, told on standard output once the first stands."""
    target = folder / "rar" / "2019"
    version = int((target / "index.html").read_text()) if target.exists() else 0
    while True:
        version += 1
        publish_keeping(small_report(version), target, keep=3)
        print(json.dumps(version), flush=True)


def history_of(folder: Path) -> list[int]:
    """The versions that are kept as history, newest first."""
    return [int((kept.folder / "index.html").read_text()) for kept in kept_reports(folder / "rar")]


if __name__ == "__main__":
    publish_until_killed(Path(sys.argv[1]))
