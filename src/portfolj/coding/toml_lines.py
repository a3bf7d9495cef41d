"""On which line of a TOML text each table, key and list item stands: what ``tomllib`` does not tell."""

from __future__ import annotations

import bisect
import re
import tomllib

Key = tuple[str | int, ...]  # the keys and list places that lead to a thing, as in table["roles"][2]["include"]

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[\w-]+)[ \t]*""")
_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[^\s,\]}#]+(?: \d[^\s,\]}#]*)?",
    re.DOTALL,
)


def lines_of(text: str) -> dict[Key, int]:
    """The line, from 1, on which each thing in a TOML text begins. The text must be one that ``tomllib`` reads."""
    scan = _Scan(text)
    scan.document()
    return scan.lines


class _Scan:
    """One walk through a text. ``at`` is the place reached."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Key, int] = {}
        self.last: dict[Key, int] = {}  # list of tables -> the place of its last
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def note(self, key: Key, at: int) -> None:
        for length in range(1, len(key) + 1):
            self.lines.setdefault(key[:length], bisect.bisect_left(self.breaks, at) + 1)

    def blank(self) -> None:
        self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]

    def past(self, sign: str) -> None:
        self.at = self.text.index(sign, self.at) + len(sign)

    def document(self) -> None:
        table: Key = ()
        self.blank()
        while self.at < len(self.text):
            start = self.at
            if self.text.startswith("[[", start):
                self.at += 2
                table = self.within(self.keys())
                self.last[table] = self.last.get(table, -1) + 1
                table = (*table, self.last[table])
                self.past("]]")
                self.note(table, start)
            elif self.text[start] == "[":
                self.at += 1
                table = self.within(self.keys())
                table = (*table, self.last[table]) if table in self.last else table
                self.past("]")
                self.note(table, start)
            else:
                self.pair(table)
            self.blank()

    def within(self, keys: Key) -> Key:
        """The keys of a heading with the place of the last table in each list of tables above it."""
        key: Key = ()
        for part in keys:
            key = (*key, self.last[key], part) if key in self.last else (*key, part)
        return key

    def keys(self) -> Key:
        found: list[str] = []
        while True:
            match = _KEY.match(self.text, self.at)
            assert match, "tomllib has read the text"
            quoted = match[1][0] in "\"'"
            found.append(tomllib.loads(f"key = {match[1]}")["key"] if quoted else match[1])
            self.at = match.end()
            if self.text[self.at] != ".":
                return tuple(found)
            self.at += 1

    def pair(self, table: Key) -> None:
        start = self.at
        key = (*table, *self.keys())
        self.past("=")
        self.note(key, start)
        self.blank()
        self.value(key)

    def value(self, key: Key) -> None:
        if self.text[self.at] == "[":
            self.items(key, "]")
        elif self.text[self.at] == "{":
            self.items(key, "}")
        else:
            self.at = _VALUE.match(self.text, self.at).end()  # type: ignore[union-attr]

    def items(self, key: Key, end: str) -> None:
        """The items of a list, or the pairs of a table within braces."""
        self.at += 1
        self.blank()
        number = 0
        while self.text[self.at] != end:
            if end == "]":
                self.note((*key, number), self.at)
                self.value((*key, number))
            else:
                self.pair(key)
            number += 1
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.blank()
        self.at += 1
