"""What a participation costs and who pays; where that can't be said, why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base_sum
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    known,
    people_column,
    people_table,
    table_of,
    text_column,
    under_finding,
    whole,
    with_shown,
)
from portfolj.exhibits.followup.unmatched import WHY
from portfolj.exhibits.markup import Column, Html, Table, bullets, paragraph
from portfolj.federation import Financing
from portfolj.followup.money import TOGETHER

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

BASES = {
    "participations": "deltaganden",
    "exits": "deltagare, summan av hur de slutade",
    "printed": "deltagare, som tryckt",
}
NOUNS = {"participations": "participations", "exits": "participants"}
MEMBERS = Financing.FINSAM.value
NO_MONEY = "Finns i liggaren, men inte med pengar i perioden"
PAYERS = {
    MEMBERS: "medlemmarna",
    Financing.ESF.value: "ESF",
    Financing.EU.value: "andra EU-medel",
    Financing.OTHER.value: "andra finansiärer",
}


def cost(view: FollowUpView) -> Html:
    """A row per intervention and who pays it, then those whose cost can't be said, with the reason."""
    rows = cost_rows(view)
    if rows.empty:
        return absent("participations")
    told = rows[rows["granted_sek"].notna()]
    shown = _table(view, told) if not told.empty else Html()
    reasons = _reasons(view, rows)
    if not reasons:
        return shown
    what = "Vad ett deltagande kostade går inte att säga för:"
    return Html(shown, paragraph(what), bullets(reasons)) if not told.empty else Html(paragraph(what), bullets(reasons))


def cost_finding(view: FollowUpView) -> str:
    """What a participation cost and who paid, where follow-up is of one intervention and both are known."""
    rows = cost_rows(view)
    if rows.empty or rows["intervention"].nunique() > 1 or rows["base"].nunique() > 1:
        return ""
    record = rows.iloc[-1].to_dict()
    if swedish.is_missing(record["cost_per_participation_sek"]) or not known(record["participations"]):
        return ""
    number = f"{swedish.number(whole(record['participations']))} {record['counted']}"
    one = "deltagande" if record["base"] == "participations" else "deltagare"
    return (
        f"{record['intervention']}: {swedish.kronor(record['granted_sek'])} för {number} är "
        f"{swedish.kronor(record['cost_per_participation_sek'])} per {one}. Pengarna kom från {record['payer']}."
    )


def cost_rows(view: FollowUpView) -> pd.DataFrame:
    """The rows with the count as what may be shown of it, whose money each is (``payer`` in a sentence, ``from_whom``)
    and what it is divided by (``counted``)."""
    frame = table_of(view, "cost")
    if frame.empty:
        return frame
    rows = with_shown(frame, ["participations"])
    rows = rows.assign(payer=_payers(rows), counted=[BASES[str(base)] for base in rows["base"]])
    return rows.assign(from_whom=[_from_whom(record) for record in rows.to_dict("records")])


def _table(view: FollowUpView, rows: pd.DataFrame) -> Html:
    one = "deltagande" if (rows["base"] == "participations").any() else "deltagare"  # of counts alone: participants
    records = rows.to_dict("records")
    notes = [
        "Beloppen är beviljade pengar enligt liggaren i perioden, inte vad insatsen kostade till slut.",
        *_cofinancing(view, rows),
        *(["Raden tillsammans lägger ihop medlemmarnas pengar och andras."] if _mixed(rows) else []),
        *(["Minst: en rad i liggaren saknar belopp eller år."] if rows["incomplete"].any() else []),
    ]
    table = Table(
        name="kostnad",
        caption=f"Beviljade pengar per {one}, {view.portfolio.period_label}",
        frame=rows.assign(
            amount=pd.Series([_amount(record) for record in records], index=rows.index, dtype="object"),
            each=pd.Series([_each(record) for record in records], index=rows.index, dtype="object"),
        ),
        columns=[
            Column("intervention", "Insats"),
            Column("from_whom", "Pengar från"),
            text_column("amount", "Beviljat"),
            people_column("participations", "Antal"),
            Column("counted", "Räknat på"),
            text_column("each", f"Per {one}"),
        ],
        notes=notes,
        base=_base(rows),
    )
    return under_finding(cost_finding(view), people_table(view, table))


