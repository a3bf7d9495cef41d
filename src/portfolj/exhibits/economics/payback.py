"""How long until the income has paid the cost: per actor and year, and for the years together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.halfway import half_of_draws
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.economics.rules import in_short
from portfolj.exhibits.economics.unknown_years import NOT_KNOWN, unknown_notes, unknown_years
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import (
    Column,
    Html,
    Table,
    count_column,
    details,
    finding,
    money_column,
    note,
    paragraph,
    subheading,
)

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

WHY_BEYOND = (
    f"En återbetalningstid över {words.HORIZON} skrivs {words.BEYOND}. Räkningen antar att intäkten är lika stor varje "
    "år, och så långt fram håller det sällan. De uträknade månaderna står i filen payback.csv."
)
WHY_BEYOND_FADING = (
    f"En återbetalningstid över {words.HORIZON} skrivs {words.BEYOND}, eftersom ingen vet hur mycket av intäkten som "
    "finns kvar så långt fram. De uträknade månaderna står i filen payback.csv."
)
SEVERAL = "År för år"
SEVERAL_INTRO = (
    "Få deltagare gör ett år känsligt: några som får arbete flyttar återbetalningstiden mycket. Läs därför inte en "
    "skillnad mellan två år som att insatserna blev bättre eller sämre."
)
ONE = "Intäkt, kostnad och resultat"
MONEY = ("income_1y_sek", "cost_sek", "result_1y_sek", "income_5y_sek", "result_5y_sek")
HEADINGS = ("Intäkt 1 år", "Kostnad", "Resultat 1 år", "Intäkt 5 år", "Resultat 5 år")


def payback_by_year(view: EconomicsView) -> Html:
    """A table of years for each actor, society's open; one table of actors where everything is of one period."""
    if not has_payback(view):
        return no_payback(view)
    frame = words.table_of(view, "payback")
    frame = frame.assign(
        label=[words.label(view, str(actor)) for actor in frame["actor"]],
        told=pd.Series([_told(record) for record in frame.to_dict("records")], index=frame.index, dtype="object"),
    )
    actors, notes = words.actors_in(frame), _notes(view, frame)
    text = _finding(view, frame)
    if frame["year"].nunique() == 1:
        when = frame["year"].iloc[0]
        table = _table(
            view, frame.set_index("actor").loc[actors].reset_index(), name="aterbetalning-aktorer",
            caption=f"Intäkt, kostnad och återbetalningstid per aktör, {when}", head=Column("label", "Aktör"),
        )  # fmt: skip
        return Html(subheading(ONE), finding(text), table.html(), *(note(line) for line in notes))
    first, *others = [(actor, _of_actor(view, frame, actor)) for actor in actors]
    closed = [details(f"{words.label(view, actor)}{_in_summary(view, actor)}", table.html())
              for actor, table in others]  # fmt: skip
    return Html(
        subheading(SEVERAL), paragraph(SEVERAL_INTRO), finding(text), first[1].html(),
        *(note(line) for line in notes), *closed,
    )  # fmt: skip


def _of_actor(view: EconomicsView, frame: pd.DataFrame, actor: str) -> Table:
    rows = frame[frame["actor"] == actor].sort_values("year", kind="stable")
    return _table(
        view, rows, name=f"aterbetalning-{actor}", head=Column("year", "År"), total=_total(view, rows, actor),
        caption=f"{words.label(view, actor)}: intäkt, kostnad och återbetalningstid per år",
    )  # fmt: skip


def _table(
    view: EconomicsView,
    rows: pd.DataFrame,
    *,
    name: str,
    caption: str,
    head: Column,
    total: dict[str, Any] | None = None,
) -> Table:
    scale = words.money_scale(view)
    return Table(
        name=name,
        caption=caption,
        frame=rows,
        columns=[
            head,
            count_column("participants", "Deltagare"),
            *(money_column(key, heading, scale, missing=swedish.NOT_APPLICABLE)
              for key, heading in zip(MONEY, HEADINGS, strict=True)),
            text_column("told", "Återbetalningstid"),
        ],
        total=total,
        reconciles=_adds_up(total) if total else [],
    )  # fmt: skip


def _total(view: EconomicsView, rows: pd.DataFrame, actor: str) -> dict[str, Any] | None:
    """The years together, where each of them is known."""
    summary = words.record_of(words.table_of(view, "payback_summary"), actor=actor)
    if not summary or len(rows) < 2 or rows[list(MONEY)].isna().any().any() or rows["participants"].isna().any():
        return None
    sums = {column: float(rows[column].sum()) for column in MONEY}
    told = words.pooled(summary)
    return {"year": "Alla åren", "participants": int(rows["participants"].sum()), **sums, "told": told}


