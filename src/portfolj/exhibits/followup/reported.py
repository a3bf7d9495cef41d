"""Outcomes of interventions that only report counts: shares of named wholes, sums, gender balance, nation and cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
from portfolj.exhibits.followup.base import base_reported, base_sum
from portfolj.exhibits.followup.cost import cost_rows
from portfolj.exhibits.followup.exits_beside import about_exits, in_print
from portfolj.exhibits.followup.kinds import absent, left_out
from portfolj.exhibits.followup.lacking import lacking
from portfolj.exhibits.followup.own_contradictions import left_out_of_sums
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_text, said_of
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    each,
    known,
    people_column,
    people_table,
    table_of,
    text_column,
    under_finding,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table, paragraph
from portfolj.followup.shares import BALANCED, wilson_interval

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = ("participations", "exits", "to_work", "to_study", "to_training")
GROUPS = ("sex", "owner", "target_group", "year")
MOST_SENTENCES, MOST_BARS = 3, 25
TWICE = "Deltagare är räknade en gång för varje år: den som är med två år räknas två gånger."
OVERLAP = (
    "Hur många som gick både till arbete och till studier är inte redovisat. Därför står arbete eller studier som det "
    "minsta och det mesta som är möjligt."
)
NOT_TOLD = "Ett streck betyder att antalet inte är redovisat för alla insatser på raden."
WHOM = (
    "För projekt som redovisar utfall vid avslut är avslut så många som utfallen gäller. Där projektet skiljer ut dem "
    "som fullföljde är det de."
)


def reported(view: FollowUpView) -> Html:
    """How many went on to work and studies in each intervention that only reports counts, with a figure."""
    rows = reported_rows(view, "intervention")
    if rows.empty:
        return absent("counts")
    table = _table(view, rows, name="antal-insats", caption="Utfall i insatser som bara redovisar antal", of="Insats")
    return Html(under_finding(reported_finding(view), table), _figure(rows))


def reported_sums(view: FollowUpView) -> Html:
    """The same, summed by sex, owner, target group and year; nothing where there is only one of each."""
    parts = [reported_rows(view, group).assign(of=words.GROUPS[group]) for group in GROUPS]
    rows = pd.concat([part for part in parts if len(part) > 1] or [pd.DataFrame()], ignore_index=True)
    if rows.empty:
        return absent("counts")
    labels = zip(rows["of"], rows["group"], rows["label"], strict=True)
    rows = rows.assign(  # an owner may be a name
        label=[f"{of}: {label if group == 'owner' else words.inside(label)}" for of, group, label in labels]
    )
    notes = [IN_BRACKETS, *lacking(view, set(rows["group"]))]
    return _table(view, rows, name="antal-summor", caption="Redovisade antal, summor", of="Summa för", notes=notes)


def reported_balance(view: FollowUpView) -> Html:
    """One sentence: women's share of the women and men who were reported, against the band."""
    rows = reported_rows(view, "sex")
    if rows.empty:
        return absent("counts")
    counts = dict(zip(rows["category"], rows["participations"], strict=True))
    women, men = counts.get("woman"), counts.get("man")
    if not known(women, men) or not whole(women) + whole(men):
        return paragraph("Könsfördelningen går inte att visa: antalet kvinnor eller män är dolt eller inte redovisat.")
    total = whole(women) + whole(men)
    share = 100 * whole(women) / total
    low, high = (swedish.number(limit) for limit in BALANCED)
    place = "inom" if BALANCED[0] <= share <= BALANCED[1] else "utanför"
    near = min(abs(share - limit) for limit in BALANCED) < 1
    written = f"{swedish.number(share, decimals=1)}{swedish.NBSP}%" if near else swedish.percent(whole(women), total)
    several = bool((rows["years"] > 1).any())
    return paragraph(
        f"Kvinnor är {written} av {swedish.counted(total, 'kvinna och man', 'kvinnor och män')} i insatser som bara "
        f"redovisar antal. Det är {place} spannet {low} till {high}{swedish.NBSP}%, som brukar kallas jämn fördelning."
        + (f" {TWICE}" if several else "")
    )


