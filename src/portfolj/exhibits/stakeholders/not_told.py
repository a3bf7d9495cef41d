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
            f"Bara några få har svarat på {_surveys(view.survey.late)}, eller tagit bort eller ändrat sina svar, sedan "
            "en tidigare rapport visade dem. De två rapporterna skulle tillsammans säga vad de få svarade, så svaren "
            "visas inte förrän fler har svarat. Är det en ny enkät, ge den ett eget namn."
        )
    return " ".join(told)


def themes_not_told(view: StakeholdersView) -> str:
    """Why no count of those who raise the themes is told, empty where there are counts."""
    if not view.themes.silent:
        return ""
    if view.themes.silent == FEW:
        few = f"Färre än {view.k} källor har sagt något. Då visas varken teman eller antal"
        return f"{few}: redan temana skulle säga vad de få sade."
    return (
        "Bara några få utsagor har kommit till, tagits bort eller ändrats sedan en tidigare rapport visade antalen. De "
        "två rapporterna skulle tillsammans säga vad de få sade, så varken teman eller antal visas förrän fler har "
        "sagt något."
    )


def _surveys(names: Sequence[str]) -> str:
    return swedish.listed([f"enkäten {name}" if name else "enkäten" for name in names])