def _adds_up(total: dict[str, Any]) -> list[str]:
    income, cost, result = (round(total[column]) for column in ("income_1y_sek", "cost_sek", "result_1y_sek"))
    if income - cost != result:
        return []
    return [
        f"{swedish.kronor(income)} i intäkt minus {swedish.kronor(cost)} i kostnad är {swedish.kronor(result)} i "
        "resultat första året, alla åren tillsammans."
    ]


def _told(record: dict[str, Any]) -> str:
    months = record["payback_months"]
    return words.months(months) if words.is_known(months) else words.why(record)


def _in_summary(view: EconomicsView, actor: str) -> str:
    summary = words.record_of(words.table_of(view, "payback_summary"), actor=actor)
    if not summary or not words.is_known(summary["income_1y_sek"]) or not words.is_known(summary["cost_sek"]):
        return ", år för år"
    if not summary["cost_sek"]:
        return f", {words.NO_COST}"
    without = unknown_years(view, actor)
    return f", {'alla åren' if not without else f'utan {swedish.listed(without)}'}: {words.pooled(summary)}"


def _finding(view: EconomicsView, frame: pd.DataFrame) -> str:
    actor = words.actors_in(frame)[0]
    rows = frame[frame["actor"] == actor].sort_values("year", kind="stable")
    known = rows[rows["payback_months"].notna()]
    name = words.inside(view, actor)
    lacking = rows[rows["income_1y_sek"].isna() | rows["cost_sek"].isna()]
    if known.empty and not lacking.empty:
        unknown = words.record_of(lacking)
        return f"För {name} går återbetalningstiden inte att räkna ut: {words.why_without(unknown)}."
    if known.empty and (rows["why"] == "no_cost").all():
        return f"{swedish.sentence(name)} {words.NO_COST} för insatserna."
    if known.empty:
        years = " något år som går att räkna på" if len(rows) > 1 else ""
        return f"För {name} betalar sig kostnaden inte{years}."
    if len(rows) == 1:
        months = int(known["payback_months"].iloc[0])
        half = half_of_draws(view, actor, months)
        return f"För {name} är återbetalningstiden {words.months(months)}{f', {half}' if half else ''}."
    left = _left_out(rows, lacking)
    if known["payback_months"].nunique() == 1:
        years = swedish.listed([str(year) for year in known["year"]])
        return f"För {name} är återbetalningstiden {words.months(known['payback_months'].iloc[0])} för {years}.{left}"
    shortest, longest = (known.loc[known["payback_months"].astype("int64").idxmin()],
                         known.loc[known["payback_months"].astype("int64").idxmax()])  # fmt: skip
    text = (
        f"För {name} skiljer sig åren åt: från {words.months(shortest['payback_months'])} ({shortest['year']}) till "
        f"{words.months(longest['payback_months'])} ({longest['year']})."
    )
    return f"{text}{left}"


def _left_out(rows: pd.DataFrame, lacking: pd.DataFrame) -> str:
    """The years that are not known and how many others have no time, after a space; empty without any."""
    without = len(rows) - int(rows["payback_months"].notna().sum()) - len(lacking)
    unknown = swedish.listed([str(year) for year in lacking["year"]])
    told = [
        f"{swedish.sentence(swedish.in_words(without, neuter=True))} av åren har ingen tid." if without else "",
        f"{unknown} går inte att räkna på: {NOT_KNOWN}." if unknown else "",
    ]
    return "".join(f" {text}" for text in told if text)


def _notes(view: EconomicsView, frame: pd.DataFrame) -> list[str]:
    notes = [*unknown_notes(view), in_short(view)]
    if (frame["payback_months"].dropna().astype("int64") > words.HORIZON_MONTHS).any():
        notes.append(WHY_BEYOND if view.options.fade_out == 0 else WHY_BEYOND_FADING)
    if (frame["why"] == "no_income").any():
        notes.append(
            f"{swedish.sentence(words.NO_INCOME)}: aktören fick inte mer in än den betalade ut, så kostnaden betalar "
            "sig aldrig. Kostnaden är ändå med i summorna."
        )
    if (frame["why"] == "no_cost").any():
        notes.append(
            f"{swedish.sentence(words.NO_COST)}: aktören har ingen kostnad för insatserna, så det finns inget att få "
            "tillbaka. Den kan ändå vinna eller förlora på dem varje år."
        )
    if (frame["why"] == "never").any():
        notes.append(
            f"{swedish.sentence(words.NEVER)}: intäkten krymper fortare än den hinner betala kostnaden, hur länge man "
            "än väntar."
        )
    return notes
