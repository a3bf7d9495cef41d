"""A codebook of some 240 regular expressions against one case-insensitive ``Series.str.contains`` per expression.

The codebook is the public UK Charity Activity Tags (``benchmarks/data``). The texts are the odd rows of the real coded
interventions, their clauses recombined, with words of the tag list put in among them so that its expressions are
found; and texts of the list's own words alone, where most words are part of some expression. Both ways run on the same
texts in the same process, in turn; the hits are checked to be the same.

    python benchmarks/expressions.py [--texts 5000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
import warnings
from pathlib import Path
from random import Random

import pandas as pd

from portfolj import coding

ROOT = Path(__file__).parents[1]
# pandas warns about expressions with groups, which the public list has.
warnings.filterwarnings("ignore", message="This pattern is interpreted as a regular expression")
_CLAUSE = re.compile(r"(?<=[.;])\s+|,\s+")


def made_texts(tags: coding.Tags, size: int, random: Random) -> list[str]:
    """Mostly different texts: clauses of interventions, each text with two or three words of the tags' expressions."""
    rows = pd.read_csv(ROOT / "tests" / "coding" / "data" / "finsam_interventions.csv", dtype=str)
    odd = rows[rows["id"].str[1:].astype(int) % 2 == 1].fillna("")
    descriptions = [text for text in odd["description"] if text]
    clauses = [part for text in descriptions for part in _CLAUSE.split(text)]
    counts = [max(len(_CLAUSE.split(text)), 2) for text in descriptions]
    words = words_of(tags)
    made = []
    for _ in range(size):
        parts = random.choices(clauses, k=random.choice(counts)) + random.choices(words, k=random.choice((2, 3)))
        random.shuffle(parts)
        made.append(", ".join(parts))
    return made


def words_of(tags: coding.Tags) -> list[str]:
    """The words that the expressions of a codebook spell out."""
    return sorted({word for tag in tags.tags for word in re.findall(r"(?<![\\\w])[a-z]{4,}", tag.include.pattern)})


def dense_texts(tags: coding.Tags, size: int, random: Random) -> list[str]:
    """Texts of the words of a codebook alone."""
    words = words_of(tags)
    return [" ".join(random.choices(words, k=random.randint(8, 40))) for _ in range(size)]


def by_pandas(texts: pd.Series, tags: coding.Tags) -> set[tuple[int, str]]:
    """Row and code of every tag, one ``str.contains`` per expression."""
    hits: set[tuple[int, str]] = set()
    for tag in tags.tags:
        found = texts.str.contains(tag.include, regex=True)
        if tag.exclude is not None:
            found &= ~texts.str.contains(tag.exclude, regex=True)
        hits.update((int(row), tag.code) for row in texts.index[found])
    return hits


def by_portfolj(texts: pd.Series, tags: coding.Tags) -> set[tuple[int, str]]:
    """The same, by ``coding.tag_texts``."""
    tagged = coding.tag_texts(texts, tags=tags)
    return set(zip(tagged["row"], tagged["code"], strict=True))


def main() -> None:
    """Runs the rounds and prints the medians and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    path = ROOT / "benchmarks" / "data" / "ukcat.csv"
    start = time.perf_counter()
    loaded = coding.load_tags(path)
    checking = time.perf_counter() - start
    excludes = sum(tag.exclude is not None for tag in loaded.tags)
    print(
        f"{len(loaded.tags)} tags, {excludes} with an exclude expression; "
        f"read, and every one tried, in {checking:.1f} s"
    )
    for name, make in (("interventions", made_texts), ("words of the list alone", dense_texts)):
        compare(name, make(loaded, arguments.texts, Random(1)), path, arguments.rounds)


def compare(name: str, made: list[str], path: Path, rounds: int) -> None:
    """Both ways on some texts, as often as ``rounds`` says."""
    letters = sum(map(len, made)) / len(made)
    print(f"{name}: {len(made)} texts, {len(set(made))} different, {letters:.0f} letters on average")
    texts = pd.Series(made, dtype="object")
    ours, theirs = [], []
    for number in range(1, rounds + 1):
        fresh = coding.load_tags(path, try_expressions=False)  # so that no word is remembered from the round before
        start = time.process_time()
        found = by_portfolj(texts, fresh)
        middle = time.process_time()
        expected = by_pandas(texts, fresh)
        end = time.process_time()
        assert found == expected, sorted(found ^ expected)[:5]
        ours.append(middle - start)
        theirs.append(end - middle)
        print(f"  round {number}: portfolj {ours[-1]:.2f} s, contains {theirs[-1]:.2f} s, {len(found)} hits, the same")
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"  median: {len(made) / a:.0f} texts/s against {len(made) / b:.0f}, ratio {b / a:.1f}")


if __name__ == "__main__":
    main()
