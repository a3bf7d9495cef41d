"""Makes a fleet of made-up federations to try nightly runs on. Nobody in it is real.

    python benchmarks/make_fleet.py --out FOLDER [--federations 83] [--seed 2018] [--scale 1] [--broken 3]

With the defaults it is as large as Sweden in 2018: 83 federations, 1,105 interventions, 32,715 participants, of very
different size, with ledgers in six shapes. FOLDER is then a data folder: ``portfolj run --all --data FOLDER``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from made.folder import make_fleet


def main() -> None:
    """Makes the folders and says what there is of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--federations", type=int, default=83)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--scale", type=float, default=1.0, help="times as many interventions and participants")
    parser.add_argument("--broken", type=int, default=0, help="federations whose ledger has a fault that stops it")
    given = parser.parse_args()
    try:
        made = make_fleet(
            given.out, federations=given.federations, seed=given.seed, scale=given.scale, broken=given.broken
        )
    except ValueError as error:
        parser.error(str(error))
    interventions = sum(plan.individual + plan.structural for plan in made)
    people = sum(sum(plan.participants) for plan in made)
    print(f"{len(made)} federations, {interventions:,} interventions, {people:,} participants in {given.out / 'raw'}")
    for what, times in (
        ("ledgers", Counter(plan.shape for plan in made)),
        ("follow-up", Counter(plan.follow_up for plan in made)),
    ):
        print(f"{what}: " + ", ".join(f"{number} {word}" for word, number in sorted(times.items())))
    print(f"economics: {sum(plan.economics for plan in made)}")
    if given.broken:
        print("broken: " + ", ".join(f"{plan.key} ({plan.broken})" for plan in made if plan.broken))


if __name__ == "__main__":
    main()
