"""What several coders answered about the same interventions, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from portfolj.agreement.bootstrap import Rows
from portfolj.agreement.statistics import Floats
from portfolj.coding import Codebook, classify
from portfolj.coding.codebook import DIMENSIONS, TEXT_FIELDS
from portfolj.errors import PortfoljError
from portfolj.ledger.personal_numbers import mask_personal_numbers

MACHINE = "machine"
SHOWN_TEXTS = ("key", "name", "description")


@dataclass(frozen=True, eq=False)
class CodedRows:
    """Interventions with each coder's answers.

    ``texts``: a row per intervention, all text, with ``key`` and any of ``coding.codebook.TEXT_FIELDS``. ``answers``:
    dimension -> coder -> an answer per row: a code, target groups joined by ``;``, ``""`` where the coder gave none.
    People come before the machine. ``weights``: how many of the population a row stands for; ``strata``: the name of
    the part of the population that it was drawn from. ``grades``: A, B or C per row where the file has them.
    ``notes``: what whoever reads the figures must know, in words.
    """

    texts: pd.DataFrame
    answers: Mapping[str, Mapping[str, Sequence[str]]]
    weights: Floats
    strata: Sequence[str]
    grades: Sequence[str] | None = None
    is_weighted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> Rows:
        """The rows as the bootstrap redraws them."""
        return Rows(self.weights, np.unique(np.array(self.strata, dtype=str), return_inverse=True)[1].astype(np.int64))

    def shown_text(self, column: str) -> list[str]:
        """A text per row with personal numbers masked; empty texts where there is no such column."""
        if column not in self.texts.columns:
            return [""] * len(self.texts)
        return [mask_personal_numbers(text) for text in self.texts[column]]

    def in_fixed_order(self) -> CodedRows:
        """The same rows in an order that their content decides, so that the order of a file changes no interval."""
        columns = {
            "stratum": list(self.strata), "weight": list(self.weights),
            **{f"{dimension} {coder}": list(given) for dimension in sorted(self.answers)
               for coder, given in sorted(self.answers[dimension].items())},
            **{column: list(self.texts[column]) for column in sorted(self.texts.columns)},
        }  # fmt: skip
        frame = pd.DataFrame(columns)
        order = frame.sort_values(list(frame.columns), kind="stable").index.to_numpy()
        return replace(
            self,
            texts=self.texts.iloc[order],
            answers={d: {c: [given[i] for i in order] for c, given in by.items()} for d, by in self.answers.items()},
            weights=self.weights[order],
            strata=[self.strata[i] for i in order],
            grades=None if self.grades is None else [self.grades[i] for i in order],
        )


def with_machine(coded: CodedRows, *, codebook: Codebook) -> CodedRows:
    """``coded`` with the codebook's own answers, on any basis, as the coder ``machine`` in every dimension.

    Raises PortfoljError where the machine's answers are there already, or where no text can be read.
    """
    there = [dimension for dimension, by_coder in coded.answers.items() if MACHINE in by_coder]
    if there:
        raise PortfoljError(
            f"Filen har redan maskinens svar ({', '.join(f'{d}_{MACHINE}' for d in there)}). Utelämna --machine, "
            "eller ta bort de kolumnerna så kodas texterna på nytt."
        )
    if "name" not in coded.texts.columns:
        raise PortfoljError(
            "Filen har ingen kolumn med insatsens namn, så maskinen har inget att läsa. Lägg till name och gärna "
            "applicant, description, goal_text och target_group_text."
        )
    fields = [field for field in TEXT_FIELDS if field in coded.texts.columns]
    said = classify(coded.texts[fields], codebook=codebook)
    answers = {
        dimension: {**coded.answers.get(dimension, {}), MACHINE: list(said[dimension])}
        for dimension in DIMENSIONS
        if coded.answers.get(dimension)
    }
    return replace(coded, answers=answers)
