"""How right the grading of goals is: against two coders, and the coders against each other.

    python benchmarks/goals.py

``data/goals.csv`` holds 120 real goal texts, lightly reworded, coded by two coders independently. The odd half was in
view when the rules were written: its figures are in sample. The even half was measured by totals and by which class was
taken for which, again and again while the rules grew,
so its figures are not those of a first look either. ``data/goals_own.csv`` holds further texts in
batches, by one coder, who wrote the rules too; a batch was coded, then measured once (``data/goals_first.csv``), then
used as the rules were written. Those first figures are the ones to expect of texts that nobody has seen.

``data/goals_more.csv`` holds 110 further goal texts from federations' and projects' own pages (``source``), lightly
reworded. One careful coder coded them twice, some time apart: the columns of coder 1 and coder 2 are the two passes, so
they say how steady one person is, not how far two agree. Texts with ``held_out`` 0 were in view when the rules were
mended. Those with 1 were not: of them only the totals were looked at.

``data/goals_double.csv`` holds 120 more, reworded from pages on the web (``source``), coded by two coders independently
of each other and of the rules. The statistical opinion (``training/goal_opinion.py``) has learnt from the odd half; of
the even half only totals were looked at.

``data/goals_found.csv`` holds 4,038 more, found in two rounds and coded by 26 coders, and coded again by 22 others who
did not see the first codes. The statistical opinion has learnt from all of them: what it does with those that it has
not learnt from is what ``python training/goal_opinion.py --check`` prints. Texts that were alike a text kept for
measuring, or alike each other, were left out before.

``data/goals_held.csv`` (238, found in the first round) and ``data/goals_later.csv`` (353, all the texts of every eighth
page of the second) are coded in the same way, and nothing was learnt from them. Their totals are those to expect of a
new federation's goals. The 2,728 texts of the second round were measured once before any of them was learnt from: the
program of then was right about the main class of 0.860, the indicator of 0.927, the level of 0.967, the time of 0.979.

Right is equal to either coder. A text's class is that of its strongest goal; ``classes`` counts all of its goals.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from portfolj.goals.grade import CLASSES, grade

DATA = Path(__file__).parent / "data"
MEASURES = ("main_class", "indicator", "level", "time", "classes")
Codes = dict[str, str]


def main() -> None:
    coded, own, more, double, found, held, later = (
        read(f"goals{kind}.csv") for kind in ("", "_own", "_more", "_double", "_found", "_held", "_later")
    )
    unseen = [*(row for row in more if row["held_out"] == "1"), *half_of(coded, 0), *half_of(double, 0), *held, *later]
    sets = {
        "odd half (in sample)": half_of(coded, 1),
        "even half": half_of(coded, 0),
        "further texts (in view)": [row for row in more if row["held_out"] == "0"],
        "further texts (held out)": [row for row in more if row["held_out"] == "1"],
        "two coders' further texts, odd (learnt)": half_of(double, 1),
        "two coders' further texts, even (held out)": half_of(double, 0),
        "two coders, found (learnt)": found,
        "two coders, found (held out)": held,
        "two coders, found later (held out)": later,
        "all that nothing was learnt from": unseen,
        **{
            f"own batch {batch}": [row for row in own if row["id"][0] == batch]
            for batch in sorted({r["id"][0] for r in own})
        },
    }
    print(f"{'':66}{'rows':>5}" + "".join(f"{measure:>12}" for measure in MEASURES) + f"{'kappa':>8}")
    for title, rows in sets.items():
        for against, figures in measured(rows):
            print(f"{title + ': ' + against:66}{len(rows):>5}" + figures)
    print("\nThe first look at each own batch, before its texts were used:")
    print("\n".join(" ".join(f"{cell:>10}" for cell in row.values()) for row in read("goals_first.csv")))
    texts = [row["text"] for row in coded] * 20
    started = time.perf_counter()
    for text in texts:
        grade(text)
    print(f"\n{len(texts) / (time.perf_counter() - started):.0f} texts a second.")


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file of the benchmark's data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_of(rows: Sequence[dict[str, str]], odd: int) -> list[dict[str, str]]:
    """The rows whose number is odd (1) or even (0)."""
    return [row for row in rows if int(row["id"][1:]) % 2 == odd]


def coders_of(row: dict[str, str]) -> list[Codes]:
    """What each coder of a row answered, in the measures' names."""
    if "classes" in row:
        return [_codes(row["classes"], row["indicator"], row["level"], row["time"])]
    return [
        _codes(row[f"class_{coder}"], row[f"indicator_{coder}"], row[f"level_{coder}"], row[f"time_{coder}"])
        for coder in ("coder1", "coder2")
    ]


def machine(row: dict[str, str]) -> Codes:
    """What the program answers."""
    graded = grade(row["text"])
    parts = (str(int(part)) for part in (graded.indicator, graded.level, graded.time))
    return _codes(";".join(graded.classes), *parts)


def right(rows: Sequence[dict[str, str]], measure: str) -> float:
    """The share of rows where the program answers as either coder."""
    return sum(machine(row)[measure] in [codes[measure] for codes in coders_of(row)] for row in rows) / len(rows)


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa: agreement beyond what two who answer by chance, each as often as they do, would have."""
    count, of_first, of_second = len(first), Counter(first), Counter(second)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / count
    chance = sum(of_first[code] * of_second[code] for code in of_first) / count**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def measured(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """The lines of a set: the program by either coder and against each, and the coders against each other."""
    answers, coders = [machine(row) for row in rows], [coders_of(row) for row in rows]

    def line(same: Callable[[int, str], bool], pair: tuple[list[str], list[str]] | None) -> str:
        shares = "".join(f"{sum(same(n, m) for n in range(len(rows))) / len(rows):>12.3f}" for m in MEASURES)
        return shares + (f"{kappa(*pair):>8.2f}" if pair else "")

    if len(coders[0]) == 1:
        classes = ([answer["main_class"] for answer in answers], [codes[0]["main_class"] for codes in coders])
        yield "program", line(lambda n, m: answers[n][m] == coders[n][0][m], classes)
        return
    yield "program, either coder", line(lambda n, m: answers[n][m] in [codes[m] for codes in coders[n]], None)
    for place in (0, 1):
        classes = ([answer["main_class"] for answer in answers], [codes[place]["main_class"] for codes in coders])
        yield f"program, coder {place + 1}", line(lambda n, m, p=place: answers[n][m] == coders[n][p][m], classes)  # type: ignore[misc]
    classes = ([codes[0]["main_class"] for codes in coders], [codes[1]["main_class"] for codes in coders])
    yield "coder 1, coder 2", line(lambda n, m: coders[n][0][m] == coders[n][1][m], classes)


def _codes(classes: str, indicator: str, level: str, when: str) -> Codes:
    """Answers by measure; ``classes`` in the order of strength, since only which and how many count."""
    ordered = sorted(classes.split(";"), key=CLASSES.index)
    return {
        "main_class": ordered[0],
        "indicator": indicator,
        "level": level,
        "time": when,
        "classes": ";".join(ordered),
    }


if __name__ == "__main__":
    sys.exit(main())
