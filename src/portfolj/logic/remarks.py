"""What is weak in a logic model. It is told, and stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portfolj.errors import Fault, Reason
from portfolj.logic.circles import reached_from
from portfolj.logic.model import ACTIVITIES, AIMS, EFFECTS, GOALS, OUTPUTS, RESOURCES, RESULTS, Item, Model

# Code -> what to do about it.
ACTIONS: Final = {
    "activity_leads_nowhere": "Lägg till en länk till det som aktiviteten ska ge, eller fråga om den behövs",
    "output_leads_nowhere": "Lägg till en länk till det som prestationen ska leda till",
    "goal_without_cause": "Lägg till en länk från det som ska ge målet, eller fråga om målet hör hit",
    "goal_without_activity": "Lägg till den aktivitet som ska ge målet",
    "result_without_effect": "Lägg till en länk till en effekt eller ett mål",
    "resource_unused": "Lägg till en länk till det som resursen används till",
    "link_without_indicator": "Skriv indicator: hur märks det att det ena leder till det andra?",
}
_SAID: Final = {
    "activity_leads_nowhere": "Aktiviteten leder ingenstans",
    "output_leads_nowhere": "Prestationen leder ingenstans",
    "result_without_effect": "Resultatet leder inte till någon effekt eller något mål",
    "resource_unused": "Resursen används inte till något",
}


@dataclass(frozen=True)
class Remark:
    """One weakness. ``code``: a key of ``ACTIONS``; ``about``: the id of the box, or ``from → to`` of the link;
    ``text``: what the box or the link's ends say; ``said``: the weakness in words."""

    code: str
    about: str
    text: str
    said: str
    kind: str
    line: int

    @property
    def action(self) -> str:
        """What to do."""
        return ACTIONS[self.code]

    def as_fault(self, file: str) -> Fault:
        """The remark as ``portfolj check`` tells it."""
        place = ", ".join(part for part in (f"rad {self.line}" if self.line else "", self.kind, self.about) if part)
        return Fault(file, "", place, Reason.MODEL_WEAK, f"{self.said}: ”{self.text.rstrip('.')}”", "", self.action)


def remarks_of(model: Model) -> tuple[Remark, ...]:
    """Every weakness of the model: boxes first, in the order of the chain, then links in the order of the file."""
    return (*_of_items(model), *_of_links(model))


def _of_items(model: Model) -> Iterator[Remark]:
    onward: dict[str, list[str]] = {}
    for link in model.links:
        onward.setdefault(link.start, []).append(link.end)
    led_to = {link.end for link in model.links}
    from_activities = reached_from([item.id for item in model.of_kind(ACTIVITIES)], onward)
    lasting = {item.id for item in model.items if item.kind in (EFFECTS, *AIMS)}
    for item in model.items:
        code = ""
        if item.kind == ACTIVITIES and item.id not in onward:
            code = "activity_leads_nowhere"
        elif item.kind == OUTPUTS and item.id not in onward:
            code = "output_leads_nowhere"
        elif item.kind == RESOURCES and item.id not in onward:
            code = "resource_unused"
        elif item.kind == RESULTS and not reached_from([item.id], onward) & lasting:
            code = "result_without_effect"
        elif item.kind in AIMS and item.id not in led_to:
            code = "goal_without_cause"
        elif item.kind in AIMS and item.id not in from_activities:
            code = "goal_without_activity"
        if code:
            yield Remark(code, item.id, item.text, _said(code, item), item.kind, item.line)


def _said(code: str, item: Item) -> str:
    name = "målet" if item.kind == GOALS else "delmålet"
    if code == "goal_without_cause":
        return f"Ingenting leder till {name}"
    if code == "goal_without_activity":
        return f"Ingen aktivitet leder till {name}"
    return _SAID[code]


def _of_links(model: Model) -> Iterator[Remark]:
    for link in model.links:
        if not link.indicator.is_there:
            start, end = model.by_id[link.start], model.by_id[link.end]
            yield Remark("link_without_indicator", f"{link.start} → {link.end}", f"{start.text} → {end.text}",
                         "Länken har ingen indikator", "links", link.line)  # fmt: skip
