"""The tables of money in the overview: granted and orientation, target groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.source import shipped_labels
from portfolj.errors import ReconciliationError
from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Column, Html, cells, count_column, money_column
from portfolj.exhibits.overview.frame import (
    BASES,
    Alike,
    group_columns,
    same_period,
    same_rules,
    with_amounts,
)
from portfolj.exhibits.overview.lines import NAME, REMARKS, overview_table, periods_of, text_column, with_names
from portfolj.portfolio.money import known_sum_sek, sum_sek

LARGEST_GROUPS = 5
SHARES = {
    "structural": "Till strukturer",
    "undefined_owner": "Utan huvudman",
    "undefined_target_group": "Utan målgrupp",
    "undefined_orientation": "Utan inriktning",
}
RESTS_ON_BASIS = ("undefined_owner", "undefined_target_group")
SHARE_NOTE = (
    "Andelarna är av beviljade pengar, och visas för förbund som har belopp för mer än hälften av sina insatser."
)


UNEVEN_NOTE = (
    "Där förbundens svar vilar på olika grund, eller på olika kodlistor, räknas ingen gemensam andel utan huvudman "
    "eller målgrupp."
)


def scale_of(frame: pd.DataFrame) -> swedish.MoneyScale:
    """The unit of all money on the page: that of a federation in the middle, so that small ones can be read."""
    granted = frame["granted_sek"].dropna()
    granted = granted[granted > 0]
    return swedish.scale_for(float(granted.median()) if len(granted) else 0.0)


def money_table(frame: pd.DataFrame) -> Html:
    """Granted, structural share and undefined shares of each federation, with a sum for each period."""
    scale, shares_of = scale_of(frame), with_amounts(frame)
    shown = with_names(frame).assign(
        remarks=cells([_remarks(record) for _, record in frame.iterrows()], frame),
        **{key: _shares(frame, key, of=shares_of) for key in (*SHARES, "derived")},
    )
    kinds = list(SHARES)
    if (frame["structural_derived_sek"].fillna(0) != 0).any():
        kinds.insert(1, "derived")
    columns = [
        NAME,
        count_column("interventions", "Insatser"),
        money_column("granted_sek", "Beviljat", scale),
        *(text_column(key, {**SHARES, "derived": "Härlett"}[key]) for key in kinds),
        REMARKS,
    ]
    groups = same_period(frame)
    return overview_table(
        "pengar", f"Beviljade pengar och inriktning per förbund, {periods_of(frame)}", shown, columns,
        sums=[_money_sum(group, shares_of) for group in groups],
        reconciles=[
            f"{group.label}: raderna är tillsammans {swedish.kronor(sum_sek(group.rows['granted_sek']))}."
            for group in groups
        ],
        notes=[
            SHARE_NOTE,
            *([UNEVEN_NOTE] if any(not _one_basis(group, shares_of) for group in groups) else []),
            *_not_summed(frame, groups),
        ],
    )  # fmt: skip


def target_group_table(frame: pd.DataFrame) -> Html:
    """Money to the target groups that had most, the others together, with a sum for those counted by the same rules."""
    paid = frame[frame["granted_sek"].fillna(0) != 0]
    if paid.empty:
        return Html(Markup("<p>Ingen rapport har belopp per målgrupp.</p>"))
    scale, columns = scale_of(frame), group_columns(frame)
    most = largest_groups(paid)
    others = [column for code, column in columns.items() if code not in (*most, UNDEFINED)]
    shown = with_names(paid).assign(
        others=paid[others].fillna(0).sum(axis=1),
        remarks=[_codes_remark(record) for _, record in paid.iterrows()],
    )
    for _, record in paid.iterrows():
        _reconciled(sum_sek(record[list(columns.values())].astype("float64")), record["granted_sek"], record["name"])
    headings = {columns[code]: group_label(code) for code in most}
    headings |= {"others": "Övriga grupper"} if others else {}
    headings |= {columns[UNDEFINED]: "Ingen målgrupp", "granted_sek": "Beviljat"}
    heads = [
        Column(key, heading, scale.number, numeric=True, missing=swedish.NOT_APPLICABLE)
        for key, heading in headings.items()
    ]
    groups = same_rules(paid)
    sums: list[dict[str, Any]] = []
    for group in groups:
        rows = shown.loc[group.rows.index]
        sums.append({NAME.key: group.label, **{head.key: known_sum_sek(rows[head.key]) for head in heads}})
        _reconciled(sum(sums[-1][head.key] or 0 for head in heads[:-1]), sums[-1]["granted_sek"], group.label)
    without = frame.loc[~frame.index.isin(paid.index), "name"]
    return overview_table(
        "malgrupper", f"Beviljade pengar i {scale.unit} per målgrupp och förbund, {periods_of(paid)}", shown,
        [NAME, *heads, *([REMARKS] if any(shown["remarks"]) else [])],
        sums=sums,
        reconciles=[
            f"{total[NAME.key]}: målgrupperna är tillsammans {swedish.kronor(total['granted_sek'] or 0)}, "
            "lika mycket som det beviljade."
            for total in sums
        ],
        notes=[
            "Räkneregel: varje insats räknas en gång, på sin första målgrupp, i alla förbund. Ett förbunds egen "
            "rapport kan räkna på ett annat sätt i texten; alla sätt står i dess tabell.",
            *(["Utan belopp: " + swedish.listed(list(without)) + "."] if len(without) else []),
            *_not_summed(paid, groups),
        ],
    )  # fmt: skip


def largest_groups(frame: pd.DataFrame) -> list[str]:
    """The codes of the defined target groups that had most money over all federations, the largest first."""
    sums = {code: sum_sek(frame[column]) for code, column in group_columns(frame).items() if code != UNDEFINED}
    return sorted((code for code in sums if sums[code]), key=lambda code: -sums[code])[:LARGEST_GROUPS]


def group_label(code: str) -> str:
    """The name of a target group; a federation's own code is shown as it is."""
    return shipped_labels()["target_groups"].get(code, code)


