"""How right the shipped codebook is on the shipped coded set, intact and damaged, per dimension and code.

    python benchmarks/accuracy.py [--even] [--write]

The odd half was in view when rules were written and weights trained: its figures are higher than those of unseen text.
``--even`` measures the other half, which is kept for that: look at it for a final figure only, and say how often.
``--write`` also renews the half's figures in ``reference/coding_quality.toml``, which the review page and the
documentation show (``make agreement``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from portfolj.agreement.answers import MACHINE, CodedRows, with_machine
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.measure_shipped import CODERS, half_of, measured_half, quality_toml, two_coders, with_half
from portfolj.agreement.shipped import QUALITY_FILE, coding_sha256, read_quality
from portfolj.coding import load_codebook
from portfolj.coding.codebook import DIMENSIONS, TARGET_GROUPS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "coding"))
from damage import ALL_KINDS, with_damage  # noqa: E402

CODED_SET = ROOT / "tests" / "coding" / "data" / "finsam_interventions.csv"
QUALITY = ROOT / "src" / "portfolj" / "reference" / QUALITY_FILE
SEEDS = range(5)
EITHER = (*CODERS, MACHINE)
AGAINST = {
    "machine, right by either coder": EITHER,
    "machine against coder1": ("coder1", MACHINE),
    "machine against coder2": ("coder2", MACHINE),
    "coder2 against coder1": CODERS,
}
HEADINGS = {"owner": "owner", "target_groups": "target groups", "orientation": "orientation"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--even", action="store_true", help="the half that is kept unseen")
    arguments.add_argument("--write", action="store_true", help=f"renew the half's figures in {QUALITY_FILE}")
    given = arguments.parse_args()
    half = "even" if given.even else "odd"
    coded_set = pd.read_csv(CODED_SET, dtype=str, keep_default_na=False)
    rows = half_of(coded_set, half)
    print(f"The {half} half of {CODED_SET.name}; codebook {load_codebook().version}, {coding_sha256()[:12]}.")
    if not given.even:
        print("In sample: rules were written and weights trained with these rows in view.")
    described = rows[rows["description"] != ""]
    for title, chosen in (("Rows with a description", described), ("All rows", rows)):
        figures = _figures(chosen)
        print(f"\n{title}: {len(chosen)}. Orientation: {_rows_of(figures, 'orientation')}, of grades A and B.")
        print("\n".join(_accuracy(figures)))
        if chosen is described:
            print("\n".join(_per_code(figures)))
    print("\n".join(_damage(described)))
    if given.write:
        measured = measured_half(coded_set, half, measured_on=date.today())
        quality = with_half(read_quality(QUALITY), half, measured, coded_set=CODED_SET.name)
        QUALITY.write_text(quality_toml(quality), encoding="utf-8")
        print(f"\nWrote {QUALITY.relative_to(ROOT)}.")


def _figures(rows: pd.DataFrame, *, draws: int = 2_000) -> list[Figure]:
    return measure_agreement(with_machine(two_coders(rows), codebook=load_codebook()), draws=draws)


def _rows_of(figures: Sequence[Figure], dimension: str) -> int:
    return max(figure.rows for figure in figures if figure.dimension == dimension and not figure.code)


def _measure(dimension: str, coders: tuple[str, ...]) -> str:
    """What says how right: of target groups micro-F1, else the share of equal codes."""
    if coders == EITHER:
        return "right"
    return "micro_f1" if dimension == TARGET_GROUPS else "agreement"


def _find(figures: Sequence[Figure], dimension: str, measure: str, coders: tuple[str, ...], code: str = "") -> Figure:
    wanted = (dimension, measure, coders, code)
    return next(f for f in figures if (f.dimension, f.measure, f.coders, f.code) == wanted)


def _accuracy(figures: Sequence[Figure]) -> Iterator[str]:
    yield f"{'':32}" + "".join(f"{HEADINGS[dimension]:>20}" for dimension in DIMENSIONS)
    for title, coders in AGAINST.items():
        found = [_find(figures, dimension, _measure(dimension, coders), coders) for dimension in DIMENSIONS]
        yield f"{title:32}" + "".join(f"{_with_interval(figure):>20}" for figure in found)
    yield "Owner and orientation: the share of equal codes; target groups: micro-F1. In brackets: 95 % intervals."


def _with_interval(figure: Figure) -> str:
    if figure.value is None or figure.interval is None:
        return _number(figure)
    return f"{figure.value:.3f} ({figure.interval[0]:.2f}-{figure.interval[1]:.2f})"


def _number(figure: Figure | None) -> str:
    return "-" if figure is None or figure.value is None else f"{figure.value:.3f}"


def _per_code(figures: Sequence[Figure]) -> Iterator[str]:
    """Precision, recall and F1 of the machine, with the number of rows that the reference has the code on."""
    by = {(f.dimension, f.code, f.coders, f.measure): f for f in figures if f.code}
    yield f"\n{'precision, recall, F1 (rows)':48}" + "".join(
        f"{title:>31}" for title in ("nearest coder", "coder1", "coder2")
    )
    for dimension, code in sorted({(f.dimension, f.code) for f in figures if f.code and MACHINE in f.coders}):
        cells = []
        for coders in (EITHER, ("coder1", MACHINE), ("coder2", MACHINE)):
            found = [by.get((dimension, code, coders, measure)) for measure in ("precision", "recall", "f1")]
            rows = found[1].rows if found[1] is not None else 0
            cells.append(f"{' '.join(f'{_number(figure):>6}' for figure in found)} ({rows:>3})")
        yield f"{dimension:16}{code:32}" + "".join(f"{cell:>31}" for cell in cells)


def _damage(rows: pd.DataFrame) -> Iterator[str]:
    """How right the machine is by either coder when the texts are damaged, and how many points that costs."""
    intact, codebook = two_coders(rows), load_codebook()
    fields = [field for field in intact.texts.columns if field != "key"]
    yield f"\nDamaged, rows with a description, right by either coder, mean of {len(SEEDS)} seeds (points lost)"
    yield f"{'':32}" + "".join(f"{HEADINGS[dimension]:>20}" for dimension in DIMENSIONS)
    whole = _right(with_machine(intact, codebook=codebook))
    yield f"{'intact':32}" + "".join(f"{share:>20.3f}" for share in whole)
    for kind in ALL_KINDS:
        drawn = [
            _right(
                with_machine(replace(intact, texts=with_damage(intact.texts, kind, seed, fields)), codebook=codebook)
            )
            for seed in SEEDS
        ]
        means = [sum(shares) / len(shares) for shares in zip(*drawn, strict=True)]
        lost = [round(100 * (share - mean), 1) + 0.0 for share, mean in zip(whole, means, strict=True)]
        cells = (f"{mean:.3f} ({points:.1f})" for mean, points in zip(means, lost, strict=True))
        yield f"{kind:32}" + "".join(f"{cell:>20}" for cell in cells)


def _right(coded: CodedRows) -> list[float]:
    figures = measure_agreement(coded, draws=0)
    return [_find(figures, dimension, "right", EITHER).value or 0.0 for dimension in DIMENSIONS]


if __name__ == "__main__":
    main()
