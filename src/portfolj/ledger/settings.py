"""What the reading of a ledger needs to know, from a federation or, for a file on its own, from what is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolj.federation import Federation, FinancingSettings, Unit


@dataclass(frozen=True)
class ReadingSettings:
    """Settings of one reading. ``unit`` None: the sheet itself must state it. ``columns``: field -> heading."""

    sheets: tuple[str, ...] = ()
    unit: Unit | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    financing: FinancingSettings = field(default_factory=FinancingSettings)

    @classmethod
    def of(cls, federation: Federation) -> ReadingSettings:
        """The settings that a federation's ledger is read with."""
        ledger = federation.ledger
        return cls(tuple(ledger.sheets), Unit(ledger.unit), ledger.columns, federation.financing)
