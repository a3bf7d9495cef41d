"""Redrawn weights of a sample's rows, and the 95 % interval of a figure over them.

Rows are redrawn within their stratum, since that is how they were drawn the first time. From a stratum of n rows, n - 1
are redrawn with replacement and their weights multiplied by n / (n - 1), so that small strata do not look surer than
they are. Rao, J. N. K. and Wu, C. F. J. (1988). Resampling inference with complex survey data. JASA 83. Strata of a
single row can't be redrawn by themselves and are redrawn together. The interval is the percentile one: Efron, B. and
Tibshirani, R. (1993). An introduction to the bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portfolj.agreement.statistics import Codes, Floats

DRAWS = 2_000
SEED = 1
LOW, HIGH = 2.5, 97.5  # percentiles
UNDEFINED_DRAWS = 0.05  # the share of draws without a figure that an interval is still shown with
CELLS = 4_000_000  # weights held at a time, so that a large table takes time and not memory


@dataclass(frozen=True)
class Redrawn:
    """The figure of the rows as they are, and of each redrawn weighting; NaN where it is not defined."""

    figure: float
    draws: Floats

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 2.5th and 97.5th percentile; None where redrawing does not tell: too often undefined, or always alike."""
        defined = self.draws[~np.isnan(self.draws)]
        if len(defined) == 0 or self.is_often_undefined or np.ptp(defined) < 1e-12:
            return None
        low, high = np.percentile(defined, [LOW, HIGH])
        return _rounded(low), _rounded(high)

    @property
    def is_often_undefined(self) -> bool:
        """Whether so many draws lack the figure that an interval of the others would be of something else."""
        return len(self.draws) > 0 and bool(np.isnan(self.draws).mean() > UNDEFINED_DRAWS)


@dataclass(frozen=True)
class Rows:
    """Rows to redraw: their weights and the number of the stratum that each belongs to."""

    weights: Floats
    strata: Codes

    def redraw(
        self, statistics: Sequence[Callable[[Floats], Floats]], *, draws: int = DRAWS, seed: int = SEED
    ) -> list[Redrawn]:
        """Each statistic of the rows' own weights and of ``draws`` redrawn ones, the same for the same ``seed``."""
        drawn: list[list[Floats]] = [[] for _ in statistics]
        for weights in self.redrawn_weights(draws=draws, seed=seed):
            for place, statistic in enumerate(statistics):
                drawn[place].append(statistic(weights))
        return [
            Redrawn(_rounded(statistic(self.weights[None, :])[0]), np.concatenate(parts) if parts else np.empty(0))
            for statistic, parts in zip(statistics, drawn, strict=True)
        ]

    def redrawn_weights(self, *, draws: int, seed: int) -> Iterator[Floats]:
        """Weights of redrawn samples, a sample per row, in parts that memory holds."""
        random = np.random.default_rng(seed)
        members = _strata_of_two_or_more(self.strata)
        at_once = max(1, CELLS // max(1, len(self.weights)))
        for start in range(0, draws if members else 0, at_once):
            part = min(at_once, draws - start)
            weights = np.zeros((part, len(self.weights)))
            for rows in members:
                count = len(rows)
                times = random.multinomial(count - 1, np.full(count, 1 / count), size=part)
                weights[:, rows] = times * (self.weights[rows] * count / (count - 1))
            yield weights


def _strata_of_two_or_more(strata: Codes) -> list[npt.NDArray[np.intp]]:
    groups = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    single = [rows for rows in groups if len(rows) == 1]
    several = [rows for rows in groups if len(rows) > 1]
    if len(single) == 1 and several:
        # One row alone joins the smallest stratum: left out, it would seem to be known for sure.
        several.sort(key=len)
        several[0] = np.sort(np.concatenate([several[0], single[0]]))
    elif len(single) > 1:
        several.append(np.sort(np.concatenate(single)))
    return several


def _rounded(figure: float) -> float:
    """Without the last digits, where sums of weights differ by the order that they are added in."""
    return round(float(figure), 12)
