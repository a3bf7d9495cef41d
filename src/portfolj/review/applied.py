"""What came of putting a reviewer's answers into decisions.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portfolj.errors import Fault

CHANGES = {"new": ("nytt", "nya"), "changed": ("ändrat", "ändrade"), "confirmed": ("bekräftat", "bekräftade"),
           "undone": ("ångrat", "ångrade")}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Applied:
    """``changes``: how many decisions were ``new``, ``changed``, ``confirmed`` and ``undone``; ``answered``: how many
    answers there were, those that changed nothing among them; ``without_why``: new decisions that say no reason;
    ``notes``: what to know about single answers. Shown, in a notebook too, as a few Swedish lines."""

    path: Path
    changes: Mapping[str, int]
    answered: int
    without_why: int
    notes: tuple[Fault, ...]

    def __str__(self) -> str:
        told = [f"{n} {words[n > 1]}" for change, words in CHANGES.items() if (n := self.changes.get(change, 0))]
        if not told:
            return f"Inget att föra in. {self._why_nothing}"
        lines = [f"{' och '.join(told)} beslut i {self.path}"]
        if self.without_why:
            lines.append(f"Beslut utan skäl: {self.without_why}.")
        if self.notes:
            lines += [f"Att känna till ({len(self.notes)})", *(f"  {note}" for note in self.notes)]
        return "\n".join(lines)

    __repr__ = __str__

    @property
    def _why_nothing(self) -> str:
        return f"Alla svar står redan i {self.path}." if self.answered else "Inga svar är ifyllda."
