"""A federation's portfolio in a period, opened with stated rules: what notebooks, pages and files are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from portfolj import coding
from portfolj.coding import Codebook
from portfolj.errors import Fault, InputRefused, ParameterError
from portfolj.federation import Basis, Federation, known_federation, parse_period
from portfolj.federation.inputs import PUBLISHED_FILE
from portfolj.federation.known import unknown
from portfolj.places import Places, find_places
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.published import Printed, printed_codes, read_published
from portfolj.portfolio.reconcile import reconcile_ledger
from portfolj.portfolio.scope import by_part, in_portfolio, with_parts
from portfolj.prepare import Prepared, prepare


@dataclass(frozen=True, eq=False)
class Portfolio:
    """A federation's interventions in a period and the rules that they are counted by.

    ``interventions``: members' money in the period, one row each, with the settled codes (see ``coding.settle``);
    ``undated`` and ``external``: the same for members' money without a year (only when a period is asked for) and
    for other financiers' money; ``parts``: where all the ledger's granted money is; ``entries``: the ledger's granted
    entries with the part each belongs to; ``prepared``: everything that was read.
    """

    federation: Federation
    codebook: Codebook
    period: tuple[int, int] | None
    basis: Basis
    counting: CountingRule
    prepared: Prepared
    published: tuple[Printed, ...]
    interventions: pd.DataFrame
    undated: pd.DataFrame
    external: pd.DataFrame
    sums: pd.DataFrame
    parts: pd.DataFrame

    @cached_property
    def entries(self) -> pd.DataFrame:
        """The ledger's granted entries, one by one, with the part that each belongs to: see ``scope.with_parts``."""
        return with_parts(self.prepared.rows, period=self.period)

    @property
    def period_label(self) -> str:
        """The period as people read it: ``2014–2019``, ``2019`` or ``alla år``."""
        if self.period is None:
            return "alla år"
        first, last = self.period
        return str(first) if first == last else f"{first}–{last}"

    @property
    def period_key(self) -> str:
        """The period as the name of a folder: ``2014-2019``, ``2019`` or ``alla-ar``."""
        return self.period_label.replace("–", "-").replace("alla år", "alla-ar")

    @property
    def is_own_period(self) -> bool:
        """Whether this is the period of the federation's settings: the one that its printed figures are about."""
        return self.period == parse_period(self.federation.period)

    @cached_property
    def has_amounts(self) -> bool:
        """Whether most interventions have a known amount, so that money rather than counts should lead."""
        known = self.interventions["granted_sek"].notna().sum()
        return bool(known * 2 > len(self.interventions))


def open_portfolio(
    federation: str,
    *,
    period: str = "",
    basis: str = "",
    counting: str = CountingRule.ONCE.value,
    places: Places | None = None,
) -> Portfolio:
    """The portfolio of the federation whose folder under ``data/raw`` is ``federation``.

    Empty ``period`` and ``basis`` mean the federation's own settings; ``period="alla år"`` means every year.
    Raises ParameterError for a value that is not allowed, InputRefused for a ledger that can't be read right,
    ReconciliationError where the ledger's parts do not sum to the ledger.
    """
    places = places or find_places()
    settings = known_federation(federation, places=places)
    years = known_period(period, default=settings.period)
    least = known_basis(basis, default=settings.classification.basis)
    rule = known_counting(counting)
    prepared, published = _read_all(settings, places=places)
    codebook = coding.codebook_of(settings)
    sums = with_parts(prepared.sums, period=years)
    settled = coding.settle(
        prepared.interventions,
        basis=least,
        derive_orientation=settings.classification.derive_orientation,
        fields=set(prepared.columns),
        folds=codebook.folds,
    )
    chosen = {part: in_portfolio(settled, sums, part=part) for part in ("counted", "undated", "external")}
    parts = by_part(sums)
    reconcile_ledger(parts, rows=prepared.part_of_rows("entry_type", "amount_sek"), interventions=chosen["counted"])
    return Portfolio(
        federation=settings,
        codebook=codebook.folded(),
        period=years,
        basis=least,
        counting=rule,
        prepared=prepared,
        published=_about_shown_codes(published, codebook),
        interventions=chosen["counted"],
        undated=chosen["undated"],
        external=chosen["external"],
        sums=sums,
        parts=parts,
    )


def _read_all(settings: Federation, *, places: Places) -> tuple[Prepared, tuple[Printed, ...]]:
    """The ledger and the printed figures. Raises InputRefused with the faults of both at once."""
    faults: list[Fault] = []
    prepared = None
    published: tuple[Printed, ...] = ()
    try:
        prepared = prepare(settings, places=places)
    except InputRefused as refused:
        faults += refused.faults
    try:
        codebook = coding.codebook_of(settings)
        published = tuple(read_published(settings.folder / PUBLISHED_FILE, codes=printed_codes(codebook)))
    except InputRefused as refused:
        faults += refused.faults
    if faults or prepared is None:
        raise InputRefused(settings.name, dict.fromkeys(faults))  # a faulty codebook is told by both
    return prepared, published


def _about_shown_codes(published: tuple[Printed, ...], codebook: Codebook) -> tuple[Printed, ...]:
    """Without printed figures about codes that the federation folds to others: no table has a line to hold them to."""
    hidden = {"owner": codebook.folds.get("owner", {}), "target_group": codebook.folds.get("target_groups", {})}
    return tuple(p for p in published if not set(p.category.split("+")) & set(hidden.get(p.dimension, {})))


def check_words(period: str = "", basis: str = "", counting: str = CountingRule.ONCE.value) -> None:
    """Raises ParameterError, with the nearest right word for each, for rules that do not exist."""
    faults = []
    for known, word in ((known_period, period), (known_basis, basis), (known_counting, counting)):
        try:
            known(word)
        except ParameterError as error:
            faults.append(str(error))
    if faults:
        raise ParameterError("\n".join(faults))


def known_period(period: str, *, default: str = "") -> tuple[int, int] | None:
    """First and last year, or None for all years. Raises ParameterError for what is no period."""
    if period.strip().casefold() in ("alla år", "alla-ar", "alla"):
        return None
    try:
        return parse_period(period or default)
    except ValueError as error:
        raise ParameterError(f"{str(error)[0].upper()}{str(error)[1:]}. För alla år: alla-ar.") from None


def known_basis(basis: str, *, default: Basis = Basis.STATED) -> Basis:
    """The least basis that answers must have. Raises ParameterError with the nearest word for an unknown one."""
    if not basis:
        return default
    if basis not in list(Basis):
        raise ParameterError(unknown("grunden (basis)", basis, [b.value for b in Basis]))
    return Basis(basis)


def known_counting(counting: str) -> CountingRule:
    """The counting rule. Raises ParameterError with the nearest word for an unknown one."""
    if counting not in list(CountingRule):
        raise ParameterError(unknown("räkneregeln (counting)", counting, [c.value for c in CountingRule]))
    return CountingRule(counting)
