"""The examples marked for running are run, in a folder of their own, and print what the pages show.

When a message has changed on purpose: ``UPDATE_DOCS=1 python -m pytest tests/docs`` writes the new output into the
pages.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from doc_pages import PAGES, ROOT, Block, blocks

from portfolj import cli

HOME = "/home/anna/portfolj"  # stands in the pages for the folder that the example was run in
RUN = [page for page in PAGES if any(block.mark == "körs" for block in blocks(page))]


def run(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """What the command prints, with the folder's own name replaced."""
    program, *arguments = shlex.split(command)
    assert program == "portfolj", "an example that is run holds portfolj commands only"
    monkeypatch.setattr("sys.argv", [program, *arguments])
    monkeypatch.setattr("sys.stdin", io.StringIO())
    capsys.readouterr()
    code: object = 0
    try:
        cli.main()
    except SystemExit as ended:
        code = ended.code
    assert code in (None, 0, 2), f"{command} stopped on a bug"
    printed = capsys.readouterr()
    text = (printed.out + printed.err).replace(str(folder), HOME)
    return [line.rstrip() for line in text.rstrip("\n").split("\n")]


def expected(block: Block) -> list[tuple[str, list[str]]]:
    """Each command of the block with the output shown under it."""
    shown: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            shown.append((line[2:], []))
        else:
            shown[-1][1].append(line)
    return [(command, "\n".join(output).strip("\n").split("\n")) for command, output in shown]


@pytest.mark.parametrize("page", RUN, ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_print_what_the_page_shows(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path.resolve()
    (folder / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PORTFOLJ_DATA", str(folder / "data"))
    monkeypatch.setenv("PORTFOLJ_OUT", str(folder / "reports"))
    lines = page.read_text(encoding="utf-8").split("\n")
    moved = 0
    for block in blocks(page):
        if block.file:
            file = folder / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        if block.shows:
            made = (folder / block.shows).read_text(encoding="utf-8-sig").splitlines()
            assert made == list(block.lines), f"{block.shows} holds something else"
        if block.mark != "körs":
            continue
        printed = [(command, run(command, capsys, monkeypatch, folder)) for command, _ in expected(block)]
        if os.environ.get("UPDATE_DOCS"):
            new = "\n\n".join("\n".join([f"$ {command}", *output]) for command, output in printed).split("\n")
            start = block.first + moved
            lines[start : start + len(block.lines)] = new
            moved += len(new) - len(block.lines)
            page.write_text("\n".join(lines), encoding="utf-8")
        else:
            assert printed == expected(block), "the program prints something else; see the docstring of this module"


def test_the_readmes_way_to_a_ledger_of_ones_own_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## En egen liggare")[1].split("\n## ")[0]
    commands = re.findall(r"^ *\$ (portfolj .+)$", section, flags=re.MULTILINE)
    assert [command.split()[1] for command in commands] == ["new", "check", "run", "new", "run"]
    folder = tmp_path.resolve() / "portfolj"
    (folder / "data" / "raw").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "raw" / "rar-sormland" / "rar_sormland_ledger.xlsx", folder / "liggare.xlsx")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PORTFOLJ_DATA", str(folder / "data"))
    monkeypatch.setenv("PORTFOLJ_OUT", str(folder / "reports"))
    for command in commands:
        run(command, capsys, monkeypatch, folder)
    for reports in (folder / "reports", folder.parent / "finsam" / "rapporter"):
        assert (reports / "index.html").is_file()
        assert (reports / "mitt-forbund" / "alla-ar" / "portfolio.html").is_file()


def test_some_pages_have_examples_that_are_run() -> None:
    names = {page.name for page in RUN}
    assert {"forsta-rapporten.md", "nekad-liggare.md", "koda-en-tabell.md"} <= names