def structural_share(rows: pd.DataFrame) -> str:
    """The share of these federations' money that went to structural interventions."""
    return _share(rows, "structural")


def _share(rows: pd.DataFrame, key: str) -> str:
    return swedish.percent(sum_sek(rows[_column(key)]), sum_sek(rows["granted_sek"]))


def _shares(frame: pd.DataFrame, key: str, *, of: pd.DataFrame) -> list[str]:
    """The share of each federation's own money, for those in ``of``."""
    parts = frame[_column(key)].fillna(0)
    told = frame.index.isin(of.index)
    return [
        swedish.percent(part, whole) if is_told else swedish.NOT_APPLICABLE
        for part, whole, is_told in zip(parts, frame["granted_sek"], told, strict=True)
    ]


def _column(key: str) -> str:
    return "structural_derived_sek" if key == "derived" else f"{key}_sek"


def _money_sum(group: Alike, shares_of: pd.DataFrame) -> dict[str, Any]:
    rows = shares_of[shares_of.index.isin(group.rows.index)]
    one_basis = _one_basis(group, shares_of)
    shares = {key: _share(rows, key) for key in (*SHARES, "derived") if one_basis or key not in RESTS_ON_BASIS}
    return {NAME.key: group.label, "interventions": int(group.rows["interventions"].sum()),
            "granted_sek": known_sum_sek(group.rows["granted_sek"]),
            **dict.fromkeys(SHARES, swedish.NOT_APPLICABLE), **shares}  # fmt: skip


def _one_basis(group: Alike, shares_of: pd.DataFrame) -> bool:
    rows = shares_of[shares_of.index.isin(group.rows.index)]
    return rows["basis"].nunique() <= 1 and not rows["own_codes"].any()


def _not_summed(frame: pd.DataFrame, groups: Sequence[Alike]) -> list[str]:
    inside = {index for group in groups for index in group.rows.index}
    alone = frame.loc[~frame.index.isin(inside), "name"]
    if alone.empty:
        return []
    if not groups:
        return ["Inga två rapporter gäller samma period och räknas lika. Därför finns ingen summa."]
    who = swedish.listed(list(alone))
    return [f"Ingår inte i någon summa, för att inget annat förbund räknas på samma sätt: {who}."]


def _remarks(record: pd.Series) -> Markup:
    parts: list[str | Markup] = []
    if record["has_failed"]:
        parts.append(
            Markup('<a href="{}/fel.html">Senaste körningen misslyckades</a>. Rapporten är från {}.').format(
                record["federation"], record["created_on"]
            )
        )
    whole, without = int(record["interventions"]), int(record["without_amount"])
    if not whole:
        parts.append("Inga insatser med medlemmarnas pengar.")
    elif without:
        parts.append(f"Belopp saknas för {swedish.number(without)} av {swedish.interventions(whole)}.")
    if record["basis"] != "stated":
        parts.append(f"Svaren vilar minst på {BASES[record['basis']]}.")
    if record["own_codes"]:
        parts.append("Egen kodlista.")
    return Markup(" ").join(escape(part) for part in parts)


def _codes_remark(record: pd.Series) -> str:
    own = "Egen kodlista. " if record["own_codes"] else ""
    return own + (f"Svaren vilar minst på {BASES[record['basis']]}." if record["basis"] != "stated" else "")


def _reconciled(rows_sek: float, total_sek: float, whose: str) -> None:
    if round(rows_sek * 100) != round(total_sek * 100):
        raise ReconciliationError(f"{whose}: målgrupperna ger {rows_sek} kr men det beviljade är {total_sek} kr")
