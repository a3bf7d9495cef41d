"""The picture of a model: nothing on top of anything else, arrows between the boxes, and words for what it shows."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic_case import WHOLE, boxes, links, portfolio_in, view

from portfolj.exhibits.logic.layout import BOX_WIDTH, GUTTER, Layout, lay_out
from portfolj.exhibits.logic.models import rows_of
from portfolj.exhibits.logic.ordering import crossings, ordered, placed
from portfolj.exhibits.logic.picture import (
    LINE,
    PADDING,
    SIZE,
    TALLEST,
    alt_of,
    faces_of,
    layout_of,
    picture,
)
from portfolj.exhibits.logic.wrapping import lines_of, width_of
from portfolj.logic.model import KINDS
from portfolj.portfolio.view import Portfolio

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
WORDS = (
    "samverkan", "arbetsmarknadsenheten", "kartläggning", "stöd", "handledare", "deltagare", "vuxenutbildningen", "i",
    "rehabiliteringskoordinator", "individuellt", "anpassade", "insatser", "möten", "på", "plats",
)  # fmt: skip


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return portfolio_in(tmp_path_factory.mktemp("picture"))


def large(seed: int, size: int = 60) -> str:
    """A model of about ``size`` boxes with texts of up to 14 words, most links to the next kind and some far on."""
    rng = random.Random(seed)
    ids = {kind: [f"{kind}{n}" for n in range(size // len(KINDS) + (n_kind % 2))] for n_kind, kind in enumerate(KINDS)}
    text = ['title = "Stor modell"']
    for kind, names in ids.items():
        for name in names:
            said = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 14)))
            text.append(f'[[{kind}]]\nid = "{name}"\ntext = "{said}"')
    pairs = set()
    for place, kind in enumerate(KINDS[:-1]):
        for start in ids[kind]:
            for _ in range(rng.randint(1, 3)):
                onward = place + 1 if rng.random() < 0.7 else rng.randint(place, len(KINDS) - 1)
                end = rng.choice(ids[KINDS[onward]])
                if onward > place or start < end:
                    pairs.add((start, end))
    return "\n".join(text) + "\n" + links(*(f"{a} > {b}" for a, b in sorted(pairs)))


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(layout.boxes.items(), 2)
        if a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    ]


def through_boxes(layout: Layout) -> list[tuple[tuple[str, str], str]]:
    """Arrows that cross a box: straight across lanes; between columns no box can stand in the way."""
    found = []
    for link, points in layout.routes.items():
        for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
            if number % 2:
                assert y == to_y
                found += [
                    (link, name) for name, box in layout.boxes.items()
                    if x < box.right and box.left < to_x and box.top <= y <= box.bottom
                ]  # fmt: skip
            elif layout.boxes[link[0]].left != layout.boxes[link[1]].left:
                assert to_x - x == pytest.approx(GUTTER)
    return found


def drawn(portfolio: Portfolio, text: str) -> tuple[Layout, dict[str, float]]:
    shown = view(portfolio, text)
    items, arrows = rows_of(shown, "items", 0), rows_of(shown, "links", 0)
    faces = faces_of(items)
    return layout_of(items, arrows, faces), {name: face.height for name, face in faces.items()}


@pytest.mark.parametrize("seed", range(3))
def test_nothing_overlaps_in_a_model_of_sixty_boxes(portfolio: Portfolio, seed: int) -> None:
    layout, heights = drawn(portfolio, large(seed))
    assert len(layout.boxes) == len(heights) >= 56
    assert overlapping(layout) == []
    assert through_boxes(layout) == []
    for name, box in layout.boxes.items():
        assert box.bottom - box.top == pytest.approx(heights[name])
        assert 0 <= box.left < box.right <= layout.width
        assert -1e-9 <= box.top < box.bottom <= layout.height + 1e-9


def test_arrows_end_on_the_edges_of_their_boxes(portfolio: Portfolio) -> None:
    layout, _ = drawn(portfolio, large(1))
    for (start, end), points in layout.routes.items():
        first, last = layout.boxes[start], layout.boxes[end]
        assert points[0][0] == first.right
        assert first.top <= points[0][1] <= first.bottom
        assert points[-1][0] in (last.left, last.right)
        assert last.top <= points[-1][1] <= last.bottom


def test_every_line_fits_its_box(portfolio: Portfolio) -> None:
    shown = view(portfolio, large(2), WHOLE)
    for number in range(2):
        for face in faces_of(rows_of(shown, "items", number)).values():
            for line, bold in face.lines:
                assert width_of(line, SIZE, bold) <= BOX_WIDTH - 2 * PADDING


def test_a_large_model_fits_a_printed_page(portfolio: Portfolio) -> None:
    layout, heights = drawn(portfolio, large(3))
    columns = {box.left for box in layout.boxes.values()}
    tallest = max(sum(heights[n] for n, b in layout.boxes.items() if b.left == left) for left in columns)
    assert tallest <= TALLEST


def test_the_letters_are_as_large_as_small_text_on_a_page() -> None:
    # At 96 pixels an inch, drawn at its own size on a telephone; on paper at most 176 mm of the picture's 272.
    assert SIZE / 72 * 96 >= 12
    width_mm = (6 * BOX_WIDTH + 5 * GUTTER) * 25.4
    assert SIZE * 176 / width_mm >= 6
    assert SIZE / 72 < LINE


@given(st.integers(0, 10_000))
def test_ordering_never_makes_more_crossings_than_the_file_has(seed: int) -> None:
    rng = random.Random(seed)
    columns = [[f"{n}{m}" for m in range(rng.randint(1, 5))] for n in range(3)]
    pairs = sorted({
        (rng.choice(columns[n]), rng.choice(columns[n + 1])) for n in (0, 1) for _ in range(rng.randint(1, 6))
    })  # fmt: skip
    after = ordered(columns, pairs)
    assert [sorted(column) for column in after] == [sorted(column) for column in columns]
    assert crossings(after, pairs) <= crossings(columns, pairs)


def test_two_arrows_that_need_not_cross_do_not() -> None:
    columns = [["a", "b", "c"], ["x", "y", "z"]]
    pairs = [("a", "z"), ("b", "y"), ("c", "x")]
    assert crossings(columns, pairs) == 3
    assert crossings(ordered(columns, pairs), pairs) == 0


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0.1, 3)), min_size=1, max_size=8))
def test_boxes_are_placed_in_order_with_room_between(wanted: list[tuple[float, float]]) -> None:
    heights = [height for _, height in wanted]
    found = placed([middle for middle, _ in wanted], heights, 0.5)
    for (above, below), (one, other) in zip(pairwise(found), pairwise(heights), strict=True):
        assert below - above >= (one + other) / 2 + 0.5 - 1e-9


def test_boxes_with_room_stand_where_they_want_to() -> None:
    assert placed([0.0, 10.0], [2.0, 2.0], 1.0) == [0.0, 10.0]


def test_a_long_link_goes_between_the_boxes_it_passes() -> None:
    layout = lay_out([["a"], ["b", "c"], ["d"]], dict.fromkeys("abcd", 1.0), [("a", "d"), ("a", "b"), ("a", "c")])
    assert through_boxes(layout) == []
    assert len(layout.routes["a", "d"]) == 4


def test_a_box_without_links_stands_under_the_others() -> None:
    layout = lay_out([["a"], ["x", "b"]], dict.fromkeys("axb", 1.0), [("a", "b")])
    assert layout.boxes["x"].top > layout.boxes["b"].bottom
    assert layout.height < 3


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("ett två tre", 7, 5, ["ett två", "tre"]),
        ("arbetsmarknadsenheterna", 16, 5, ["arbetsmarknads-", "enheterna"]),
        ("ett två tre fyra", 5, 2, ["ett", "två …"]),
        ("strängstumt", 4, 9, ["strä", "ngst", "umt"]),
    ],
)
def test_text_is_wrapped_and_long_words_parted(text: str, width: int, most: int, lines: Sequence[str]) -> None:
    assert lines_of(text, width=width, measure=len, most=most) == lines


def test_the_alt_text_of_a_small_model_says_every_box_arrow_figure_and_verdict(portfolio: Portfolio) -> None:
    shown = view(portfolio, WHOLE)
    alt = alt_of(rows_of(shown, "items", 0), rows_of(shown, "links", 0), title="Vägen", about="insatsen Insats")
    assert alt.startswith("Logisk modell, Vägen, för insatsen Insats: 1\xa0resurs, 1\xa0aktivitet,")
    assert "6\xa0pilar" in alt
    assert "Resurs: Två handledare, 414 av 754 planerade\xa0timmar (55\xa0%). Leder till: Kurs." in alt
    assert "Mål: Fler i arbete, delvis uppfyllt." in alt


def test_the_alt_text_of_a_large_model_points_to_the_list(portfolio: Portfolio) -> None:
    shown = view(portfolio, large(4))
    alt = alt_of(rows_of(shown, "items", 0), rows_of(shown, "links", 0), title="Stor", about="hela förbundet")
    assert alt.endswith("Varje ruta och pil står i listan under bilden.")
    assert len(alt) < 400


def test_a_verdict_is_a_sign_and_a_word_in_its_box(portfolio: Portfolio) -> None:
    shown = view(portfolio, WHOLE)
    lines = faces_of(rows_of(shown, "items", 0))["mal"].lines
    assert lines[-1] == ("◐\xa0delvis uppfyllt", True)


def test_the_picture_is_the_same_each_time_and_can_be_scrolled(portfolio: Portfolio, tmp_path: Path) -> None:
    shown = view(portfolio, WHOLE)
    items, arrows = rows_of(shown, "items", 0), rows_of(shown, "links", 0)
    one, other = (str(picture(items, arrows, title="V", about="hela förbundet")) for _ in range(2))
    assert one == other
    assert '<div class="scroll wide-picture" role="region" tabindex="0"' in one


def test_the_drawing_is_whole_after_it_has_been_made_smaller(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawing() -> str:
        shown = view(portfolio, WHOLE)
        page = str(picture(rows_of(shown, "items", 0), rows_of(shown, "links", 0), title="V", about="x"))
        found = re.search(r"base64,([^\"]+)", page)
        assert found
        return base64.b64decode(found[1]).decode("utf-8")

    small = ElementTree.fromstring(drawing())
    monkeypatch.setattr("portfolj.exhibits.figures.slimmed", lambda svg: svg)
    large = ElementTree.fromstring(drawing())
    for name in ("path", "use", "g", "clipPath"):
        assert len(list(small.iter(f"{SVG}{name}"))) == len(list(large.iter(f"{SVG}{name}")))
    outlines = {path.get("id") for path in small.iter(f"{SVG}path")}
    assert {letter.get(LINK, "")[1:] for letter in small.iter(f"{SVG}use")} <= outlines
    for one, other in zip(small.iter(f"{SVG}use"), large.iter(f"{SVG}use"), strict=True):
        moved = re.search(r"translate\(([\d.]+) 0\)", other.get("transform", "translate(0 0)"))
        assert moved
        assert float(one.get("x", 0)) == pytest.approx(float(moved[1]), rel=1e-3)


def test_a_model_with_one_box_is_drawn(portfolio: Portfolio) -> None:
    shown = view(portfolio, boxes(goals=["g"]))
    assert "<img" in str(picture(rows_of(shown, "items", 0), [], title="Ett mål", about="hela förbundet"))
