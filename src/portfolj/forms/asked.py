"""A form as it is written for one federation: the choices of its lists, and whose form it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolj.coding import Codebook
from portfolj.coding.choices import choices
from portfolj.coding.codebook import UNDEFINED
from portfolj.ledger.filled import Form, FormField


@dataclass(frozen=True)
class Asked:
    """A form with the choices of each list. ``federation``: the federation's name, empty for anybody's form."""

    form: Form
    federation: str
    listed: Mapping[str, tuple[str, ...]]  # dimension of the codebook -> labels

    @property
    def title(self) -> str:
        """The title, with the federation that it is for."""
        return f"{self.form.title}: {self.federation}" if self.federation else self.form.title

    def choices(self, field: FormField) -> tuple[str, ...]:
        """The answers that a list has; none where the field has no list."""
        return self.listed[field.choices_from] if field.choices_from else field.choices

    @property
    def lists(self) -> Iterator[FormField]:
        """Every field and column that has a list, in the form's order."""
        for field in self.form.fields:
            yield from (each for each in (field, *field.columns) if each.kind == "choice")


def asked(form: Form, codebook: Codebook, *, federation: str = "") -> Asked:
    """The form with the lists of a codebook. What is not defined is no answer to choose."""
    dimensions = {field.choices_from for field in form.fields} - {""}
    listed = {
        dimension: tuple(label for label, code in choices(codebook, dimension).items() if code and code != UNDEFINED)
        for dimension in dimensions
    }
    return Asked(form, federation, listed)
