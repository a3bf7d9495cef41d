"""The interventions behind each figure, so that every number on the page leads to the rows it counts."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import LONGEST_LIST, Column, Html, Table, cells, subheading
from portfolj.portfolio.money import known_sum_sek
from portfolj.portfolio.view import Portfolio


def longest(interventions: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The interventions that a page has room for, those with most money first, and a note on the others."""
    order = interventions.sort_values(["granted_sek", "name"], ascending=[False, True], na_position="last")
    if len(order) <= LONGEST_LIST:
        return order, []
    left = swedish.number(len(order) - LONGEST_LIST)
    note = f"Här visas de {LONGEST_LIST} insatser som fått mest. Ytterligare {left} står i tables/interventions.csv."
    return order.head(LONGEST_LIST), [note]


def behind_the_figures(portfolio: Portfolio) -> Html:
    """For each category of each table, the interventions it counts; and all interventions with their ledger rows."""
    parts = [_all_interventions(portfolio)]
    for dimension, label in labels.ALL_DIMENSIONS.items():
        members = [
            _members(portfolio, dimension, code)
            for code in portfolio.codebook.codes(dimension)
            if _has_code(portfolio.interventions, dimension, code).any()
        ]
        if members:
            parts += [subheading(f"Insatser per {labels.inside(label)}"), *members]
    return Html(*parts)


def _all_interventions(portfolio: Portfolio) -> Html:
    codebook = portfolio.codebook
    frame, notes = longest(portfolio.interventions)
    shown = frame.assign(
        name=cells(
            (_anchored(key, name) for key, name in zip(frame["intervention_key"], frame["name"], strict=True)), frame
        ),
        years=[swedish.years(*pair) for pair in zip(frame["first_year"], frame["last_year"], strict=True)],
        owner_label=[codebook.label("owner", code) for code in frame["owner"]],
        group_label=[labels.code(codebook, "target_groups", codes) for codes in frame["target_groups"]],
        orientation_label=[
            codebook.label("orientation", code) + (" (härledd)" if decided == "derived" else "")
            for code, decided in zip(frame["orientation"], frame["orientation_decided_by"], strict=True)
        ],
        places=_places(portfolio, frame["intervention_key"]),
    ).sort_values("intervention_key")
    columns = [
        Column("name", "Insats", _as_is),
        Column("years", "År"),
        Column("owner_label", "Huvudman"),
        Column("group_label", "Målgrupp"),
        Column("orientation_label", "Inriktning"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True),
        Column("places", "Rader i liggaren"),
    ]
    total = {"name": "Summa", "granted_sek": known_sum_sek(portfolio.interventions["granted_sek"])}
    return Table(
        name="insatser",
        caption=f"Alla insatser, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        total=total,
        notes=notes,
    ).html()


def _members(portfolio: Portfolio, dimension: str, code: str) -> Html:
    members = portfolio.interventions[_has_code(portfolio.interventions, dimension, code)]
    count = len(members)
    members, _ = longest(members.loc[members.index.isin(longest(portfolio.interventions)[0].index)])
    items = Markup(", ").join(
        Markup('<a href="#{}">{}</a> ({})').format(
            _anchor(row["intervention_key"]), row["name"],
            "belopp saknas" if swedish.is_missing(row["granted_sek"]) else swedish.kronor(row["granted_sek"]),
        )
        for _, row in members.iterrows()
    )  # fmt: skip
    head = f"{portfolio.codebook.label(dimension, code)}, {swedish.interventions(count)}:"
    if count > len(members):
        items += Markup(" och {} till").format(swedish.number(count - len(members)))
    anchor = labels.anchor(dimension, code)
    return Html(Markup('<p id="{}" class="members"><strong>{}</strong> {}</p>').format(anchor, head, items))


def _has_code(interventions: pd.DataFrame, dimension: str, code: str) -> pd.Series:
    return interventions[dimension].astype("str").str.split(";").map(lambda codes: code in codes)


def _places(portfolio: Portfolio, keys: pd.Series) -> list[str]:
    """Where each intervention's entries stand: sheet and rows, runs of rows drawn together."""
    counted = portfolio.entries["part"] == "counted"
    entries = portfolio.entries[counted & portfolio.entries["intervention_key"].isin(keys)]
    several = entries[["file", "sheet"]].drop_duplicates().shape[0] > 1
    found: dict[str, str] = {}
    for key, rows in entries.groupby("intervention_key"):
        texts = []
        for (file, sheet), group in rows.groupby(["file", "sheet"]):
            place = f"{sheet or file} " if several else ""
            texts.append(place + swedish_runs(sorted(set(group["row"]))))
        found[str(key)] = "; ".join(texts)
    return [found.get(str(key), "") for key in keys]


def swedish_runs(rows: list[int]) -> str:
    """Row numbers with runs drawn together: ``5–9, 12``."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _anchored(key: str, name: str) -> Markup:
    return Markup('<span id="{}">{}</span>').format(_anchor(key), name)


def _anchor(key: str) -> str:
    # Any text may be a key; hexadecimal keeps ids valid and unique.
    return "i-" + "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in key)


def _as_is(value: Markup) -> Markup:
    return value
