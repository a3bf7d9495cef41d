"""What kind of goals the interventions have: per class, per owner and per year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.goals.words import PARTS, class_label, nothing_more, nothing_to_tell, quality_finding, series
from portfolj.exhibits.markup import Column, Html, Table, count_column, finding, money_column, paragraph
from portfolj.exhibits.scope import ONCE, reconciles, table_notes
from portfolj.goals.grade import CLASSES
from portfolj.portfolio.money import known_sum_sek

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView

MAIN_CLASS = "En måltext kan hålla flera mål. Insatsen räknas på sitt starkaste mål, en gång, med hela sitt belopp."
BY_YEAR = "Pengarna räknas det år då de beviljades. En insats som fick pengar flera år räknas i antal varje år."


def classes(view: GoalsView) -> Html:
    """Interventions and money per class, with finding and figure, and which parts of a measurable goal there are."""
    if nothing := nothing_to_tell(view):
        return paragraph(nothing)
    portfolio, frame = view.portfolio, view.by_class
    shown = frame.assign(label=[class_label(view, code) for code in frame["main_class"]])
    columns = [
        Column("label", "Målets slag"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", labels.scale(portfolio)),
    ]
    if frame["without_amount"].sum():
        columns.append(count_column("without_amount", "Insatser utan belopp"))
    total = {
        "label": "Summa",
        "count": int(frame["count"].sum()),
        "granted_sek": known_sum_sek(frame["granted_sek"]),
        "without_amount": int(frame["without_amount"].sum()),
    }
    table = Table(
        name="malens-slag",
        caption=f"Insatser och beviljade pengar efter målets slag, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        reconciles=[reconciles(view.reconciliations["class"])],
        notes=table_notes(portfolio, MAIN_CLASS, *_lacking(view)),
    )
    return Html(finding(quality_finding(view)), _class_figure(view, shown), table.html(), parts(view))


def parts(view: GoalsView) -> Html:
    """Of the interventions with a goal, how many say what to measure, a level, a time and where they start from."""
    stated = view.interventions[view.interventions["main_class"] != "missing"]
    if stated.empty:
        return Html()
    counts = {part: int(stated[part].sum()) for part in PARTS}
    what = "Ett mål går att följa upp när det säger vad som ska mätas, hur mycket, när och varifrån."
    if not any(counts.values()):
        who = "insatsens mål" if len(stated) == 1 else f"målen i de {swedish.interventions(len(stated))} som har mål"
        return paragraph(f"{what} Inget av det står i {who}.")
    if len(stated) == 1:
        return paragraph(f"{what} Insatsens mål anger {swedish.listed([PARTS[p] for p in PARTS if counts[p]])}.")
    known = [f"{swedish.in_words(count) if count else 'ingen'} {PARTS[part]}" for part, count in counts.items()]
    return paragraph(
        f"{what} Av de {swedish.interventions(len(stated))} som har ett mål i liggaren anger {swedish.listed(known)}."
    )


def owners(view: GoalsView) -> Html:
    """The classes per owner, as bars in parts and a table."""
    if nothing := nothing_more(view):
        return left_out(nothing)
    codebook = view.portfolio.codebook
    return _crossed(
        view,
        view.by_owner,
        key="owner",
        heading="Huvudman",
        label=lambda code: codebook.label("owner", str(code)),
        name="malens-slag-huvudman",
        what="per huvudman",
        notes=(ONCE,),
    )


def years(view: GoalsView) -> Html:
    """The classes per year of decision, as bars in parts and a table."""
    if nothing := nothing_more(view):
        return left_out(nothing)
    return _crossed(
        view,
        view.by_year,
        key="year",
        heading="År",
        label=lambda year: "utan år" if swedish.is_missing(year) else str(int(year)),
        name="malens-slag-ar",
        what="per år",
        notes=(BY_YEAR,),
    )


def _crossed(
    view: GoalsView, frame: pd.DataFrame, *, key: str, heading: str, label: Any, name: str, what: str,
    notes: tuple[str, ...],
) -> Html:  # fmt: skip
    portfolio, scale = view.portfolio, labels.scale(view.portfolio)
    measure = "granted_sek" if portfolio.has_amounts else "count"
    rows: list[dict[str, Any]] = []
    for value, own in frame.groupby(key, sort=False, dropna=False):
        cells = dict(zip(own["main_class"], own[measure], strict=True))
        count, money = int(own["count"].sum()), known_sum_sek(own["granted_sek"])
        rows.append({"label": label(value), "count": count, "granted_sek": money}
                    | {code: cells.get(code, 0) for code in CLASSES})  # fmt: skip
    wide = pd.DataFrame(rows, columns=["label", "count", "granted_sek", *CLASSES])
    money_or_count = money_column if portfolio.has_amounts else lambda code, text, _: count_column(code, text)
    columns = [Column("label", heading), count_column("count", "Insatser")]
    columns += [money_or_count(code, class_label(view, code), scale) for code in CLASSES]
    columns += [money_column("granted_sek", "Beviljat", scale)] if portfolio.has_amounts else []
    sums = {code: known_sum_sek(wide[code].astype("float64")) for code in CLASSES}
    total: dict[str, Any] = {"label": "Summa", "granted_sek": known_sum_sek(wide["granted_sek"]), **sums}
    if key != "year":
        total["count"] = int(wide["count"].sum())
    elif not portfolio.has_amounts:
        total = {}  # an intervention is counted in each of its years, so a sum of counts would be of nothing
    line = view.reconciliations[key]
    unit = f"beviljade pengar i {scale.unit}" if portfolio.has_amounts else "antal insatser"
    table = Table(
        name=name,
        caption=f"Målens slag {what}, {unit}, {portfolio.period_label}",
        frame=wide,
        columns=columns,
        total=total,
        reconciles=[reconciles(line, with_count=key != "year")],
        notes=table_notes(portfolio, *notes),
    )
    return Html(_stacked(view, wide, unit=unit, what=what), table.html())


def _stacked(view: GoalsView, wide: pd.DataFrame, *, unit: str, what: str) -> Html:
    portfolio, scale = view.portfolio, labels.scale(view.portfolio)
    write = scale.number if portfolio.has_amounts else swedish.number
    kinds = [kind for kind in series(view) if wide[kind.key].astype("float64").fillna(0).sum() > 0]
    if not kinds or wide.empty:
        return Html()
    said = [
        f"{row['label']}: "
        + swedish.listed([f"{kind.name.lower()} {write(float(row[kind.key]))}" for kind in kinds if row[kind.key] > 0])
        for row in wide.to_dict("records")
    ]
    return figures.stacked(
        wide,
        labels="label",
        series=kinds,
        written=write,
        alt=f"Liggande staplar i delar över {unit} {what} efter målets slag, {portfolio.period_label}. "
        f"{'; '.join(said)}.",
        caption=f"{swedish.sentence(unit)} {what} efter målets slag, {portfolio.period_label}. "
        "Siffrorna står i tabellen nedan.",
    )


def _class_figure(view: GoalsView, shown: pd.DataFrame) -> Html:
    portfolio, scale = view.portfolio, labels.scale(view.portfolio)
    measure = "granted_sek" if portfolio.has_amounts else "count"
    unit = f"beviljade pengar i {scale.unit}" if portfolio.has_amounts else "antal insatser"
    write = scale.number if portfolio.has_amounts else swedish.number
    written = ["belopp saknas" if swedish.is_missing(value) else write(float(value)) for value in shown[measure]]
    said = [f"{label} {text}" for label, text in zip(shown["label"], written, strict=True)]
    return figures.bars(
        shown.rename(columns={measure: "figure_value"}),
        labels="label",
        values="figure_value",
        written=written,
        muted=[code == "missing" for code in shown["main_class"]],
        alt=f"Liggande stapeldiagram över {unit} efter målets slag, {portfolio.period_label}. {'; '.join(said)}.",
        caption=f"{swedish.sentence(unit)} efter målets slag, {portfolio.period_label}. Randig stapel: inget mål. "
        "Siffrorna står i tabellen nedan.",
    )


def _lacking(view: GoalsView) -> list[str]:
    reasons = view.interventions["reason"].value_counts()
    told = []
    if no_text := int(reasons.get("no_goal_text", 0)):
        told.append(f"{swedish.number(no_text)} har ingen måltext i liggaren")
    if not_in_text := int(reasons.get("no_goal_in_text", 0)):
        told.append(f"{swedish.number(not_in_text)} har en text som inte säger något mål")
    if decided := int(reasons.get("decided", 0)):
        told.append(f"{swedish.number(decided)} saknar mål enligt beslut")
    return [f"Inget mål: {swedish.listed(told)}."] if told else []
