"""Those who have jobs with a wage subsidy, where they are told for themselves: who gains and who loses by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.economics.actors import LABELS, SOCIETY
from portfolj.economics.flows import income_of
from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.income_table import income_table
from portfolj.exhibits.markup import Html, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

COST_IS_IN = "Insatserna för dem är ändå med i kostnaden."
NO_SUCH_JOBS = (
    "Ska räknas för sig, men i underlaget finns inga jobb med lönestöd. Därför har valet ingen betydelse här."
)


def has_apart(view: EconomicsView) -> bool:
    """Whether there is anybody to tell of apart."""
    flows = words.table_of(view, "flows")
    return not flows.empty and bool(flows["apart"].any())


def apart_rule(view: EconomicsView) -> str:
    """What it means for income and cost that they are told for themselves."""
    if not has_apart(view):
        return NO_SUCH_JOBS
    longer = " Därför blir tiden längre än om de vore med också i intäkten." if _gains(view) else ""
    return (
        f"De som hade ett jobb med lönestöd före eller efter räknas för sig och ingår inte i intäkten. {COST_IS_IN}"
        f"{longer} Vad de är värda står där intäkten räknas ur lägena."
    )


def apart_income(view: EconomicsView) -> Html:
    """A table of who gains and loses a year by them, under a sentence; nothing where there is nobody."""
    if not has_apart(view):
        return Html()
    income = _income(view)
    income = income[income["income_1y_sek"].isna() | income["income_1y_sek"].ne(0)]
    table = income_table(
        view,
        income,
        name="lonestod-for-sig",
        caption="Jobb med lönestöd: vem som vinner och förlorar på dem per år",
        why=words.why_without,
        notes=[
            "Med är alla som hade ett jobb med lönestöd före eller efter, och allt som ändrades för dem: också de "
            "bidrag som de inte längre har. Minus betyder att aktören förlorar."
        ],
    )
    told = f"Jobb med lönestöd räknas för sig och är inte med i intäkten ovan. {COST_IS_IN}{_society(income)}"
    return Html(paragraph(told), table.html())


def _income(view: EconomicsView) -> pd.DataFrame:
    own = [actor for actor in view.labels if actor not in LABELS]
    return income_of(words.table_of(view, "flows"), own, apart=True)


def _gains(view: EconomicsView) -> bool:
    record = words.record_of(_income(view), actor=SOCIETY)
    return words.is_known(record["income_1y_sek"]) and record["income_1y_sek"] > 0


def _society(income: pd.DataFrame) -> str:
    record = words.record_of(income, actor=SOCIETY)
    if not record or not words.is_known(record["income_1y_sek"]):
        return ""
    amount = words.money(abs(record["income_1y_sek"]))
    gains = "vinner" if record["income_1y_sek"] > 0 else "förlorar"
    return f" Samhället {gains} {amount} per år på dem."


def in_state(label: str, *, apart: bool) -> str:
    """A state's label, with whose it is where it is of those told apart."""
    return f"{label} ({swedish.NBSP.join(('med', 'lönestöd'))} före eller efter)" if apart else label
