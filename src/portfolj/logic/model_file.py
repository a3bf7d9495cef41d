"""One file with a logic model: its TOML read, and every fault in it with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portfolj.coding.source import TableReader, nearest
from portfolj.coding.toml_lines import Key
from portfolj.errors import Reason
from portfolj.followup.codes import codes_of, fold, shipped_words
from portfolj.ledger import mask_personal_numbers
from portfolj.logic.circles import circles
from portfolj.logic.measures import GOAL, MEASURES
from portfolj.logic.model import (
    ABOUT,
    AIMS,
    FEDERATION,
    INTERVENTION,
    KINDS,
    MUNICIPALITY,
    Indicator,
    Item,
    Link,
    Model,
)

MODEL_KEYS = ("title", "about", INTERVENTION, MUNICIPALITY, "note", *KINDS, "links")
INDICATOR_KEYS = ("indicator", "measured", "goal", "planned", "outcome", "unit")
ITEM_KEYS = ("id", "text", *INDICATOR_KEYS, "source")
AIM_KEYS = (*ITEM_KEYS, "verdict")
LINK_KEYS = ("from", "to", *INDICATOR_KEYS)
_ID = re.compile(r"[\w.-]+")


class ModelReader(TableReader):
    """Reads the tables of one file and collects faults while it goes on."""

    def __init__(self, file: str, lines: Mapping[Key, int]) -> None:
        super().__init__(file, lines)
        self._taken: dict[str, Key] = {}  # id -> the first box that has it
        self._doubled: set[str] = set()  # ids of several boxes: where a link to one leads is not known

    def fault(
        self, key: Key, found: str, allowed: str = "", action: str = "Rätta filen", *,
        reason: Reason = Reason.SETTING_WRONG,
    ) -> None:  # fmt: skip
        said = replace(self.as_fault(key, found, allowed, action), reason=reason)
        self.told.append((self.line(key), replace(said, cell=_masked(said.cell), found=_masked(said.found))))

    def model(self, raw: Mapping[str, Any]) -> Model:
        """The model that the file holds; not to be used where there are faults."""
        self.unknown_keys(raw, MODEL_KEYS)
        title = self.text(raw, "title").strip()
        if not title and isinstance(raw.get("title", ""), str):
            self.fault(("title",), "Modellen har ingen rubrik", 'title = "en rubrik"', "Skriv en rubrik",
                       reason=Reason.VALUE_MISSING)  # fmt: skip
        about, name = self._about(raw)
        items = [item for kind in KINDS for item in self._items(raw, kind)]
        if not any(raw.get(kind) for kind in KINDS):
            self.fault((), "Modellen har inga rutor", ", ".join(f"[[{kind}]]" for kind in KINDS),
                       "Skriv minst en ruta", reason=Reason.VALUE_MISSING)  # fmt: skip
        links = self._links(raw, {item.id: item for item in items})
        note = self.text(raw, "note").strip()
        return Model(_masked(self.file), _masked(title), about, _masked(name), _masked(note), tuple(items), links)

    def _about(self, raw: Mapping[str, Any]) -> tuple[str, str]:
        """What the model is about, and its name: as stated, or as the name that stands there says."""
        names = {each: self.text(raw, each).strip() for each in (INTERVENTION, MUNICIPALITY)}
        given = [each for each, name in names.items() if name]
        if len(given) == 2:
            self.fault((MUNICIPALITY,), "Både intervention och municipality är ifyllda", "en av dem",
                       "Ta bort den ena")  # fmt: skip
        about = self._word(raw, ABOUT, "about") or (given[0] if given else FEDERATION)
        if about != FEDERATION and not names[about]:
            self.fault(("about",), f"Modellen gäller {about!r}, men {about} är tom", f'{about} = "namnet"',
                       "Skriv namnet", reason=Reason.VALUE_MISSING)  # fmt: skip
        if about not in given and len(given) == 1:
            self.fault((given[0],), f"{given[0]} är ifylld, men modellen gäller {about!r}",
                       f'about = "{given[0]}"', "Rätta about eller ta bort raden")  # fmt: skip
        return about, names.get(about, "")

    def _items(self, raw: Mapping[str, Any], kind: str) -> list[Item]:
        found = []
        for place, own in enumerate(self.tables(raw, kind)):
            key: Key = (kind, place)
            item_id = self.text(own, *key, "id").strip()
            self.ids[key] = item_id
            self.unknown_keys(own, AIM_KEYS if kind in AIMS else ITEM_KEYS, *key)
            text = self.text(own, *key, "text").strip()
            if not text and isinstance(own.get("text", ""), str):
                self.fault(key, "Rutan har ingen text", 'text = "vad rutan säger"', "Skriv en text",
                           reason=Reason.VALUE_MISSING)  # fmt: skip
            if not isinstance(own.get("id", ""), str):
                pass  # told already
            elif not _ID.fullmatch(item_id):
                self.fault(key, f"Rutans id är {item_id!r}" if item_id else "Rutan har inget id",
                           'ett kort namn utan mellanslag, till exempel id = "kurs"', "Skriv ett id",
                           reason=Reason.SETTING_WRONG if item_id else Reason.VALUE_MISSING)  # fmt: skip
            elif (before := self._taken.setdefault(item_id, key)) != key:
                self._doubled.add(item_id)
                self.fault(key, f"Id {item_id!r} finns redan på rad {self.line(before)}", "ett eget id för varje ruta",
                           "Byt namn på den ena", reason=Reason.ID_TWICE)  # fmt: skip
            found.append(Item(
                _masked(item_id), kind, _masked(text), self._indicator(own, key, aim=kind in AIMS),
                self._verdict(own, key),
                _masked(self.text(own, *key, "source").strip()), self.line(key),
            ))  # fmt: skip
        return found

    def _links(self, raw: Mapping[str, Any], items: Mapping[str, Item]) -> tuple[Link, ...]:
        found: dict[tuple[str, str], Link] = {}
        for place, own in enumerate(self.tables(raw, "links")):
            key: Key = ("links", place)
            start, end = (self.text(own, *key, end).strip() for end in ("from", "to"))
            self.ids[key] = f"{start} → {end}" if start or end else ""
            self.unknown_keys(own, LINK_KEYS, *key)
            ends = [self._end(key, name, word, items) for name, word in (("from", start), ("to", end))]
            goal = ends[1] is not None and ends[1].kind in AIMS and ends[1].indicator.goal
            link = Link(_masked(start), _masked(end), self._indicator(own, key, goal=goal or ""), self.line(key))
            if ends[0] is None or ends[1] is None or {start, end} & self._doubled:
                continue
            if (start, end) in found:
                self.fault(key, f"Länken finns redan på rad {found[start, end].line}", "varje länk en gång",
                           "Ta bort den ena", reason=Reason.LINK_TWICE)  # fmt: skip
                continue
            found[start, end] = link
            if KINDS.index(ends[1].kind) < KINDS.index(ends[0].kind):
                self.fault(key, f"Länken går bakåt, från {ends[0].kind} till {ends[1].kind}",
                           "framåt eller inom samma slag: " + ", ".join(KINDS),
                           "Byt plats på from och to, eller flytta en ruta till ett annat slag",
                           reason=Reason.LINK_BACKWARDS)  # fmt: skip
        places = {(own.get("from"), own.get("to")): n for n, own in enumerate(self.tables(raw, "links"))}
        for ring in circles(found):
            self.fault(("links", places[ring[-2], ring[-1]]), f"Länkarna går i en ring: {' → '.join(ring)}",
                       "länkar som inte leder tillbaka", "Ta bort en av dem", reason=Reason.LINK_CIRCLE)  # fmt: skip
        return tuple(found.values())

    def _end(self, key: Key, name: str, word: str, items: Mapping[str, Item]) -> Item | None:
        if word and word in items:
            return items[word]
        found = f"Det finns ingen ruta med id {word!r}" if word else f"Länken har ingen {name}"
        action = nearest(word, tuple(items)) if word else "Skriv ett id"
        self.fault((*key, name), found, "id på en ruta i filen", action,
                   reason=Reason.ID_UNKNOWN if word else Reason.VALUE_MISSING)  # fmt: skip
        return None

    def _indicator(self, own: Mapping[str, Any], key: Key, *, aim: bool = False, goal: str = "") -> Indicator:
        """``goal``: the number of the goal that a link leads to, where it has any."""
        measure = self._word(own, MEASURES, *key, "measured")
        number = self._goal(own, key)
        if number and not aim and measure != GOAL:
            self.fault((*key, "goal"), "goal används bara av mål, delmål och measured = \"goal\"", "",
                       "Ta bort raden eller ange measured")  # fmt: skip
        if measure == GOAL and not number and not goal:
            self.fault((*key, "measured"), "Det framgår inte vilket mål som menas", 'goal = "målets nummer"',
                       "Skriv målets nummer i uppföljningen", reason=Reason.VALUE_MISSING)  # fmt: skip
        planned, outcome = self._number(own, *key, "planned"), self._number(own, *key, "outcome")
        unit = self.text(own, *key, "unit").strip()
        if bool({"planned", "outcome"} & set(own)) != bool(unit) and isinstance(own.get("unit", ""), str):
            self.fault((*key, "unit"), "planned och outcome ska ha en enhet, och unit ett tal", 'unit = "timmar"',
                       "Skriv båda eller ingen", reason=Reason.VALUE_MISSING)  # fmt: skip
        text = self.text(own, *key, "indicator").strip()
        return Indicator(_masked(text), measure, _masked(number or goal), planned, outcome, _masked(unit))

    def _goal(self, own: Mapping[str, Any], key: Key) -> str:
        given = own.get("goal", "")
        if isinstance(given, int) and not isinstance(given, bool):
            return str(given)
        return self.text(own, *key, "goal").strip()

    def _verdict(self, own: Mapping[str, Any], key: Key) -> str:
        """The code of the verdict, which may be written in Swedish too."""
        said = self.text(own, *key, "verdict").strip()
        code = shipped_words("verdict").get(fold(said), said)
        return self._word({"verdict": code}, codes_of("verdict"), *key, "verdict")

    def _word(self, own: Mapping[str, Any], allowed: tuple[str, ...], *key: str | int) -> str:
        word = self.text(own, *key).strip()
        if word and word not in allowed:
            self.fault(key, f"{key[-1]} är {word!r}", ", ".join(allowed), nearest(word, allowed),
                       reason=Reason.WORD_UNKNOWN)  # fmt: skip
            return ""
        return word

    def _number(self, own: Mapping[str, Any], *key: str | int) -> float | None:
        given = own.get(str(key[-1]))
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given) or given < 0:
            self.fault(key, f"{key[-1]} är {given!r}", "ett tal, noll eller mer, utan citattecken", "Rätta talet",
                       reason=Reason.NUMBER_UNREADABLE)  # fmt: skip
            return None
        return float(given)


def _masked(text: str) -> str:
    return mask_personal_numbers(text)
