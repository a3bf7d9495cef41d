"""How much chance alone moves an income that rests on how many people changed their state.

Nineteen more in work might as well have been twelve or twenty-six. Of ``n`` people ``b`` were in a state before and
``a`` after. Had each of them been in it before and after independently, the net change would have a variance of
``a + b - 2ab/n - (a - b)²/n``: those who come plus those who leave, less the square of the difference by ``n``. People
stay where they are more often than that, so that the true variance is smaller and this one is on the safe side. It is
known from what may be shown, and says nothing more.

The change of each state is drawn as normal around the counted one, the states apart from each other, and each actor's
income moves with what a person in the state gives or costs it: one draw is the same people to all actors.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from portfolj.economics.actors import PARTS_OF_STATE, REAL_ECONOMY, SOCIETY, STATE, in_order
from portfolj.economics.changes import Changes
from portfolj.economics.flows import net_sek

Floats = npt.NDArray[np.float64]
COLUMNS = {"state": "str", "label": "str", "change": "Int64", "standard_deviation": "float64"}


def spread_of_changes(changes: Changes) -> pd.DataFrame:
    """One row per state whose change is known (``COLUMNS``): how many people chance alone moves it by."""
    frame = changes.frame[changes.frame["change"].notna() & ~changes.frame["apart"]]
    spread = [_deviation(int(row.before), int(row.after), changes.participants) for row in frame.itertuples()]
    return frame.assign(standard_deviation=spread)[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def drawn_noise(changes: Changes, flows: pd.DataFrame, *, draws: int, seed: int) -> dict[str, Floats]:
    """Kronor to add to each actor's yearly income, per draw; nothing for a state whose change is hidden.

    ``flows``: see ``flows.flows_of``. The state in total and society are what their parts come to.
    """
    spread = spread_of_changes(changes)
    normal = {state: np.random.default_rng((seed, zlib.crc32(state.encode()))).standard_normal(draws)
              for state in spread["state"]}  # fmt: skip
    each = flows[~flows["apart"]].assign(sek=flows["sek_per_person_year"].fillna(0.0))
    actors = in_order(({*each["payer"], *each["receiver"]} | {SOCIETY, STATE}) - {""})
    noise = {}
    for actor in actors:
        ends = {SOCIETY: (REAL_ECONOMY,), STATE: PARTS_OF_STATE}.get(actor, (actor,))
        sign = -1.0 if actor == SOCIETY else 1.0
        noise[actor] = np.zeros(draws)
        for row in spread.itertuples():
            per_person = sign * net_sek(each[each["state"] == row.state], ends)
            noise[actor] += per_person * float(row.standard_deviation) * normal[str(row.state)]
    return noise


def scaled(noise: Mapping[str, Floats], factor: float) -> dict[str, Floats]:
    """The same in another year's prices."""
    return {actor: factor * drawn for actor, drawn in noise.items()}


def _deviation(before: int, after: int, people: int | None) -> float:
    """See above; without a known number of people the bound that holds for any number.

    >>> round(_deviation(5, 24, 257), 2), _deviation(0, 0, 257), round(_deviation(5, 24, None), 2)
    (5.16, 0.0, 5.39)
    """
    variance = float(before + after)
    if people:
        variance -= (2 * before * after + (after - before) ** 2) / people
    return math.sqrt(max(variance, 0.0))
