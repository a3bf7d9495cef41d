"""decisions.csv while answers are put into it, and what came of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from portfolj.coding.decisions_file import DecisionsFile
from portfolj.errors import Fault
from portfolj.review.standing import Standing


@dataclass
class Merged:
    """decisions.csv with the answers in it.

    ``answered`` counts all answers, ``changes`` kinds of change, ``without_why`` new decisions without a reason;
    ``notes`` are things to know, ``faults`` what must be mended before anything may be written.
    """

    standing: Standing
    answered: int = 0
    written: dict[int, dict[str, str]] = field(default_factory=dict)
    added: list[dict[str, str]] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    without_why: int = 0
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def file(self) -> DecisionsFile:
        """The new file."""
        return self.standing.file.changed(written=self.written, added=self.added, removed=self.removed)
