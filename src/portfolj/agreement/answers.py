"""What several coders answered about the same interventions, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from portfolj.agreement.bootstrap import Rows
from portfolj.agreement.statistics import Floats
from portfolj.coding import Codebook, classify
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, TEXT_FIELDS
from portfolj.errors import PortfoljError
from portfolj.ledger.personal_numbers import mask_personal_numbers

MACHINE = "machine"
GRADED = ("A", "B")  # a bare name, grade C, does not let anybody decide the orientation


@dataclass(frozen=True, eq=False)
class CodedRows:
    """Interventions with each coder's answers.

    ``texts``: a row per intervention, all text, with ``key``, any of ``coding.codebook.TEXT_FIELDS`` and ``note`` (what
    the coders wrote beside their answers) where the file has it. ``answers``:
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
        """A text per row with personal numbers masked."""
        return [mask_personal_numbers(text) for text in self.texts[column]]

    def counted(self, dimension: str) -> list[bool]:
        """Which rows a dimension is measured on: all, but of orientation only grades A and B where there are grades."""
        if dimension != ORIENTATION or self.grades is None:
            return [True] * len(self.weights)
        return [grade in GRADED for grade in self.grades]

    def in_fixed_order(self) -> CodedRows:
        """The same rows in an order that their answers decide, so that the order of a file changes no interval."""
        columns = [self.strata, self.weights, self.grades or self.strata]
        columns += [self.answers[dimension][coder] for dimension in sorted(self.answers)
                    for coder in sorted(self.answers[dimension])]  # fmt: skip
        order = [place for *_, place in sorted(zip(*columns, range(len(self.weights)), strict=True))]
        return replace(
            self,
            texts=self.texts.iloc[order],
            answers={d: {c: [given[i] for i in order] for c, given in by.items()} for d, by in self.answers.items()},
            weights=self.weights[order],
            strata=[self.strata[i] for i in order],
            grades=None if self.grades is None else [self.grades[i] for i in order],
        )


def coder_label(coder: str) -> str:
    """What a coder is called in a sentence."""
    return "maskinen" if coder == MACHINE else coder


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
