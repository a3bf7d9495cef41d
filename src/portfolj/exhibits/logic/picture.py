"""A logic model as a picture: a column for each kind, an arrow for each link, verdicts with sign and word.

It is as wide as its columns need and scrolls sideways on a telephone, so that its letters stay as large as the page's
small text. The list below it says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.logic import words
from portfolj.exhibits.logic.layout import BOX_WIDTH, GAP, GUTTER, Layout, lay_out
from portfolj.exhibits.logic.wrapping import MORE, lines_of, width_of
from portfolj.exhibits.markup import Html
from portfolj.logic.model import ACTIVITIES, AIMS, EFFECTS, GOALS, INTERIM_GOALS, OUTPUTS, RESOURCES, RESULTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The columns: goals and interim goals stand together, so that the picture fits a printed page.
COLUMNS: Final = ((RESOURCES,), (ACTIVITIES,), (OUTPUTS,), (RESULTS,), (EFFECTS,), (INTERIM_GOALS, GOALS))
SIZE: Final = 9.5  # points
LINE: Final = 0.165  # inches from one line to the next
PADDING: Final = 0.08
MOST_LINES, FEWEST_LINES = 14, 3  # of a box's own text; the list has all of it
TALLEST: Final = 12.8  # inches of boxes: a printed page, at the width that a picture of six columns has there
HEADING: Final = 0.34  # above the boxes
LEGEND: Final = 0.36  # below them
HEAD: Final = 0.085  # the length of an arrow's head
LONGEST_ALT: Final = 15  # boxes that the alt text reads out; more are read in the list
COLOURS: Final = {
    "met": figures.GREEN, "partly_met": figures.YELLOW, "not_met": figures.VERMILION, "unclear": figures.GREY,
}  # fmt: skip
INK, EDGE = "#1b2026", "#6b7580"


@dataclass(frozen=True)
class Face:
    """What stands in a box: lines, each bold or not."""

    lines: tuple[tuple[str, bool], ...]

    @property
    def height(self) -> float:
        """In inches."""
        return len(self.lines) * LINE + 2 * PADDING


def picture(items: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], *, title: str, about: str) -> Html:
    """The rows of ``LogicView.tables`` of one model, drawn."""
    columns = [kinds for kinds in COLUMNS if any(item["kind"] in kinds for item in items)]
    faces = faces_of(items)
    layout = layout_of(items, links, faces)
    with figures.style():
        from matplotlib.figure import Figure

        height = HEADING + layout.height + LEGEND
        figure = Figure(figsize=(layout.width, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, layout.width), ylim=(layout.height + LEGEND, -HEADING))
        axes.axis("off")
        for left, kinds in zip(layout.columns, columns, strict=True):
            name = swedish.sentence(" och ".join(words.KINDS[k][1] for k in kinds if _any(items, k)))
            axes.text(left, -0.14, name, fontsize=SIZE + 0.5, fontweight="bold", color=INK, va="center")
        for link in links:
            _arrow(axes, layout, (str(link["from"]), str(link["to"])), dashed=not words.indicator(link))
        for item in items:
            _box(axes, layout, item, faces[str(item["id"])])
        _legend(axes, layout, links)
        return figures.as_html(
            figure,
            alt=alt_of(items, links, title=title, about=about),
            caption=_caption(faces),
            scrolls=f"Bild av {title}, går att dra i sidled",
        )


def layout_of(
    items: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], faces: Mapping[str, Face]
) -> Layout:
    """Where everything stands."""
    columns = [[str(i["id"]) for i in items if i["kind"] in kinds] for kinds in COLUMNS]
    heights = {name: face.height for name, face in faces.items()}
    pairs = [(str(link["from"]), str(link["to"])) for link in links]
    return lay_out([column for column in columns if column], heights, pairs)


def faces_of(items: Sequence[Mapping[str, Any]]) -> dict[str, Face]:
    """What stands in each box: so much of the texts that the tallest column fits a printed page, if it can."""
    for most in range(MOST_LINES, FEWEST_LINES - 1, -1):
        faces = {str(item["id"]): face_of(item, most=most) for item in items}
        columns = [[faces[str(i["id"])].height + GAP for i in items if i["kind"] in kinds] for kinds in COLUMNS]
        if max(map(sum, columns)) <= TALLEST:
            break
    return faces


def face_of(item: Mapping[str, Any], *, most: int) -> Face:
    """The lines of a box: an interim goal says that it is one; then the text, the verdict, the figure."""
    lines = [("Delmål", True)] if item["kind"] == INTERIM_GOALS else []
    lines += [(line, False) for line in _wrapped(str(item["text"]), most=most)]
    if item["kind"] in AIMS and item["verdict"]:
        lines.append((swedish.sentence(words.verdict(str(item["verdict"]))), True))
    if words.is_measured(item):
        lines += [
            (line, True)
            for line in _wrapped(words.plain_figure(item, hidden=swedish.HIDDEN_SAID), most=MOST_LINES, bold=True)
        ]
    return Face(tuple(lines))


def alt_of(items: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], *, title: str, about: str) -> str:
    """What the picture shows: every box and arrow of a small model, how many there are of a large one."""
    counts = [
        swedish.counted(number, *names)
        for kind, names in words.KINDS.items()
        if (number := sum(item["kind"] == kind for item in items))
    ]
    arrows = swedish.counted(len(links), "pil", "pilar")
    opening = f"Logisk modell, {title}, för {about}: {swedish.listed(counts)} och {arrows}."
    if len(items) > LONGEST_ALT:
        return f"{opening} Varje ruta och pil står i listan under bilden."
    parts = []
    for item in items:
        judged = f", {VERDICT_WORDS[item['verdict']]}" if item["verdict"] else ""
        value = f", {words.plain_figure(item, hidden=swedish.HIDDEN_SAID)}" if words.is_measured(item) else ""
        onward = [str(link["to_text"]).rstrip(".") for link in links if link["from"] == item["id"]]
        leads = f" Leder till: {'; '.join(onward)}." if onward else ""
        name = swedish.sentence(words.KINDS[item["kind"]][0])
        parts.append(f"{name}: {str(item['text']).rstrip('.')}{judged}{value}.{leads}")
    return " ".join([opening, *parts])


VERDICT_WORDS: Final = {code: word for code, (_, word) in words.VERDICTS.items()}


def _any(items: Sequence[Mapping[str, Any]], kind: str) -> bool:
    return any(item["kind"] == kind for item in items)


def _wrapped(text: str, *, most: int, bold: bool = False) -> list[str]:
    def measure(part: str) -> float:
        return width_of(part, SIZE, bold)

    return lines_of(text, width=BOX_WIDTH - 2 * PADDING, measure=measure, most=most)


def _caption(faces: Mapping[str, Face]) -> str:
    cut = any(line.endswith(MORE) for face in faces.values() for line, _ in face.lines)
    more = " Texter som inte får plats slutar med tre punkter och står hela i listan." if cut else ""
    return f"Läs från vänster till höger. På en smal skärm går bilden att dra i sidled.{more}"


def _box(axes: Axes, layout: Layout, item: Mapping[str, Any], face: Face) -> None:
    from matplotlib.patches import Rectangle

    box = layout.boxes[str(item["id"])]
    colour = COLOURS.get(str(item["verdict"]), EDGE)
    dashed = item["kind"] == INTERIM_GOALS
    axes.add_patch(Rectangle(
        (box.left, box.top), BOX_WIDTH, box.bottom - box.top, facecolor=figures.WHITE, edgecolor=EDGE,
        linewidth=1.0, linestyle=(0, (4, 2)) if dashed else "-", zorder=3,
    ))  # fmt: skip
    if item["verdict"]:
        axes.add_patch(Rectangle((box.left, box.top), 0.045, box.bottom - box.top, facecolor=colour, zorder=4))
    for number, (line, bold) in enumerate(face.lines):
        axes.text(box.left + PADDING, box.top + PADDING + (number + 0.5) * LINE, line, fontsize=SIZE, color=INK,
                  fontweight="bold" if bold else "normal", va="center_baseline", zorder=5)  # fmt: skip


def _arrow(axes: Axes, layout: Layout, link: tuple[str, str], *, dashed: bool) -> None:
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path

    points = layout.routes[link]
    loop = layout.boxes[link[0]].left == layout.boxes[link[1]].left
    end_x, end_y = points[-1]
    back = -HEAD if not loop else HEAD  # a head points at its box, from the side where the arrow comes
    tip = (end_x + back, end_y)
    vertices, codes = [points[0]], [Path.MOVETO]
    reach = [*points[:-1], tip]
    if loop:
        bulge = reach[0][0] + GUTTER
        vertices += [(bulge, reach[0][1]), (bulge, tip[1]), tip]
        codes += [Path.CURVE4] * 3
    else:
        for n, (x, y) in enumerate(reach[1:]):
            before_x, before_y = vertices[-1]
            if n % 2:  # across a lane
                vertices.append((x, y))
                codes.append(Path.LINETO)
            else:
                half = (before_x + x) / 2
                vertices += [(half, before_y), (half, y), (x, y)]
                codes += [Path.CURVE4] * 3
    axes.add_patch(PathPatch(Path(vertices, codes), facecolor="none", edgecolor=EDGE, linewidth=1.1,
                             linestyle=(0, (3, 2)) if dashed else "-", zorder=1))  # fmt: skip
    axes.add_patch(Polygon([(end_x, end_y), (tip[0], end_y - 0.04), (tip[0], end_y + 0.04)], facecolor=EDGE,
                           edgecolor="none", zorder=2))  # fmt: skip


def _legend(axes: Axes, layout: Layout, links: Sequence[Mapping[str, Any]]) -> None:
    """Which arrows have an indicator, where the picture has any arrow."""
    kinds = {bool(words.indicator(link)) for link in links}
    shown = [(text, style) for has, text, style in (
        (True, "har en indikator", "-"), (False, "utan indikator", (0, (3, 2))),
    ) if has in kinds]  # fmt: skip
    x, y = layout.columns[0], layout.height + LEGEND - 0.12
    for text, style in shown:
        axes.plot([x, x + 0.3], [y, y], color=EDGE, linewidth=1.1, linestyle=style)
        axes.text(x + 0.36, y, text, fontsize=SIZE, color=INK, va="center_baseline")
        x += 0.36 + width_of(text, SIZE) + 0.3
