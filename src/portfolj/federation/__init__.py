"""A federation's settings: ``federation.toml``, read and checked before anything else is opened."""

from portfolj.federation.documentation import DOCUMENTATION_KINDS, DocumentationSettings, fact_codes
from portfolj.federation.economics import ECONOMICS_KINDS, RANGED, EconomicsSettings
from portfolj.federation.followup import KINDS, PERSON_KINDS, FollowupSettings
from portfolj.federation.known import federations_in, known_federation
from portfolj.federation.load import load_federation, parse_federation
from portfolj.federation.period import parse_period
from portfolj.federation.setting_faults import SETTINGS_FILE
from portfolj.federation.settings import (
    KRONOR_PER_UNIT,
    LEDGER_FIELDS,
    Basis,
    ClassificationSettings,
    Federation,
    Financing,
    FinancingSettings,
    LedgerSettings,
    Notice,
    Unit,
)
from portfolj.federation.stakeholders import STAKEHOLDERS_KINDS, StakeholdersSettings
from portfolj.federation.strategy import CRITERIA, Priority, StrategySettings

__all__ = [
    "CRITERIA",
    "DOCUMENTATION_KINDS",
    "ECONOMICS_KINDS",
    "KINDS",
    "KRONOR_PER_UNIT",
    "LEDGER_FIELDS",
    "PERSON_KINDS",
    "RANGED",
    "SETTINGS_FILE",
    "STAKEHOLDERS_KINDS",
    "Basis",
    "ClassificationSettings",
    "DocumentationSettings",
    "EconomicsSettings",
    "Federation",
    "Financing",
    "FinancingSettings",
    "FollowupSettings",
    "LedgerSettings",
    "Notice",
    "Priority",
    "StakeholdersSettings",
    "StrategySettings",
    "Unit",
    "fact_codes",
    "federations_in",
    "known_federation",
    "load_federation",
    "parse_federation",
    "parse_period",
]
