"""The documentation shows the shipped codebook's figures as the file beside the codebook holds them.

``make agreement`` measures the odd half and writes the page anew; ``UPDATE_DOCS=1`` with this test writes the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from doc_pages import ROOT

from portfolj.agreement.shipped import DimensionQuality, HalfQuality, Measured, ShippedQuality, shipped_quality
from portfolj.agreement.shipped_words import IN_SAMPLE, UNSEEN
from portfolj.coding import load_codebook
from portfolj.coding.codebook import DIMENSIONS, TARGET_GROUPS

PAGE = ROOT / "docs" / "explanation" / "overensstammelse.md"
START, END = "<!-- siffror -->\n", "<!-- slut -->\n"
HALVES = {False: "Den udda halvan, som kodboken är gjord med", True: "Den jämna halvan, som var undanlagd"}
SCOPES = {"described": "med beskrivning:", "all": "alla:"}


def shown() -> str:
    return PAGE.read_text(encoding="utf-8").split(START)[1].split(END)[0]


def pages_tables(quality: ShippedQuality) -> str:
    return "".join(f"{line}\n" for half in (quality.odd, quality.even) for line in _half(half))


def _half(half: HalfQuality) -> Iterator[str]:
    yield from ("", f"### {HALVES[half.is_unseen]}", "")
    if half.measured_on is None:
        yield from ("Inte mätt än.", "")
        return
    what = f"kodboken {half.codebook_version}, avtryck `{half.coding_sha256[:12]}`"
    yield from (f"Mätt {half.measured_on.isoformat()} med {what}. {UNSEEN if half.is_unseen else IN_SAMPLE}", "")
    yield "| uppgift | insatser | mått | maskinen, som någon av kodarna | kodarna sinsemellan |"
    yield "|---|---|---|---|---|"
    for dimension in DIMENSIONS:
        beside, measure = (
            ("micro_f1_coders", "mikro-F1") if dimension == TARGET_GROUPS else ("agreement_coders", "andel")
        )
        for scope, words in SCOPES.items():
            of = half.of(dimension, scope=scope)
            yield f"| {_name(dimension)} | {words} {of.rows} | {measure} | {_told(of['right'])} | {_told(of[beside])} |"
    yield from ("", "Inriktning mäts på insatser med grad A eller B.", "")
    yield from ("Insatser med beskrivning, kodare för kodare:", "")
    yield "| uppgift | mått | maskinen mot kodare 1 | maskinen mot kodare 2 | kodarna sinsemellan |"
    yield "|---|---|---|---|---|"
    for dimension in DIMENSIONS:
        first = ("micro_f1", "mikro-F1") if dimension == TARGET_GROUPS else ("kappa", "kappa")
        for key, words in (first, ("alpha", "alfa")):
            figures = (_told(half.of(dimension)[f"{key}_{pair}"]) for pair in ("coder1", "coder2", "coders"))
            yield f"| {_name(dimension)} | {words} | {' | '.join(figures)} |"
    yield from ("", "Maskinen per kod på insatser med beskrivning, med den närmaste kodaren som facit:", "")
    yield "| uppgift | kod | i facit | precision | täckning | F1 |"
    yield "|---|---|---|---|---|---|"
    for dimension in DIMENSIONS:
        yield from _codes(dimension, half.of(dimension))
    yield ""


def _codes(dimension: str, of: DimensionQuality) -> Iterator[str]:
    for code in load_codebook().codes(dimension):
        if code in of.codes:
            figures = " | ".join(_told(of.codes[code][measure]) for measure in ("precision", "recall", "f1"))
            label = load_codebook().label(dimension, code)
            yield f"| {_name(dimension)} | {label} | {of.codes[code].rows} | {figures} |"


def _name(dimension: str) -> str:
    return load_codebook().dimension_label(dimension)


def _told(figure: Measured) -> str:
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return _number(figure.value)
    return f"{_number(figure.value)} ({_number(figure.low)}–{_number(figure.high)})"


def _number(figure: float) -> str:
    return f"{figure:.2f}".replace(".", ",")


def test_the_page_shows_the_figures_that_ship() -> None:
    wanted = pages_tables(shipped_quality())
    if os.environ.get("UPDATE_DOCS"):
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(START + shown() + END, START + wanted + END), encoding="utf-8")
    assert shown() == wanted


def test_what_is_measured_is_dated_and_what_was_in_view_is_said_to_be_so() -> None:
    halves = re.split(r"^### ", shown(), flags=re.MULTILINE)[1:]
    assert len(halves) == 2
    for text, half in zip(halves, (shipped_quality().odd, shipped_quality().even), strict=True):
        if half.is_measured:
            assert f"Mätt {half.measured_on}" in text
            assert f"avtryck `{half.coding_sha256[:12]}`" in text
            assert (IN_SAMPLE in text) == (not half.is_unseen)
        else:
            assert "Inte mätt än." in text
            assert "|" not in text
