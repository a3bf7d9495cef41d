"""Every command that the documentation shows exists, with the options that it is shown with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from doc_pages import PAGES, ROOT, blocks, portfolj_commands

from portfolj.cli import app

REFERENCE = ROOT / "docs" / "reference" / "kommandon.md"


def commands_of(group: Any, before: str = "") -> dict[str, Any]:
    """Every command by what is typed for it, such as ``codebook check``."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found |= commands_of(command, f"{before}{name} ") if inner else {before + name: command}
    return found


COMMANDS = commands_of(typer.main.get_command(app))


def parse(arguments: list[str]) -> None:
    """Reads the arguments as the program would, and runs nothing."""
    words = next((n for n in (1, 2) if " ".join(arguments[:n]) in COMMANDS), 0)
    assert words, f"there is no portfolj {' '.join(arguments[:2])}"
    name = " ".join(arguments[:words])
    COMMANDS[name].make_context(name, arguments[words:])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_portfolj_command_shown_can_be_read(page: Path) -> None:
    for arguments in portfolj_commands(page):
        parse(arguments)


@pytest.mark.parametrize(
    "arguments",
    [["rum", "--all"], ["codebook", "chekc"], ["run", "--everything"], ["new", "namn", "fil.csv", "--unit", "kkr"]],
)
def test_a_command_that_does_not_exist_would_be_found(arguments: list[str]) -> None:
    with pytest.raises((AssertionError, Exception)) as raised:
        parse(arguments)
    assert raised.type.__name__ in ("AssertionError", "NoSuchOption", "BadParameter")


def test_the_reference_names_every_command_and_option() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    for name, command in COMMANDS.items():
        assert f"## portfolj {name}" in text
        options = [opt for parameter in command.params for opt in parameter.opts if opt.startswith("--")]
        section = text.split(f"## portfolj {name}\n")[1].split("\n## ")[0]
        shown = re.findall(r"`(--[a-z-]+)", section)
        assert sorted(set(shown)) == sorted(set(options) - {"--help"}), name


def test_every_make_target_named_exists_and_the_readme_names_those_that_matter() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"`make ([a-z]+)`", text))
        named |= {word for block in blocks(page) for c in block.commands for word in re.findall(r"^make ([a-z]+)$", c)}
        assert named <= targets, page.name
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"report", "test", "lab", "check", "benchmark", "lock"} <= set(re.findall(r"make ([a-z]+)", readme))