def reported_cost(view: FollowUpView) -> Html:
    """What was granted per participant, where the money and the participants of the same years are known."""
    rows = reported_rows(view, "intervention")
    if rows.empty:
        return absent("counts")
    sums = table_of(view, "contradictions").to_dict("records")
    odd = [record["intervention"] for record in sums if record["what"] == "participants"]
    yearly = bool((rows["years"] > 0).any())
    rows = rows[rows["cost_per_participation_sek"].notna() & ~rows["category"].isin(odd)]
    priced = cost_rows(view)
    if rows.empty and not priced.empty and priced["cost_per_participation_sek"].notna().any():
        if not yearly:
            return left_out("Vad en deltagare kostade står under Vad kostade ett deltagande?")
        return paragraph("För insatser som bara redovisar antal per år går kostnaden inte att räkna.")
    if rows.empty:
        return paragraph(
            "Ingen av insatserna har både ett känt belopp och ett antal deltagare som får visas och går ihop. Därför "
            "går det inte att säga vad en deltagare kostade."
        )
    several = bool((rows["years"] > 1).any())
    columns = [
        Column("label", "Insats"),
        people_column("participations", "Deltagare"),
        Column("granted_sek", "Beviljat samma år", swedish.kronor, numeric=True),
        Column("cost_per_participation_sek", "Beviljat per deltagare", swedish.kronor, numeric=True),
    ]
    notes = ["Beviljat är pengar enligt liggaren för de år som har antal, inte vad insatsen kostade till slut."]
    if several:
        notes.append(f"{TWICE} Kostnaden är därför per deltagare och år.")
    table = Table(name="antal-kostnad", caption="Beviljade pengar per deltagare, redovisade antal", frame=rows,
                  columns=columns, notes=notes, base=base_sum(("participants", rows["participations"])))  # fmt: skip
    return people_table(view, table)


def reported_rows(view: FollowUpView, group: str) -> pd.DataFrame:
    """The sums of one group over all interventions that only report counts, each count as what may be shown of it."""
    frame = table_of(view, "reported")
    if frame.empty:
        return frame
    rows = with_shown(frame[(frame["intervention"] == "") & (frame["group"] == group)], COUNTS)
    return rows.assign(label=words.categories(view.portfolio, rows)).reset_index(drop=True)


def reported_findings(view: FollowUpView) -> list[str]:
    """What the counts say of people, a sentence for each intervention where they are few, else of all together."""
    every, rows = reported_rows(view, "all"), reported_rows(view, "intervention")
    if every.empty:
        return []
    if len(rows) <= MOST_SENTENCES:
        said = [(row, _said(row, f"{row['label']}: ")) for row in rows.to_dict("records")]
        return [f"{text}{about_exits(view, row)}" for row, text in said if text]
    text = _said(every.iloc[0].to_dict(), f"I {swedish.interventions(len(rows))} som bara redovisar antal: ")
    return [text] if text else []


def reported_finding(view: FollowUpView) -> str:
    """The same as one text."""
    return " ".join(reported_findings(view))


def _said(row: Mapping[str, Any], begins: str) -> str:
    """``Insats: 15 av 78 avslut (19 %) gick till arbete och 8 (10 %) till studier.``; empty where that is hidden."""
    exits, work, study = (row[name] for name in ("exits", "to_work", "to_study"))
    told = [(whole(n), where) for n, where in ((work, "arbete"), (study, "studier")) if known(n)]
    if not known(exits) or not exits or not told:
        total = row["participations"]
        return (
            f"{begins}{swedish.counted(whole(total), 'deltagare', 'deltagare')}. {_unknown(row)}"
            if known(total)
            else ""
        )
    (first, where), *more = told
    of = "avslut" if row["years"] else "med redovisat utfall"
    text = f"{begins}{said_of(first, whole(exits), of)} gick till {where}"
    text += "".join(f" och {swedish.number(n)} ({swedish.percent(n, whole(exits))}) till {to}" for n, to in more)
    least, most = row["least_work_or_study"], row["most_work_or_study"]
    if more and not swedish.is_missing(least) and least != most:
        low, high = (swedish.percent(n, whole(exits)) for n in (least, most))
        text += f", tillsammans mellan {low} och {high}, för att det inte är redovisat hur många som gjorde båda"
    return f"{text}. {_unknown(row)}".strip()


