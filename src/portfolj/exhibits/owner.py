"""Who owned the interventions."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, count_column, finding, money_column
from portfolj.exhibits.scope import ONCE, basis_table, nothing_funded, reconciles, table_notes, unanswered
from portfolj.portfolio import tables
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.portfolio.view import Portfolio


def owner(portfolio: Portfolio) -> Html:
    """The owner table with its finding and figure, and the same per basis."""
    frame = tables.owner(portfolio)
    codebook, scale = portfolio.codebook, labels.scale(portfolio)
    shown = frame.assign(label=[codebook.label("owner", code) for code in frame["owner"]])
    columns = [
        Column("label", "Huvudman"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", scale),
        money_column("mean_granted_sek", "Medel per insats", scale, missing=swedish.NOT_APPLICABLE),
    ]
    if frame["without_amount"].sum():
        columns.append(count_column("without_amount", "Insatser utan belopp"))
    known = portfolio.interventions["granted_sek"].dropna()
    total = {
        "label": "Summa",
        "count": int(frame["count"].sum()),
        "granted_sek": known_sum_sek(frame["granted_sek"]),
        "mean_granted_sek": sum_sek(known) / len(known) if len(known) else None,
        "without_amount": tables.without_amount(portfolio),
    }
    table = Table(
        name="huvudman",
        caption=f"Insatser och beviljade pengar per huvudman, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        reconciles=[reconciles(tables.reconciliations(portfolio)["owner"])],
        notes=table_notes(portfolio, ONCE, "Medel per insats räknas på de insatser som har ett belopp."),
        link=labels.link_to_interventions("owner", "owner"),
    )
    return Html(
        finding(owner_finding(portfolio)),
        bar_figure(portfolio, shown[shown["count"] > 0], code="owner", value="granted_sek", count="count",
                   what="per huvudman"),
        table.html(),
        basis_table(portfolio, dimension="owner", name="huvudman-grund",
                    caption="Vad uppgiften om huvudman vilar på"),
    )  # fmt: skip


def owner_finding(portfolio: Portfolio) -> str:
    """Which owner had most, and how much has no documented owner."""
    if nothing := nothing_funded(portfolio):
        return nothing
    frame = tables.owner(portfolio).set_index("owner")
    undefined, defined = frame.loc[labels.UNDEFINED], frame.drop(index=labels.UNDEFINED)
    total = sum_sek(frame["granted_sek"])
    measure = "granted_sek" if portfolio.has_amounts else "count"
    text = ""
    if defined[measure].fillna(0).sum() > 0:
        top = defined[measure].fillna(0).idxmax()
        name = labels.inside(portfolio.codebook.label("owner", str(top)))
        count = swedish.interventions(int(defined.loc[top, "count"]))
        if portfolio.has_amounts:
            money = float(defined.loc[top, "granted_sek"])
            text = (
                f"Mest pengar gick till insatser med {name} som huvudman: {labels.scale(portfolio).text(money)} "
                f"({swedish.percent(money, total)}) till {count}. "
            )
        else:
            ties = int((defined["count"] == defined["count"].max()).sum())
            text = f"Vanligaste huvudmannen är {name}, med {count}. " if ties == 1 else ""
    return text + unanswered(
        portfolio, count=int(undefined["count"]), granted_sek=undefined["granted_sek"], what="en huvudman"
    )


def bar_figure(portfolio: Portfolio, frame: pd.DataFrame, *, code: str, value: str, count: str, what: str) -> Html:
    """Bars per category: money where most amounts are known, otherwise the number of interventions."""
    scale = labels.scale(portfolio)
    if frame.empty:
        return Html()
    measure = value if portfolio.has_amounts else count
    order = frame.assign(last=frame[code] == labels.UNDEFINED).sort_values(["last", measure], ascending=[True, False])
    frame = order.reset_index(drop=True)
    if portfolio.has_amounts:
        unit = f"beviljade pengar i {scale.unit}"
        written = ["belopp saknas" if swedish.is_missing(v) else scale.number(v) for v in frame[value]]
    else:
        unit = "antal insatser"
        written = [swedish.number(v) for v in frame[count]]
    said = [f"{label} {text}" for label, text in zip(frame["label"], written, strict=True)]
    return figures.bars(
        frame.rename(columns={measure: "figure_value"}),
        labels="label",
        values="figure_value",
        written=written,
        muted=[c == labels.UNDEFINED for c in frame[code]],
        alt=f"Liggande stapeldiagram över {unit} {what}, {portfolio.period_label}. {'; '.join(said)}.",
        caption=f"{swedish.sentence(unit)} {what}, {portfolio.period_label}. "
        "Randig stapel: inte definierat. Siffrorna står i tabellen nedan.",
    )
