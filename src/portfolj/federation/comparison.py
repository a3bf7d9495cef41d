"""The settings of comparisons: which municipalities and indicators of Kolada, and the state's allocation model."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

NATION = "0000"
DEFAULT_SHOWN = ["N31008", "N31807", "N31814", "N40011", "N00914", "N00957"]
DEFAULT_SIMILAR_BY = ["N00100", "N00903", "N01951"]
MOST_SHOWN = 20


def _codes(codes: list[str]) -> list[str]:
    wrong = [code for code in codes if not re.fullmatch(r"\d{4}", code) or code == NATION]
    if wrong or len(set(codes)) != len(codes):
        raise ValueError('kommunkoder med fyra siffror, var och en en gång, till exempel ["0484", "0428"]')
    return codes


def _indicators(ids: list[str]) -> list[str]:
    if any(not _is_indicator(each) for each in ids) or len(set(ids)) != len(ids):
        raise ValueError('nyckeltalens id i Kolada, vart och ett en gång, till exempel ["N31008", "N00914"]')
    return ids


def _titles(titles: dict[str, str]) -> dict[str, str]:
    if any(not _is_indicator(each) or not title.strip() for each, title in titles.items()):
        raise ValueError('id = nyckeltalets rubrik i Kolada, till exempel N00903 = "Skattekraft kommun, kr/inv"')
    return titles


def _is_indicator(text: str) -> bool:
    return bool(re.fullmatch(r"[NU]\d{5}", text))


def _steps(steps: list[list[int]]) -> list[list[int]]:
    limits = [step[0] for step in steps if step]
    if (
        any(len(step) != 2 or not 0 <= step[1] <= 100 for step in steps)
        or limits != sorted(set(limits))
        or (limits and limits[0] != 0)
    ):
        raise ValueError(
            "par av gräns i kronor och tillåten procent, med stigande gränser från 0, till exempel "
            "[[0, 60], [2000000, 30]]: över 2 000 000 kr är 30 procent tillåtet"
        )
    return steps


class ComparisonSettings(BaseModel):
    """Which municipalities are compared, in what and with how many others. Without municipalities there is nothing.

    ``indicators``: those shown; ``similar_by``: those that tell how alike two municipalities are; ``titles``: id ->
    title, for indicators that don't ship with the program or whose title has changed; ``years``: how many years back;
    ``similar``: how many similar municipalities for each of one's own; ``refresh_days``: a run fetches anew when what
    is kept is older than this, 0 for never by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    municipalities: Annotated[list[str], AfterValidator(_codes)] = []
    indicators: Annotated[list[str], AfterValidator(_indicators)] = Field(default=DEFAULT_SHOWN, max_length=MOST_SHOWN)
    similar_by: Annotated[list[str], AfterValidator(_indicators)] = Field(default=DEFAULT_SIMILAR_BY, min_length=1)
    titles: Annotated[dict[str, str], AfterValidator(_titles)] = {}
    years: int = Field(default=8, ge=1, le=30)
    similar: int = Field(default=7, ge=1, le=50)
    refresh_days: int = Field(default=0, ge=0, le=3650)


class AllocationSettings(BaseModel):
    """The state's allocation model and the table of federations that it is used on. Without files there is nothing.

    ``federation``: which of the table is one's own, the federation's name where none is stated. ``year``: which year
    the table is about. ``frame_sek``: the state's money for all; ``base_grant_sek``: the same for each;
    ``support_weight_pct``: how much of the rest follows income support, the other part follows population.
    ``brake_pct``: how much less than the year before a federation may get at most, 100 for no brake.
    ``equity_steps``: pairs of a budget in kronor and the share of it, in percent, that own capital may be above it.
    ``source``: where the parameters come from, where they are the federation's own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: list[str] = []
    federation: str = ""
    year: int | None = Field(default=None, ge=2004, le=2100)
    frame_sek: int = Field(default=339_000_000, ge=1)
    base_grant_sek: int = Field(default=400_000, ge=0)
    support_weight_pct: int = Field(default=75, ge=0, le=100)
    brake_pct: int = Field(default=10, ge=0, le=100)
    equity_steps: Annotated[list[list[int]], AfterValidator(_steps)] = []
    source: str = ""