def _unknown(row: Mapping[str, Any]) -> str:
    """What the counts do not say, so that nobody reads a nought into it."""
    if known(row["exits"]):
        lacks = [where for name, where in (("to_work", "arbete"), ("to_study", "studier")) if row[name] is None]
    else:
        lacks = ["arbete", "studier"] if row["exits"] is None else []
    return f"Hur många som gick till {swedish.listed(lacks, last='eller')} är inte redovisat." if lacks else ""


def _table(
    view: FollowUpView, rows: pd.DataFrame, *, name: str, caption: str, of: str, notes: list[str] | None = None
) -> Html:
    rows = rows.assign(
        work=each(rows, interval_text, "to_work", "exits"),
        study=each(rows, interval_text, "to_study", "exits"),
        either=each(rows, bounds_text, "least_work_or_study", "most_work_or_study", "exits"),
    )
    needed = [(row["to_work"], row["to_study"], row["exits"]) for row in rows.to_dict("records")]
    hidden = [HIDDEN in counts and None not in counts for counts in needed]
    rows["either"] = [
        HIDDEN if gone and text is None else text for gone, text in zip(hidden, rows["either"], strict=True)
    ]
    dash = swedish.NOT_APPLICABLE
    columns = [
        Column("label", of),
        people_column("participations", "Deltagare", missing=dash),
        people_column("exits", "Avslut", missing=dash),
        people_column("to_work", "Till arbete", missing=dash),
        text_column("work", "Andel av avslut till arbete"),
        people_column("to_study", "Till studier", missing=dash),
        text_column("study", "Andel av avslut till studier"),
        text_column("either", "Andel av avslut till arbete eller studier"),
    ]
    unsure = (rows["least_work_or_study"].notna() & (rows["least_work_or_study"] != rows["most_work_or_study"])).any()
    told = [IN_BRACKETS, WHOM] if (rows["years"] == 0).any() else [IN_BRACKETS]
    told += [NOT_TOLD] if rows[["participations", "exits", "to_work", "to_study"]].isna().any().any() else []
    told += [left_out_of_sums(view)] if left_out_of_sums(view) else []
    told += [TWICE] if (rows["years"] > 1).any() else []
    told += in_print(view)
    told += [OVERLAP] if unsure else []
    notes = told if notes is None else notes
    return people_table(view, Table(name=name, caption=f"{caption}, {view.portfolio.period_label}", frame=rows,
                                    columns=columns, notes=notes, base=base_reported(view)))  # fmt: skip


def bounds_text(least: Any, most: Any, exits: Shown) -> str | None:
    """``24 % (20–27)``, or ``19–29 % (12–40)`` where the count itself is only known to lie between two."""
    if swedish.is_missing(least) or not known(exits) or not exits:
        return None
    if least == most:
        return str(interval_text(int(least), exits))
    low, high = swedish.percent(least, whole(exits)), swedish.percent(most, whole(exits))
    (lowest, _), (_, highest) = (wilson_interval(int(n), whole(exits)) for n in (least, most))
    ends = f"({swedish.number(100 * lowest)}–{swedish.number(100 * highest)})"
    return f"{low.removesuffix('%').rstrip()}–{high} {ends}"


def _figure(rows: pd.DataFrame) -> Html:
    """A share per intervention: to work or studies where that is known, else to work."""
    records = rows.to_dict("records")
    exact = all(row["least_work_or_study"] == row["most_work_or_study"] for row in records if known(row["exits"]))
    bars = []
    for row in records:
        part, exits = row["least_work_or_study"] if exact else row["to_work"], row["exits"]
        if not swedish.is_missing(part) and known(part, exits) and exits:
            share = int(part) / whole(exits), *wilson_interval(int(part), whole(exits))
            bars.append(pictures.Share(row["label"], *share))
    if len(bars) < 2:
        return Html()
    shown, what = bars[:MOST_BARS], "arbete eller studier" if exact else "arbete"
    return pictures.shares(
        shown,
        alt=f"Punkter med intervall: andel till {what}. {'; '.join(f'{bar.label} {bar.text}' for bar in shown)}.",
        caption=f"Andel av avsluten som gick till {what}. Strecket är ett 95-procentigt intervall. Siffrorna står i "
        "tabellen ovanför.",
    )
