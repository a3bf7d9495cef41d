"""Each logic model with its picture and its list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from portfolj.exhibits.followup.shown import legend_note, only_in_notebook
from portfolj.exhibits.logic import words
from portfolj.exhibits.logic.headline import links_finding
from portfolj.exhibits.logic.outline import outline
from portfolj.exhibits.logic.picture import picture
from portfolj.exhibits.markup import Html, finding, note, paragraph, subheading
from portfolj.logic.measures import HIDDEN

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView

NONE = (
    "Förbundet har ingen logisk modell. Därför går det inte att säga vad insatserna skulle leda till, steg för steg, "
    "eller vilket steg som brast."
)
MOST_CHARACTERS: Final = 800_000  # of all pictures together: a page has a largest size, 1 500 000
NO_PICTURE = "Bilden är utelämnad: med den skulle sidan bli för stor. Listan säger detsamma."


def models(view: LogicView) -> Html:
    """The models under each other, with the finding on them first."""
    if not view.models:
        return absent()
    parts, left = [finding(links_finding(view))], MOST_CHARACTERS
    for number, model in enumerate(view.models):
        items, links = rows_of(view, "items", number), rows_of(view, "links", number)
        parts.append(subheading(heading_of(view, number), anchor=f"logik-modell-{number + 1}"))
        parts.append(paragraph(f"Modellen gäller {words.about(model)}."))
        if model.note:
            parts.append(note(model.note))
        drawn = picture(items, links, title=heading_of(view, number), about=words.about(model))
        left -= len(drawn.markup)
        parts.append(drawn if left >= 0 else paragraph(NO_PICTURE))
        parts.append(outline(items, links, name=f"logik-{number + 1}"))
        if hides([*items, *links]):
            parts.append(note(legend_note(view.follow_up)))
    return Html(*parts)


def absent() -> Html:
    """The sentence in place of an exhibit where there is no model."""
    return only_in_notebook(NONE)


def heading_of(view: LogicView, number: int) -> str:
    """The model's title, with its number where others have the same."""
    title = view.models[number].title
    alike = [n for n, model in enumerate(view.models) if model.title == title]
    return title if len(alike) == 1 else f"{title} ({alike.index(number) + 1})"


def hides(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether any of the figures is hidden, so that its sign needs its legend."""
    return any(row["state"] == HIDDEN for row in rows)


def rows_of(view: LogicView, table: str, number: int) -> list[Mapping[str, Any]]:
    """The rows of one model."""
    frame = view.tables[table]
    return [
        {str(key): value for key, value in row.items()} for row in frame[frame["model"] == number].to_dict("records")
    ]
