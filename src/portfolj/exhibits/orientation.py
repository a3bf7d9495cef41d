"""Structures or individuals, and the money that went to process support."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, count_column, finding, money_column, paragraph
from portfolj.exhibits.scope import ONCE, basis_table, nothing_funded, reconciles, table_notes
from portfolj.portfolio import tables
from portfolj.portfolio.money import known_sum_sek, sum_or_unknown_sek, sum_sek
from portfolj.portfolio.view import Portfolio

STRUCTURAL = "strukturpaverkande"


def orientation(portfolio: Portfolio) -> Html:
    """The orientation table with its finding and figure, derived answers apart, and the same per basis."""
    frame = tables.orientation(portfolio)
    codebook, scale = portfolio.codebook, labels.scale(portfolio)
    shown = frame.assign(
        label=[codebook.label("orientation", code) for code in frame["orientation"]],
        derived=[_derived(portfolio, code)[0] for code in frame["orientation"]],
        derived_sek=pd.Series([_derived(portfolio, code)[1] for code in frame["orientation"]], dtype="float64"),
    )
    columns = [
        Column("label", "Inriktning"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", scale),
    ]
    total = {"label": "Summa", "count": int(frame["count"].sum()), "granted_sek": known_sum_sek(frame["granted_sek"]),
             "without_amount": int(frame["without_amount"].sum())}  # fmt: skip
    if portfolio.federation.classification.derive_orientation:
        columns += [count_column("derived", "Varav härledda"), money_column("derived_sek", "Varav härlett", scale)]
        total |= {"derived": int(shown["derived"].sum()), "derived_sek": known_sum_sek(shown["derived_sek"])}
    if frame["without_amount"].sum():
        columns.append(count_column("without_amount", "Insatser utan belopp"))
    table = Table(
        name="inriktning",
        caption=f"Insatser och beviljade pengar per inriktning, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        reconciles=[reconciles(tables.reconciliations(portfolio)["orientation"])],
        notes=table_notes(portfolio, ONCE),
        link=labels.link_to_interventions("orientation", "orientation"),
    )
    return Html(
        finding(orientation_finding(portfolio)),
        _figure(portfolio, shown[shown["count"] > 0]),
        table.html(),
        basis_table(portfolio, dimension="orientation", name="inriktning-grund",
                    caption="Vad uppgiften om inriktning vilar på"),
    )  # fmt: skip


def orientation_finding(portfolio: Portfolio) -> str:
    """How much was aimed at structures and at individuals, and how much of that is derived."""
    if nothing := nothing_funded(portfolio):
        return nothing
    frame = tables.orientation(portfolio).set_index("orientation")
    if frame.loc[labels.UNDEFINED, "count"] == len(portfolio.interventions):
        return "Inriktningen går inte att bedöma för någon av insatserna."
    scale, by_money = labels.scale(portfolio), portfolio.has_amounts
    measure = "granted_sek" if by_money else "count"
    whole = sum_sek(frame["granted_sek"]) if by_money else int(frame["count"].sum())

    def amount(code: str) -> str:
        value = frame.loc[code, measure]
        if swedish.is_missing(value):
            return "ett okänt belopp"
        text = scale.text(value) if by_money else swedish.interventions(int(value))
        return f"{text} ({swedish.percent(value, whole)})"

    both = (amount(STRUCTURAL), amount("individinriktad"))
    if by_money:
        text = swedish.sentence(both[0]) + f" gick till strukturpåverkande insatser och {both[1]} till individinriktade"
    else:
        text = f"{both[0]} är strukturpåverkande och {both[1]} individinriktade"
    if frame.loc["blandad", "count"]:
        text += f", {amount('blandad')} till blandade" if by_money else f", {amount('blandad')} är blandade"
    count, money = _derived(portfolio, STRUCTURAL)
    if count:
        known = f" och {scale.text(money)}" if by_money and money is not None else ""
        form = "härledd" if count == 1 else "härledda"
        text += f". Av de strukturpåverkande är {swedish.interventions(count)}{known} {form}: inget dokument säger det"
    undefined = int(frame.loc[labels.UNDEFINED, "count"])
    return f"{text}." + (f" {swedish.interventions(undefined)} går inte att bedöma." if undefined else "")


def process_support(portfolio: Portfolio) -> Html:
    """Money to process leaders and to support for ESF and EU projects."""
    frame = tables.process_support(portfolio)
    if not frame["count"].sum():
        return paragraph("Ingen insats i liggaren gäller processledare eller stöd till ESF- och EU-projekt.")
    codebook, scale = portfolio.codebook, labels.scale(portfolio)
    shown = frame.assign(label=[codebook.label("process_support", kind) for kind in frame["kind"]])
    columns = [
        Column("label", "Processtöd"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", scale),
    ]
    if frame["without_amount"].sum():
        columns.append(count_column("without_amount", "Insatser utan belopp"))
    table = Table(
        name="processtod",
        caption=f"Insatser och beviljade pengar till processtöd, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total={
            "label": "Summa",
            "count": int(frame["count"].sum()),
            "granted_sek": known_sum_sek(frame["granted_sek"]),
            "without_amount": int(frame["without_amount"].sum()),
        },
        reconciles=[reconciles(tables.reconciliations(portfolio)["process_support"], with_count=False)],
        notes=table_notes(portfolio, ONCE, "Processtöd läses ur alla texter om en insats, också namnet."),
        link=labels.link_to_interventions("process_support", "kind"),
    )
    return Html(
        finding(support_finding(portfolio)),
        table.html(),
        basis_table(portfolio, dimension="process_support", name="processtod-grund",
                    caption="Vad uppgiften om processtöd vilar på"),
    )  # fmt: skip


def support_finding(portfolio: Portfolio) -> str:
    """How much went to process support, per kind; empty where nothing did."""
    frame = tables.process_support(portfolio)
    present = frame[frame["count"] > 0]
    if present.empty:
        return ""
    label = portfolio.codebook.label
    if not portfolio.has_amounts:
        kinds = [f"{swedish.number(row['count'])} {labels.inside(label('process_support', row['kind']))}"
                 for _, row in present.iterrows()]  # fmt: skip
        return f"{swedish.interventions(int(present['count'].sum()))} gäller processtöd: {swedish.listed(kinds)}."
    scale, money = labels.scale(portfolio), sum_sek(present["granted_sek"])
    if present["granted_sek"].isna().all():
        count = int(present["count"].sum())
        what = "den" if count == 1 else "dem"
        return f"{swedish.interventions(count)} gäller processtöd. Belopp för {what} saknas i liggaren."
    share = swedish.percent(money, sum_sek(portfolio.interventions["granted_sek"]))
    kinds = [f"{scale.text(row['granted_sek'])} till {labels.inside(label('process_support', row['kind']))}"
             for _, row in present.iterrows() if not pd.isna(row["granted_sek"])]  # fmt: skip
    return f"Processtöd tog {scale.text(money)}, {share} av pengarna: {swedish.listed(kinds)}."


def _derived(portfolio: Portfolio, code: str) -> tuple[int, float | None]:
    """How many answers of the code are derived, and their money; missing where none of it is known."""
    interventions = portfolio.interventions
    rows = interventions[
        (interventions["orientation"] == code) & (interventions["orientation_decided_by"] == "derived")
    ]
    return len(rows), sum_or_unknown_sek(rows["granted_sek"])


def _figure(portfolio: Portfolio, shown: pd.DataFrame) -> Html:
    if shown.empty:
        return Html()
    scale = labels.scale(portfolio)
    by_money = portfolio.has_amounts
    whole, derived = ("granted_sek", "derived_sek") if by_money else ("count", "derived")
    undefined = shown["orientation"] == labels.UNDEFINED
    frame = shown.assign(
        said=(shown[whole].fillna(0) - shown[derived].fillna(0)).mask(undefined, 0),
        inferred=shown[derived].fillna(0),
        undefined=shown[whole].fillna(0).where(undefined, 0),
    ).reset_index(drop=True)
    series = [
        figures.Series("said", "Sagt i text eller av beslut", figures.BLUE),
        figures.Series("inferred", "Härlett", figures.SKY, "//"),
        figures.Series("undefined", "Går inte att bedöma", figures.WHITE, "////"),
    ]
    series = [part for part in series if frame[part.key].sum()]
    written = scale.number if by_money else swedish.number
    unit = f"beviljade pengar i {scale.unit}" if by_money else "antal insatser"
    said = [f"{row['label']} "
            + ("belopp saknas" if swedish.is_missing(row[whole])
               else written(row["said"] + row["inferred"] + row["undefined"]))
            + (f", varav härlett {written(row['inferred'])}" if row["inferred"] else "")
            for _, row in frame.iterrows()]  # fmt: skip
    return figures.stacked(
        frame, labels="label", series=series, written=written,
        alt=f"Liggande stapeldiagram över {unit} per inriktning, {portfolio.period_label}. {'; '.join(said)}.",
        caption=f"{swedish.sentence(unit)} per inriktning, {portfolio.period_label}. Siffrorna står i tabellen nedan.",
    )  # fmt: skip
