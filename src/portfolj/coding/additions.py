"""A codebook file that adds to the shipped one: codes, terms, words of a list, and codes folded to a shorter list.

The file has the syntax of the shipped codebook. What stands in it is added: rules and examples of a code that exists,
new codes of owner and target groups, words of a list, roles. A rule with the id of a shipped rule adds its terms to
that rule's, which is how a shipped rule is made narrower. ``[fold.target_groups]`` names, for each code that a report
should not show on its own, the code that it is counted as.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from portfolj.coding.codebook import ALL_DIMENSIONS, UNDEFINED, Codebook
from portfolj.coding.read import CODE_KEYS, EXAMPLE_KEYS, OPEN_DIMENSIONS, CodebookReading, shipped_organisations
from portfolj.coding.source import TableReader, nearest, shipped_text
from portfolj.coding.toml_lines import Key

_ADDED_TO_A_RULE = ("id", "include", "exclude", "note")


def read_additions(own: dict[str, Any], lines: Mapping[Key, int], *, file: str) -> tuple[CodebookReading, Codebook]:
    """The shipped codebook with what the tables ``own`` add, and the reading that holds every fault of them."""
    merging = _Merging(file, lines)
    merging.add(own)
    folds = merging.folds(own)
    reading = CodebookReading(file, merging.merged_lines(), shipped_organisations(), adds=True)
    codebook = reading.codebook(merging.table_of_all, folds=folds)
    reading.told += merging.told
    return reading, codebook


class _Merging(TableReader):
    """Adds a file's tables to those of the shipped codebook. ``moved``: where its list items come to stand."""

    def __init__(self, file: str, lines: Mapping[Key, int]) -> None:
        super().__init__(file, lines)
        self.table_of_all: dict[str, Any] = tomllib.loads(shipped_text())
        self.moved: dict[Key, Key] = {}
        self.shipped_rules = {
            rule["id"]: (dimension, code, place)
            for dimension in ALL_DIMENSIONS
            for code, body in self.table_of_all[dimension]["codes"].items()
            for place, rule in enumerate(body.get("rules", []))
        }

    def merged_lines(self) -> dict[Key, int]:
        """The line of each thing by where it stands in the merged tables."""
        lines: dict[Key, int] = {}
        for key, line in self.lines.items():
            known = next((end for end in range(len(key), 0, -1) if key[:end] in self.moved), 0)
            lines[(*self.moved[key[:known]], *key[known:]) if known else key] = line
        return lines

    def add(self, own: dict[str, Any]) -> None:
        self.unknown_keys(own, ("version", "lists", *ALL_DIMENSIONS, "roles", "fold"))
        self.table_of_all["version"] += f"+{self.text(own, 'version') or 'egna tillägg'}"
        lists = self.table(own, "lists")
        for name in lists:
            self.extend(
                self.table_of_all["lists"].setdefault(name, []), self.texts(lists, "lists", name), "lists", name
            )
        self.extend(self.table_of_all["roles"], self.tables(own, "roles"), "roles")
        for dimension in ALL_DIMENSIONS:
            raw = self.table(own, dimension)
            self.unknown_keys(raw, ("codes",), dimension)
            bodies = self.table(raw, dimension, "codes")
            for code in bodies:
                self.code(dimension, code, self.table(bodies, dimension, "codes", code))

    def extend(self, all_of_them: list[Any], more: Any, *key: str | int, at: Key | None = None) -> None:
        """More items of the list that ``key`` leads to in the file and ``at`` in the merged tables."""
        for place, item in enumerate(more):
            self.moved[(*key, place)] = (*(at or key), len(all_of_them))
            all_of_them.append(item)

    def code(self, dimension: str, code: str, body: dict[str, Any]) -> None:
        key, codes = (dimension, "codes", code), self.table_of_all[dimension]["codes"]
        if code in codes:
            self.unknown_keys(body, ("rules", *EXAMPLE_KEYS), *key)
            self.rules(key, body, codes[code].setdefault("rules", []))
            for name in EXAMPLE_KEYS:
                self.extend(codes[code].setdefault(name, []), self.texts(body, *key, name), *key, name)
        elif dimension not in OPEN_DIMENSIONS:
            found = f"Koden {code!r} finns inte, och nya koder går inte att lägga till i {dimension}"
            self.fault(key, found, ", ".join(codes), nearest(code, tuple(codes)))
        elif not any(name in body for name in CODE_KEYS):
            found = f"Koden {code!r} finns inte, och en ny kod behöver namn och definition"
            allowed = f"{', '.join(codes)}, eller en ny kod med {', '.join(CODE_KEYS)}"
            self.fault(key, found, allowed, nearest(code, tuple(codes)))
        else:
            undefined = codes.pop(UNDEFINED)  # stays last
            codes[code] = {**body, "rules": []}
            self.rules(key, body, codes[code]["rules"])
            codes[UNDEFINED] = undefined

    def rules(self, key: Key, body: dict[str, Any], all_of_them: list[Any]) -> None:
        for place, raw in enumerate(self.tables(body, *key, "rules")):
            own, rule_id = (*key, "rules", place), raw.get("id")
            known = self.shipped_rules.get(rule_id) if isinstance(rule_id, str) else None
            if known is None:
                self.moved[own] = (*key, "rules", len(all_of_them))
                all_of_them.append(raw)
                continue
            self.ids[own] = str(rule_id)
            dimension, code, at = known
            if (dimension, "codes", code) != key:
                found = f"Regeln {rule_id!r} hör till {dimension}.codes.{code} i portfoljs kodbok"
                self.fault((*own, "id"), found, "ett eget id", f"Ge regeln ett nytt id, eller flytta den till {code}")
                continue
            for name in raw:
                if name not in _ADDED_TO_A_RULE:
                    found = f"{rule_id!r} finns i portfoljs kodbok, och {name} går inte att ändra i den"
                    self.fault((*own, name), found, "include och exclude", "Ge regeln ett eget id")
            self.moved[own] = (*key, "rules", at)
            for name in ("include", "exclude"):
                terms = all_of_them[at].setdefault(name, [])
                self.extend(terms, self.texts(raw, *own, name), *own, name, at=(*key, "rules", at, name))

    def folds(self, own: dict[str, Any]) -> dict[str, dict[str, str]]:
        """Dimension -> code -> the code that it is counted as."""
        raw = self.table(own, "fold")
        self.unknown_keys(raw, OPEN_DIMENSIONS, "fold")
        folds: dict[str, dict[str, str]] = {}
        for dimension in OPEN_DIMENSIONS:
            codes, listed = tuple(self.table_of_all[dimension]["codes"]), self.table(raw, "fold", dimension)
            for code in listed:
                key = ("fold", dimension, code)
                onto = self.text(listed, *key)
                for word in (code, onto):
                    if word not in codes:
                        self.fault(key, f"Koden {word!r} finns inte", ", ".join(codes), nearest(word, codes))
                if code == UNDEFINED:
                    self.fault(key, f"{UNDEFINED} går inte att föra till en annan kod", "", "Ta bort raden")
                elif code == onto:
                    self.fault(key, f"Koden {code!r} förs till sig själv", "", "Ange en annan kod eller ta bort raden")
                elif onto in listed:
                    action = f"Skriv {listed[onto]!r} direkt"
                    self.fault(key, f"Koden {onto!r} förs själv vidare", "en kod som blir kvar", action)
                folds.setdefault(dimension, {})[code] = onto
        return folds
