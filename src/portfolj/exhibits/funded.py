"""What was funded: the headline findings, the largest interventions, the years."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, bullets, count_column, finding, money_column, paragraph
from portfolj.exhibits.orientation import orientation_finding, support_finding
from portfolj.exhibits.owner import owner_finding
from portfolj.exhibits.scope import amounts_missing, nothing_funded, reconciles, table_notes
from portfolj.exhibits.target_group import target_group_finding
from portfolj.portfolio import tables
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.portfolio.view import Portfolio

LARGEST = 10
YEAR_SERIES = {
    "Finsam": (figures.BLUE, ""),
    "ESF": (figures.YELLOW, "//"),
    "EU": (figures.GREEN, ".."),
    "other": (figures.PURPLE, "xx"),
}


def headline(portfolio: Portfolio) -> Html:
    """The findings to read if only these are read, made from the same frames as the tables."""
    return bullets(headline_sentences(portfolio), kind="findings")


def headline_sentences(portfolio: Portfolio) -> list[str]:
    """The findings of ``headline``, as plain sentences."""
    sentences = [funded_finding(portfolio)]
    if not portfolio.interventions.empty:
        sentences += [
            owner_finding(portfolio),
            target_group_finding(portfolio),
            orientation_finding(portfolio),
            support_finding(portfolio),
        ]
    return [text for text in sentences if text]


def funded_finding(portfolio: Portfolio) -> str:
    """How much was granted to how many interventions."""
    count = len(portfolio.interventions)
    when = "" if portfolio.period is None else f" {portfolio.period_label}"
    if nothing := nothing_funded(portfolio):
        return nothing
    missing = tables.without_amount(portfolio)
    if missing == count:
        whom = "den" if count == 1 else "dem"
        return f"Liggaren har {swedish.interventions(count)}{when}, men inget beviljat belopp för {whom}."
    money = labels.scale(portfolio).text(sum_sek(portfolio.interventions["granted_sek"]))
    if missing:
        return (
            f"Liggaren har {swedish.interventions(count)}{when}. Beviljat belopp finns för "
            f"{swedish.number(count - missing)} av dem: tillsammans {money}."
        )
    money = money.replace("mkr", "miljoner kronor (mkr)").replace("tkr", "tusen kronor (tkr)")
    return f"Förbundet beviljade {money} till {swedish.interventions(count)}{when}."


def largest(portfolio: Portfolio) -> Html:
    """The interventions that were granted most, and how much of all money they took."""
    interventions = portfolio.interventions
    known = interventions[interventions["granted_sek"].notna()]
    if known.empty:
        return paragraph(amounts_missing(portfolio) or funded_finding(portfolio))
    scale, total = labels.scale(portfolio), sum_sek(known["granted_sek"])
    order = known.sort_values(["granted_sek", "name"], ascending=[False, True]).head(LARGEST)
    top = sum_sek(order["granted_sek"])
    median = float(known["granted_sek"].median())
    frame = order.assign(
        years=[swedish.years(*pair) for pair in zip(order["first_year"], order["last_year"], strict=True)],
        owner_label=[portfolio.codebook.label("owner", code) for code in order["owner"]],
    )
    if len(known) > LARGEST:
        which = f"De {len(order)} största insatserna"
        text = (
            f"{which} fick {scale.text(top)}, {swedish.percent(top, total)} av pengarna. Hälften av insatserna med "
            f"belopp fick {swedish.kronor(round(median))} eller mindre."
        )
    else:
        which = "Insatser med belopp"
        text = f"Belopp finns för {swedish.interventions(len(known))}, tillsammans {scale.text(top)}."
    columns = [
        Column("name", "Insats"),
        Column("owner_label", "Huvudman"),
        Column("years", "År"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True),
    ]
    table = Table(
        name="storsta", caption=f"{which}, {portfolio.period_label}", frame=frame, columns=columns,
        total={"name": "Summa av dessa", "granted_sek": top}, notes=table_notes(portfolio),
    )  # fmt: skip
    return Html(finding(text), table.html())


def over_the_years(portfolio: Portfolio) -> Html:
    """Granted money per year, the members' own and others' apart; entries without a year in a row of their own."""
    frame = tables.year(portfolio)
    if frame.empty:
        return paragraph("Liggaren innehåller inga rader i perioden.")
    scale = labels.scale(portfolio)
    wide = _per_year(frame)
    financings = [name for name in YEAR_SERIES if f"{name}_sek" in wide]
    columns = [Column("year", "År"), count_column("count", "Insatser")]
    columns += [money_column(f"{f}_sek", labels.FINANCING[f], scale) for f in financings]
    if wide["without_amount"].sum():
        columns.append(count_column("without_amount", "Rader utan belopp"))
    total = {"year": "Summa", **{f"{f}_sek": known_sum_sek(wide[f"{f}_sek"]) for f in financings}}
    table = Table(
        name="ar",
        caption=f"Beviljade pengar per beslutsår och finansiär, {portfolio.period_label}",
        frame=wide,
        columns=columns,
        total=total,
        reconciles=[reconciles(tables.reconciliations(portfolio)["year"])],
        notes=[
            "Räkneregel: varje rad i liggaren räknas på sitt beslutsår. Antalet insatser är de som har ett beslut om "
            "medlemmarnas pengar det året. En insats kan ha beslut flera år, därför summeras inte antalen.",
            "Andras pengar ingår inte i raden Avstämning.",
            *([missing] if (missing := amounts_missing(portfolio)) else []),
        ],
    )
    return Html(finding(_year_finding(portfolio, wide, scale)), _year_figure(portfolio, wide, financings), table.html())


def _per_year(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(year=["Utan år" if pd.isna(year) else str(int(year)) for year in frame["year"]])
    money = frame.pivot(index="year", columns="financing", values="granted_sek").add_suffix("_sek")
    own = frame[frame["financing"] == "Finsam"].set_index("year")
    # A year without an entry has granted nothing; only an entry without an amount is unknown.
    entries = frame.pivot(index="year", columns="financing", values="count").add_suffix("_sek")
    money = money.mask(entries.isna(), 0.0)
    wide = money.assign(count=own["count"].reindex(money.index, fill_value=0))
    wide["without_amount"] = frame.groupby("year")["without_amount"].sum()
    return wide.reset_index()


def _year_finding(portfolio: Portfolio, wide: pd.DataFrame, scale: swedish.MoneyScale) -> str:
    dated = wide[(wide["year"] != "Utan år") & (wide["count"] > 0)]
    if dated.empty:
        return "Liggaren har inga daterade beslut om medlemmarnas pengar."
    own = dated.dropna(subset=["Finsam_sek"])
    if not portfolio.has_amounts or own.empty:
        return _most_decisions(wide, dated)
    high, low = own.loc[own["Finsam_sek"].idxmax()], own.loc[own["Finsam_sek"].idxmin()]
    text = f"Mest beviljades {high['year']}, {scale.text(high['Finsam_sek'])} av medlemmarnas pengar"
    if len(own) > 1:
        text += f", och minst {low['year']}, {scale.text(low['Finsam_sek'])}"
    external = [c for c in wide if str(c).endswith("_sek") and c != "Finsam_sek"]
    outside = sum(sum_sek(wide[c]) for c in external)
    return f"{text}." + (f" Utöver dem redovisar liggaren {scale.text(outside)} från andra." if outside else "")


def _most_decisions(wide: pd.DataFrame, dated: pd.DataFrame) -> str:
    most = dated.loc[dated["count"] == dated["count"].max(), "year"]
    count = int(dated["count"].max())
    if len(most) > 3:
        text = f"Som mest hade ett år {swedish.interventions(count)} med beslut."
    else:
        text = f"Flest insatser med beslut finns {swedish.listed(list(most))}: {swedish.number(count)}."
    undated = int(wide.loc[wide["year"] == "Utan år", "count"].sum())
    return text + (f" {swedish.interventions(undated)} saknar år." if undated else "")


def _year_figure(portfolio: Portfolio, wide: pd.DataFrame, financings: list[str]) -> Html:
    dated = wide[wide["year"] != "Utan år"]
    if dated.empty:
        return Html()
    if not portfolio.has_amounts:
        dated = _every_year(dated)
        series = [figures.Series("count", "Insatser", figures.BLUE)]
        said = [f"{row['year']}: {int(row['count'])}" for _, row in dated.iterrows() if row["count"]]
        return figures.columns_per_year(
            dated, series=series, written=lambda value: f"{value:.0f}", axis="Insatser",
            alt=f"Stapeldiagram över antal insatser med beslut per år. {'; '.join(said)}.",
            caption="Insatser med beslut per år. Siffrorna står i tabellen nedan.",
        )  # fmt: skip
    scale = labels.scale(portfolio)
    series = [figures.Series(f"{name}_sek", labels.FINANCING[name], *YEAR_SERIES[name]) for name in financings]
    said = []
    for _, row in dated.iterrows():
        amounts = [
            f"{labels.inside(labels.FINANCING[f])} "
            + ("belopp saknas" if swedish.is_missing(row[f"{f}_sek"]) else scale.text(row[f"{f}_sek"]))
            for f in financings
            if f == "Finsam" or row[f"{f}_sek"] != 0
        ]
        said.append(f"{row['year']}: {', '.join(amounts)}")
    return figures.columns_per_year(
        dated, series=series, written=scale.number, axis=f"Beviljat, {scale.unit}",
        alt=f"Stapeldiagram över beviljade pengar per år. {'; '.join(said)}.",
        caption=f"Beviljade pengar per beslutsår, {scale.unit}. Siffrorna står i tabellen nedan.",
    )  # fmt: skip


def _every_year(dated: pd.DataFrame) -> pd.DataFrame:
    """The years from first to last, those without decisions too: a gap in time must look like one."""
    numbers = dated["year"].astype("int64")
    every = [str(year) for year in range(int(numbers.min()), int(numbers.max()) + 1)]
    return dated.set_index("year").reindex(every).fillna({"count": 0}).reset_index()
