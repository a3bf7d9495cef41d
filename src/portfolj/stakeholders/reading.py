"""The federation's files on this, read and checked."""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.federation import Federation


@dataclass(frozen=True, eq=False)
class StakeholdersFiles:
    """What the files say."""


def read_stakeholders(federation: Federation) -> StakeholdersFiles:
    """The federation's files on this. Raises InputRefused with every fault of every file at once."""
    return StakeholdersFiles()
