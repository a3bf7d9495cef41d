"""How a nation's federations, interventions and participants are shared out: sizes skewed, sums exact."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

# Sweden 2018: finsam.se/samordningsforbund, the copy of 2019.
FEDERATIONS = 83
INDIVIDUAL, STRUCTURAL = 559, 546
INTERVENTIONS = INDIVIDUAL + STRUCTURAL
PARTICIPANTS = 32_715
YEAR = 2018

SHAPES = ("comma", "latin", "titled", "years", "entries", "columns")
COUNTS, ROWS, NOTHING = "counts", "rows", "nothing"
WITHOUT_FOLLOW_UP, WITH_ROWS, WITH_ECONOMICS = 0.12, 0.15, 0.06
ROWS_MOST = 600  # participants of a federation that keeps a row of each; larger ones only report how many

_FIRST = ("Ask", "Bok", "Brand", "Djup", "Ek", "Frost", "Glim", "Hassel", "Horn", "Jungfru", "Klock", "Kvarn", "Lärk",
          "Mjölnar", "Näver", "Orm", "Prästa", "Rim", "Silver", "Sten", "Tranå", "Ugglu", "Vild", "Yxe", "Åker",
          "Ängla", "Örn")  # fmt: skip
_LAST = ("backa", "bolet", "brohult", "dalaby", "edet", "forsby", "gårda", "hedum", "klinten", "lidaby", "mosjö",
         "rydum", "sätra", "tunaby", "väglunda")  # fmt: skip
_PLAIN = str.maketrans("åäö", "aao")


@dataclass(frozen=True)
class Plan:
    """One federation to make. ``participants``: how many in each of its ``individual`` interventions, in their order;
    0 where nobody follows up. ``broken``: which fault its ledger is given, or empty."""

    place: str
    number: int
    shape: str
    follow_up: str
    economics: bool
    individual: int
    structural: int
    participants: tuple[int, ...]
    broken: str = ""

    @property
    def key(self) -> str:
        """The name of its folder."""
        return self.place.lower().translate(_PLAIN)


def plans(*, federations: int, seed: int, scale: float, broken: Sequence[str] = ()) -> list[Plan]:
    """The federations, those to break last. Raises ValueError for more federations than there are names for.

    ``scale`` times the nation's interventions and participants, in proportion to the number of federations: 83 at
    scale 1 are 1,105 interventions and 32,715 participants, to the last one.
    """
    draw = random.Random(f"nation {seed}")
    places = [a + b for a, b in product(_FIRST, _LAST)]
    if not 1 <= federations <= len(places):
        raise ValueError(f"federations is {federations}; 1 to {len(places)} are possible")
    share = federations / FEDERATIONS * scale
    individual = max(round(INDIVIDUAL * share), federations)
    structural = round(STRUCTURAL * share)
    sizes = [draw.lognormvariate(0, 0.65) for _ in range(federations)]
    own = shared(individual, [size * draw.lognormvariate(0, 0.35) for size in sizes], least=1)
    others = shared(structural, [size * draw.lognormvariate(0, 0.5) for size in sizes])
    nothing = set(draw.sample(range(federations), round(federations * WITHOUT_FOLLOW_UP)))
    followed = [n for n in range(federations) if n not in nothing]
    weights = {(n, i): draw.lognormvariate(0, 0.9) for n in followed for i in range(own[n])}
    people = dict(
        zip(weights, shared(round(PARTICIPANTS * share), list(weights.values()), least=int(scale > 0.2)), strict=True)
    )
    by_federation = [tuple(people.get((n, i), 0) for i in range(own[n])) for n in range(federations)]
    small = [n for n in followed if 40 <= sum(by_federation[n]) <= ROWS_MOST]
    rows = set(draw.sample(small, min(len(small), round(federations * WITH_ROWS))))
    paying = set(draw.sample(followed, min(len(followed), max(1, round(federations * WITH_ECONOMICS)))))
    draw.shuffle(places)
    kinds = dict.fromkeys(nothing, NOTHING) | dict.fromkeys(rows, ROWS)
    faults = dict(zip(range(federations - len(broken), federations), broken, strict=True))
    return [
        Plan(
            places[n],
            n,
            SHAPES[n % len(SHAPES)],
            kinds.get(n, COUNTS),
            n in paying,
            own[n],
            others[n],
            by_federation[n],
            faults.get(n, ""),
        )
        for n in range(federations)
    ]


def shared(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Whole numbers that sum to ``total``, as near the weights as can be, each at least ``least``."""
    rest = total - least * len(weights)
    if rest < 0:
        raise ValueError(f"{total} can't be {len(weights)} times {least} or more")
    exact = [weight * rest / sum(weights) for weight in weights]
    found = [int(each) for each in exact]
    nearest = sorted(range(len(exact)), key=lambda n: (found[n] - exact[n], n))
    for n in nearest[: rest - sum(found)]:
        found[n] += 1
    return [least + each for each in found]
