"""A logic model as nested lists: what leads to what, with indicators, figures and verdicts.

The text alternative of the picture. A box that several others lead to is read out where it comes first; after that it
is named with a link to that place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.logic import words
from portfolj.exhibits.markup import Html, details
from portfolj.logic.model import AIMS

LONGEST_OPEN: Final = 20  # boxes of a list that is seen at once
Rows = Sequence[Mapping[str, Any]]


def outline(items: Rows, links: Rows, *, name: str) -> Html:
    """The list of one model. ``name`` makes its ids unique on the page."""
    told = _Told(items, links, name)
    first = told.many([(item_id, None) for item_id in told.first])
    whole = Html(Markup('<div class="outline">\n{}\n</div>').format(first))
    heading = f"Modellen som lista ({swedish.counted(len(items), 'ruta', 'rutor')})"
    if len(items) > LONGEST_OPEN:
        return details(heading, whole)
    return Html(Markup("<h4>{}</h4>").format(heading), whole)


class _Told:
    """One reading through a model. ``first``: the boxes that nothing leads to, where the reading begins."""

    def __init__(self, items: Rows, links: Rows, name: str) -> None:
        order = {str(item["id"]): n for n, item in enumerate(items)}
        self.items = {str(item["id"]): item for item in items}
        self.onward: dict[str, list[Mapping[str, Any]]] = {}
        for link in sorted(links, key=lambda link: order[str(link["to"])]):
            self.onward.setdefault(str(link["from"]), []).append(link)
        led_to = {str(link["to"]) for link in links}
        self.first = [item_id for item_id in order if item_id not in led_to]
        self.anchors = {item_id: f"{name}-{n}" for item_id, n in order.items()}
        self.read: set[str] = set()

    def many(self, steps: Sequence[tuple[str, Mapping[str, Any] | None]]) -> Markup:
        rows = Markup("\n").join(self.one(*step) for step in steps)
        return Markup("<ul>\n{}\n</ul>").format(rows)

    def one(self, item_id: str, link: Mapping[str, Any] | None) -> Markup:
        item = self.items[item_id]
        kind = swedish.sentence(words.KINDS[item["kind"]][0])
        along = Markup(' <span class="small">({})</span>').format(_along(link)) if link is not None else Markup("")
        if item_id in self.read:
            return Markup('<li>{}: <a href="#{}">{}</a>{}</li>').format(
                kind, self.anchors[item_id], str(item["text"]).rstrip("."), along
            )
        self.read.add(item_id)
        onward = self.onward.get(item_id, [])
        below = self.many([(str(step["to"]), step) for step in onward]) if onward else Markup("")
        return Markup('<li id="{}">{}: {}{}{}{}</li>').format(
            self.anchors[item_id], kind, str(item["text"]).rstrip("."), along, _about(item),
            Markup("\n{}").format(below) if below else "",
        )  # fmt: skip


def _along(link: Mapping[str, Any]) -> Markup:
    """What the arrow to a box is followed by."""
    text = words.indicator(link)
    if not text:
        return Markup("steget hit: {}").format(words.NO_INDICATOR)
    return Markup("steget hit: {}; {}").format(text, words.figure(link))


def _about(item: Mapping[str, Any]) -> Markup:
    """What is known of the box itself: verdict, indicator with its figure, where it is printed."""
    parts = []
    if item["kind"] in AIMS:
        judged = words.verdict(str(item["verdict"]))
        parts.append(Markup("bedömning: <strong>{}</strong>").format(judged) if judged else Markup("bedömning saknas"))
    if text := words.indicator(item):
        parts.append(Markup("indikator: {}; {}").format(text, words.figure(item)))
    if item["source"]:
        parts.append(Markup("källa: {}").format(item["source"]))
    return Markup(". {}").format(_sentence(parts)) if parts else Markup("")


def _sentence(parts: Sequence[Markup]) -> Markup:
    return Markup(". ").join(Markup(swedish.sentence(str(part))) for part in parts)
