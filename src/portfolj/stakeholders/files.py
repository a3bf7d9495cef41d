"""What the federation's files on this say, as they were read.

Rows of respondents are only held in memory. What ``repr`` tells of them is how many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from portfolj.errors import Fault
from portfolj.followup.rows import empty_frame as empty_follow_up
from portfolj.stakeholders.questions import Question

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "statements": {
        "source": "str",
        "source_kind": "str",
        "role": "str",
        "theme": "str",
        "kind": "str",
        "text": "str",
        "quotable": "bool",
        "intervention": "str",
    },
    "counts": {
        "survey": "str",
        "question": "str",
        "role": "str",
        "answer": "str",
        "count": "int64",
        "printed_in": "str",
    },
    "invited": {
        "survey": "str",
        "role": "str",
        "invited": "Int64",
        "answered": "Int64",
        "printed_in": "str",
    },
}


@dataclass(frozen=True, repr=False, eq=False)
class Responses:
    """The answers of one survey's respondents. ``groups``: what it may be told by -> each respondent's, empty where it
    is not known; ``answers``: question -> what each respondent answered, nothing where there is no answer."""

    survey: str
    size: int
    groups: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[frozenset[str], ...]]

    def __repr__(self) -> str:
        return "Responses(...)"


@dataclass(frozen=True, eq=False)
class StakeholdersFiles:
    """Read without faults. Frames have the columns and types of ``COLUMNS``.

    ``counts``: one row per count that stands in a file, ``role`` empty for all, ``answer`` one of the question's or
    ``no_answer``, ``printed_in`` empty for the federation's own. ``responses``: one per survey with rows.
    ``set_aside``: one row per file row not used, with the reason; ``sources``: one row per file. ``remarks``: what is
    odd but did not stop the reading.
    """

    statements: pd.DataFrame = field(default_factory=lambda: empty_frame("statements"))
    questions: tuple[Question, ...] = ()
    responses: tuple[Responses, ...] = ()
    counts: pd.DataFrame = field(default_factory=lambda: empty_frame("counts"))
    invited: pd.DataFrame = field(default_factory=lambda: empty_frame("invited"))
    set_aside: pd.DataFrame = field(default_factory=partial(empty_follow_up, "set_aside"))
    sources: pd.DataFrame = field(default_factory=partial(empty_follow_up, "sources"))
    remarks: tuple[Fault, ...] = ()

    @property
    def surveys(self) -> tuple[str, ...]:
        """The surveys that there are questions of, in order."""
        return tuple(dict.fromkeys(question.survey for question in self.questions))


def frame_of(kind: str, data: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """A frame with exactly the columns and types of the kind."""
    return pd.DataFrame({name: pd.Series(list(data[name]), dtype=dtype) for name, dtype in COLUMNS[kind].items()})


def empty_frame(kind: str) -> pd.DataFrame:
    """The kind's frame without rows."""
    return frame_of(kind, {name: [] for name in COLUMNS[kind]})
