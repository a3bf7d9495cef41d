"""The interventions that lack something, those with most money first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.documentation.facts import facts_known
from portfolj.documentation.status import lacking_reconciled
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import LONGEST_LIST, Column, Html, Table, details, finding, money_column
from portfolj.exhibits.scope import ONCE, reconciles, table_notes
from portfolj.portfolio.money import known_sum_sek, sum_sek

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView
SHORT_LIST = 20  # a longer one is folded where the federation has not asked: it may say the same of every row


def lacking(view: DocumentationView) -> Html:
    """A row per such intervention with what it lacks."""
    portfolio = view.portfolio
    frame = view.tables["lacking"]
    if frame.empty:
        return left_out("Ingen insats saknar en uppgift som krävs.")
    known = facts_known()
    shown = frame.head(LONGEST_LIST).assign(
        years=lambda f: [swedish.years(*pair) for pair in zip(f["first_year"], f["last_year"], strict=True)],
        told=lambda f: [
            f"{count} av {required}" for count, required in zip(f["missing_count"], f["required"], strict=True)
        ],
        names=lambda f: [
            swedish.sentence(", ".join(labels.inside(known[code].label) for code in codes.split(";")))
            for codes in f["missing"]
        ],
    )
    left = len(frame) - len(shown)
    more = [f"Här visas de {LONGEST_LIST} insatser som fått mest. Ytterligare {swedish.number(left)} står i "
            "tables/documentation.csv."] if left else []  # fmt: skip
    first = ", de som fått mest först" if frame["granted_sek"].notna().any() else ""
    table = Table(
        name="underlag-saknas",
        caption=f"Insatser som saknar uppgifter{first}, {portfolio.period_label}",
        frame=shown,
        columns=[
            Column("name", "Insats"),
            Column("years", "År"),
            money_column("granted_sek", "Beviljat", labels.scale(portfolio)),
            Column("told", "Antal som saknas"),
            Column("names", "Uppgifter som saknas"),
        ],
        total={"name": "Summa", "granted_sek": known_sum_sek(frame["granted_sek"])},
        reconciles=[reconciles(lacking_reconciled(frame, portfolio), with_count=False)],
        notes=table_notes(portfolio, *more, ONCE),
    )
    shown_or_folded = table.html()
    if len(shown) > SHORT_LIST and not view.is_asked_for:
        shown_or_folded = details(f"{swedish.interventions(len(frame))} som saknar uppgifter", shown_or_folded)
    return Html(finding(lacking_finding(view)), shown_or_folded)


def lacking_finding(view: DocumentationView) -> str:
    """The most serious gap: money whose goals can't be followed up, or else money to those that lack something."""
    portfolio, frame = view.portfolio, view.tables["lacking"]
    if frame.empty:
        return ""
    both = without_goals_and_follow_up(view)
    if both.empty:
        if len(portfolio.interventions) == 1:
            return "Den enda insatsen saknar minst en uppgift som krävs."
        return f"{swedish.interventions(len(frame))} saknar minst en uppgift som krävs."
    count = len(both)
    who = "Den enda insatsen" if len(portfolio.interventions) == 1 else swedish.interventions(count)
    told = f"{who} har varken mätbara mål eller uppföljning."
    if portfolio.has_amounts and both["granted_sek"].notna().any():
        money = labels.scale(portfolio).text(sum_sek(both["granted_sek"]))
        told += f" {'Den' if count == 1 else 'De'} fick {money}. Vad de pengarna ledde till går inte att säga."
    return told


def without_goals_and_follow_up(view: DocumentationView) -> pd.DataFrame:
    """The rows of ``lacking`` that lack both: what their money led to can't be told."""
    frame = view.tables["lacking"]
    gone = {code: frame["missing"].str.split(";").map(lambda codes, code=code: code in codes).astype(bool)
            for code in ("measurable_goals", "follow_up")}  # fmt: skip
    return frame[gone["measurable_goals"] & gone["follow_up"]]