def _base(rows: pd.DataFrame) -> str:
    """What the amounts are divided by, each intervention once whoever paid it; as printed is another number of them."""
    own = rows.drop_duplicates(["intervention", "base"])
    of = {noun: own.loc[own["base"] == base, "participations"] for base, noun in NOUNS.items()}
    return base_sum(*of.items())


def _payers(rows: pd.DataFrame) -> list[str]:
    """Whose money each row is, inside a sentence; of a row on all together every one of them."""
    found = []
    for record in rows.to_dict("records"):
        own = rows[(rows["intervention"] == record["intervention"]) & (rows["base"] == record["base"])]
        every = swedish.listed([PAYERS[str(code)] for code in own["financing"] if code in PAYERS])
        found.append(every if record["financing"] == TOGETHER else PAYERS.get(str(record["financing"]), ""))
    return found


def _from_whom(record: dict[str, Any]) -> str:
    together = ", tillsammans" if record["financing"] == TOGETHER else ""
    return f"{swedish.sentence(record['payer'])}{together}"


def _mixed(rows: pd.DataFrame) -> bool:
    together = set(rows.loc[rows["financing"] == TOGETHER, "intervention"])
    return bool(together & set(rows.loc[rows["financing"] == MEMBERS, "intervention"]))


def _cofinancing(view: FollowUpView, rows: pd.DataFrame) -> list[str]:
    """The members' share of a project that others pay may be an intervention of its own in the ledger."""
    names = sorted(set(view.portfolio.prepared.interventions["name"].dropna()))
    own = [re.escape(str(name)) for name in rows["intervention"].unique()]
    cofinancing = re.compile(rf"medfinansiering\b.*\b(?:{'|'.join(own)})\b", re.IGNORECASE)
    found = [name for name in names if cofinancing.search(name) and name not in set(rows["intervention"])]
    return [f"{swedish.listed(found)} står för sig i liggaren och är inte med i beloppen."] if found else []


def _amount(record: dict[str, Any]) -> str:
    written = swedish.kronor(record["granted_sek"])
    return f"minst {written}" if record["incomplete"] else written


def _each(record: dict[str, Any]) -> str | Markup | Shown:
    if record["participations"] is HIDDEN:
        return HIDDEN
    value = record["cost_per_participation_sek"]
    return None if swedish.is_missing(value) else swedish.kronor(value)


def _reasons(view: FollowUpView, rows: pd.DataFrame) -> list[str]:
    """A sentence for each intervention of which no row, or no row on all the money, has a cost."""
    unmatched = table_of(view, "unmatched")
    why = dict(zip(unmatched["intervention"], unmatched["why"], strict=True)) if not unmatched.empty else {}
    sentences = []
    for name, own in rows.groupby("intervention", sort=True):
        last = own.iloc[-1].to_dict()
        if not swedish.is_missing(last["cost_per_participation_sek"]):
            continue
        if not last["financing"]:
            text = words.inside(WHY.get(str(why.get(name)), NO_MONEY))
        elif last["participations"] is HIDDEN:
            text = "antalet deltaganden är dolt"
        elif not last["participations"]:
            text = "ingen deltog i perioden"
        elif last["incomplete"] == last["entries"] and swedish.is_missing(last["granted_sek"]):
            text = "liggaren har inget belopp"
        else:
            rows_of = swedish.counted(int(last["entries"]), "rad", "rader")
            text = f"{swedish.number(int(last['incomplete']))} av {rows_of} i liggaren saknar belopp eller år"
        sentences.append(f"{name}: {text}.")
    return sentences
