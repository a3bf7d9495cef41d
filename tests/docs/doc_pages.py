"""The pages of the documentation as parts: fenced blocks with their marks, links, headings.

An HTML comment on the line before a fence marks it: ``<!-- körs -->`` for commands that are run and whose output must
be what the page shows; ``<!-- fil: PATH -->`` for a file that the commands after it find in their folder;
``<!-- visar: PATH -->`` for what stands in a file that the commands before it made.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)$")
_MARK = re.compile(r"^ *<!-- (?P<mark>körs|(?P<kind>fil|visar): (?P<path>\S+)) -->$")


@dataclass(frozen=True)
class Block:
    """A fenced block. ``first`` is the 0-based line of the page that its content starts on."""

    language: str
    mark: str
    file: str
    shows: str
    first: int
    lines: tuple[str, ...]

    @property
    def commands(self) -> list[str]:
        """The commands of a console block, as typed after ``$`` (or ``>`` in Windows)."""
        return [line[2:] for line in self.lines if line.startswith(("$ ", "> "))] if self.language == "console" else []


def blocks(page: Path) -> list[Block]:
    """Every fenced block of the page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found, number = [], 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if not fence:
            number += 1
            continue
        indent = fence["indent"]
        end = next(n for n in range(number + 1, len(lines)) if lines[n] == f"{indent}```")
        mark = _MARK.match(lines[number - 1]) if number else None
        content = tuple(line.removeprefix(indent) for line in lines[number + 1 : end])
        paths = {mark["kind"]: mark["path"]} if mark and mark["path"] else {}
        found.append(
            Block(
                language=fence["language"],
                mark=mark["mark"] if mark else "",
                file=paths.get("fil", ""),
                shows=paths.get("visar", ""),
                first=number + 1,
                lines=content,
            )
        )
        number = end + 1
    return found


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[tuple[bool, str, str]]:
    """(is an image, text, target) of every link of the page."""
    return [
        (bool(bang), text, target) for bang, text, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", prose(page))
    ]


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as repository hosts make them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def portfolj_commands(page: Path) -> list[list[str]]:
    """The arguments of every ``portfolj`` command in the page's console blocks."""
    typed = [shlex.split(command, posix=False) for block in blocks(page) for command in block.commands]
    return [words[1:] for words in typed if words and words[0] == "portfolj"]
