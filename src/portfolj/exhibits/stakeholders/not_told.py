"""Why nothing is told of a survey's answers, or of how many raise the themes: they are few, or few since last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.stakeholders.themes import FEW

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def surveys_not_told(view: StakeholdersView) -> str:
    """Why the answers of some surveys are not told, empty where all are."""
    told = []
    if view.survey.too_few:
        told.append(
            f"Färre än {view.k} svarade på {_surveys(view.survey.too_few)}. Då visas inga svar, för redan nollorna "
            "skulle säga vad de få svarade. Fråga fler, eller berätta vad de sade på ett annat sätt och med deras "
            "samtycke."
        )
    if view.survey.late:
        told.append(
            f"Sedan en tidigare rapport visade svaren på {_surveys(view.survey.late)} har färre än {view.k} svar "
            "kommit till eller tagits bort. De två rapporterna skulle tillsammans säga vad de få svarade, så svaren "
            f"visas inte. De visas igen när minst {view.k} har kommit till, eller om filen med svar är som den var."
        )
    return " ".join(told)


def themes_not_told(view: StakeholdersView) -> str:
    """Why no count of those who raise the themes is told, empty where there are counts."""
    if not view.themes.silent:
        return ""
    if view.themes.silent == FEW:
        few = f"Färre än {view.k} källor har sagt något. Då visas inga antal"
        return f"{few}, för redan nollorna skulle säga vad de få sade."
    return (
        f"Sedan en tidigare rapport visade antalen har färre än {view.k} källor kommit till eller tagits bort. De två "
        "rapporterna skulle tillsammans säga vad de få sade, så antalen visas inte. De visas igen när minst "
        f"{view.k} har kommit till, eller om filen med utsagor är som den var."
    )


def _surveys(names: Sequence[str]) -> str:
    return swedish.listed([f"enkäten {name}" if name else "enkäten" for name in names])
