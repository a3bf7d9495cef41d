"""The settings of a federation as they stand in ``federation.toml``, each checked for itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from portfolj.federation.comparison import AllocationSettings, ComparisonSettings
from portfolj.federation.documentation import DocumentationSettings
from portfolj.federation.economics import EconomicsSettings
from portfolj.federation.followup import FollowupSettings
from portfolj.federation.logic import LogicSettings
from portfolj.federation.period import checked_period
from portfolj.federation.stakeholders import StakeholdersSettings
from portfolj.federation.strategy import StrategySettings


class Unit(StrEnum):
    """The unit of an amount column. Stated, never guessed."""

    KR = "kr"
    TKR = "tkr"
    MKR = "mkr"


KRONOR_PER_UNIT = {Unit.KR: 1, Unit.TKR: 1_000, Unit.MKR: 1_000_000}


class Basis(StrEnum):
    """What an answer rests on, strongest first."""

    STATED = "stated"
    DESCRIBED = "described"
    NAMED = "named"


class Financing(StrEnum):
    """Whose money a row is. Only ``Finsam`` is the members' own."""

    FINSAM = "Finsam"
    ESF = "ESF"
    EU = "EU"
    OTHER = "other"


# Field of a ledger row -> what a user writes in [ledger.columns]. The same names everywhere in the code.
LEDGER_FIELDS = (
    "intervention_id", "name", "applicant", "target_group_text", "description", "goal_text", "decision_date",
    "year", "amount", "granted", "paid", "returned", "entry_type", "financing", "document",
    "budget_line",
)  # fmt: skip


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Notice(_Settings):
    """A sentence that stands on every page, in print and in the workbook."""

    title: str
    text: str


class LedgerSettings(_Settings):
    """Where the ledger is and how its columns are to be understood."""

    files: list[str] = Field(min_length=1)
    sheets: list[str] = []
    unit: Unit
    columns: dict[str, str] = {}


class FinancingSettings(_Settings):
    """The ledger's own words for each kind of financing, beside those that are always recognised."""

    members: list[str] = []
    ESF: list[str] = []
    EU: list[str] = []
    other: list[str] = []


class ClassificationSettings(_Settings):
    """How much an answer must rest on to be counted, and whether orientation may be derived."""

    basis: Basis = Basis.STATED
    derive_orientation: bool = False


class Federation(_Settings):
    """One federation: its settings, checked at load. ``folder`` is where its files lie, ``key`` the folder's name."""

    key: str
    folder: Path
    name: str = Field(min_length=1)
    contact: str = ""
    period: Annotated[str, AfterValidator(checked_period)] = ""
    notice: Notice | None = None
    ledger: LedgerSettings
    financing: FinancingSettings = FinancingSettings()
    classification: ClassificationSettings = ClassificationSettings()
    followup: FollowupSettings = FollowupSettings()
    economics: EconomicsSettings = EconomicsSettings()
    logic: LogicSettings = LogicSettings()
    documentation: DocumentationSettings = DocumentationSettings()
    stakeholders: StakeholdersSettings = StakeholdersSettings()
    comparison: ComparisonSettings = ComparisonSettings()
    allocation: AllocationSettings = AllocationSettings()
    strategy: StrategySettings = StrategySettings()
    small_cell_threshold: int = Field(default=5, ge=2)
