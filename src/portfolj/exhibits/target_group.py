"""Whom the interventions were for, by three declared counting rules."""

from __future__ import annotations

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, count_column, finding, money_column
from portfolj.exhibits.owner import bar_figure
from portfolj.exhibits.scope import basis_table, nothing_funded, reconciles, table_notes, unanswered
from portfolj.portfolio import tables
from portfolj.portfolio.counting import COUNTING_WORDS, CountingRule
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.portfolio.view import Portfolio


def target_group(portfolio: Portfolio) -> Html:
    """The target-group table by all three rules, with finding and figure by the chosen one, and the same per basis."""
    frame = tables.target_group(portfolio)
    codebook, scale = portfolio.codebook, labels.scale(portfolio)
    shown = frame.assign(label=[codebook.label("target_groups", code) for code in frame["target_group"]])
    columns = [
        Column("label", "Målgrupp"),
        count_column("count_once", "Insatser, en gång"),
        count_column("count_overlapping", "Insatser som nämner gruppen"),
        money_column("granted_once_sek", "Beviljat, en gång", scale),
        money_column("granted_split_sek", "Beviljat, delat", scale),
        money_column("granted_overlapping_sek", "Beviljat, överlappande", scale),
    ]
    if frame["without_amount"].sum():
        columns.append(count_column("without_amount", "Nämnda utan belopp"))
    total = {"label": "Summa", "count_once": int(frame["count_once"].sum()),
             "count_overlapping": int(frame["count_overlapping"].sum()),
             **{f"granted_{rule}_sek": known_sum_sek(frame[f"granted_{rule}_sek"])
                for rule in CountingRule}}  # fmt: skip
    lines = tables.reconciliations(portfolio)
    table = Table(
        name="malgrupp",
        caption=f"Insatser och beviljade pengar per målgrupp, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        reconciles=[
            f"{name}: {reconciles(lines[f'target_group_{rule}'])}"
            for rule, name in (("once", "En gång"), ("split", "Delat"), ("overlapping", "Överlappande"))
        ],
        notes=table_notes(portfolio, *(f"{_NAMES[rule]}: {text}." for rule, text in COUNTING_WORDS.items())),
        link=labels.link_to_interventions("target_groups", "target_group", count="count_overlapping"),
    )
    chosen = f"granted_{portfolio.counting}_sek"
    count = _count_column(portfolio)
    return Html(
        finding(target_group_finding(portfolio)),
        bar_figure(portfolio, shown[shown[count] > 0], code="target_group", value=chosen, count=count,
                   what=f"per målgrupp ({_NAMES[portfolio.counting].lower()})"),
        table.html(),
        basis_table(portfolio, dimension="target_groups", name="malgrupp-grund",
                    caption="Vad uppgiften om målgrupp vilar på, på varje insats första målgrupp"),
    )  # fmt: skip


def target_group_finding(portfolio: Portfolio) -> str:
    """Which group had most by the chosen rule, and how much has no documented group."""
    if nothing := nothing_funded(portfolio):
        return nothing
    frame = tables.target_group(portfolio).set_index("target_group")
    column = f"granted_{portfolio.counting}_sek" if portfolio.has_amounts else _count_column(portfolio)
    undefined, defined = frame.loc[labels.UNDEFINED], frame.drop(index=labels.UNDEFINED)
    total = sum_sek(frame["granted_once_sek"])
    text = ""
    if defined[column].fillna(0).sum() > 0:
        top = str(defined[column].fillna(0).idxmax())
        name = labels.inside(portfolio.codebook.label("target_groups", top))
        if portfolio.has_amounts:
            money = float(defined.loc[top, column])
            scale = labels.scale(portfolio)
            text = f"Den målgrupp som fick mest var {name}: {scale.text(money)} ({swedish.percent(money, total)}). "
        else:
            ties = int((defined[column] == defined[column].max()).sum())
            count = swedish.interventions(int(defined.loc[top, column]))
            text = f"Vanligaste målgruppen är {name}, med {count}. " if ties == 1 else ""
    return text + unanswered(
        portfolio, count=int(undefined["count_once"]), granted_sek=undefined["granted_once_sek"], what="en målgrupp"
    )


def _count_column(portfolio: Portfolio) -> str:
    return "count_once" if portfolio.counting == CountingRule.ONCE else "count_overlapping"


_NAMES = {CountingRule.ONCE: "En gång", CountingRule.SPLIT: "Delat", CountingRule.OVERLAPPING: "Överlappande"}
