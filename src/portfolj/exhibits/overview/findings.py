"""The findings of the overview, each from the frame that its tables are made of."""

from __future__ import annotations

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.overview.frame import Alike, group_columns, period_words, same_period, same_rules, with_amounts
from portfolj.exhibits.overview.people import exits_sum, followed, share_of_all, with_share
from portfolj.exhibits.overview.tables import group_label, largest_groups, scale_of, structural_share
from portfolj.portfolio.money import sum_sek


def overview_sentences(frame: pd.DataFrame) -> list[str]:
    """Two to five sentences: what was granted, to structures, to whom, what came of it, which reports are old."""
    found = [
        _granted(frame, same_period(frame)),
        _structural(frame),
        _groups(frame, same_rules(with_amounts(frame))),
        _follow_up(frame),
        _old(frame),
    ]
    return [text for text in found if text]


def _granted(frame: pd.DataFrame, groups: list[Alike]) -> str:
    count = swedish.number(len(frame))
    if not groups:
        return f"{count} förbund har en rapport. De gäller olika perioder, och därför summeras det beviljade inte."
    rows, scale = groups[0].rows, scale_of(frame)
    when = period_words(str(rows["period"].iloc[0]))
    who = f"{count} förbund" if len(rows) == len(frame) else f"{swedish.number(len(rows))} av {count} förbund"
    about = f"har en rapport om {when}" if rows["period"].iloc[0] else "har en rapport om alla år"
    interventions = swedish.interventions(int(rows["interventions"].sum()))
    if rows["granted_sek"].isna().all():
        return f"{who} {about}: {interventions}, utan belopp."
    without = int(rows["without_amount"].sum())
    lack = f" Belopp saknas för {swedish.number(without)} av insatserna." if without else ""
    money = scale.text(sum_sek(rows["granted_sek"]))
    return f"{who} {about}. Tillsammans beviljade de {money} till {interventions}.{lack}"


def _structural(frame: pd.DataFrame) -> str:
    rows = with_amounts(frame)
    if rows.empty:
        return "Inget förbund har belopp för mer än hälften av sina insatser, så andelar av pengar går inte att räkna."
    if len(rows) == 1:
        return f"{structural_share(rows)} av pengarna i {rows['name'].iloc[0]} gick till strukturpåverkande insatser."
    shares = rows["structural_sek"].fillna(0) / rows["granted_sek"]
    low, high = rows.loc[[shares.idxmin()]], rows.loc[[shares.idxmax()]]
    spread = (
        f"från {structural_share(low)} ({low['name'].iloc[0]}) till {structural_share(high)} ({high['name'].iloc[0]})"
    )
    groups = same_period(rows)
    if not groups:
        return f"Andelen av pengarna till strukturpåverkande insatser går {spread}."
    whole = groups[0].rows
    derived = sum_sek(whole["structural_derived_sek"])
    inferred = f", varav {scale_of(frame).text(derived)} härlett" if derived else ""
    return (
        f"{structural_share(whole)} av pengarna {period_words(str(whole['period'].iloc[0]))} gick till "
        f"strukturpåverkande insatser{inferred}. Andelen går {spread}."
    )


def _groups(frame: pd.DataFrame, groups: list[Alike]) -> str:
    if not groups:
        return ""
    rows = groups[0].rows
    whole, columns = sum_sek(rows["granted_sek"]), group_columns(rows)
    most = largest_groups(rows)
    undefined = swedish.percent(sum_sek(rows[columns[UNDEFINED]]), whole)
    if not most:
        return ""
    money = sum_sek(rows[columns[most[0]]])
    return (
        f"Den målgrupp som fick mest var {labels.inside(group_label(most[0]))}: {scale_of(frame).text(money)} "
        f"({swedish.percent(money, whole)}) i {swedish.number(len(rows))} förbund som räknas lika. "
        f"{undefined} av pengarna gick till insatser utan känd målgrupp."
    )


def _follow_up(frame: pd.DataFrame) -> str:
    told = followed(frame)
    if told.empty:
        return "Inget förbund har uppföljning av deltagare i sitt underlag."
    text = f"{swedish.number(len(told))} av {swedish.number(len(frame))} förbund har uppföljning av deltagare."
    groups = [group for group in same_period(frame) if len(with_share(group.rows)) > 1]
    if not groups:
        return text
    rows = with_share(groups[0].rows)
    return (
        f"{text} Av {exits_sum(rows)} avslut {period_words(str(rows['period'].iloc[0]))} i "
        f"{swedish.number(len(rows))} av dem gick {share_of_all(rows)} till arbete eller studier."
    )


def _old(frame: pd.DataFrame) -> str:
    old = frame[frame["has_failed"]]
    if old.empty:
        return ""
    if len(old) > 3:
        return f"{swedish.number(len(old))} förbund har en äldre rapport, för att senaste körningen misslyckades."
    each = [f"{record['name']} (från {record['created_on']})" for _, record in old.iterrows()]
    have = "har en äldre rapport" if len(old) == 1 else "har äldre rapporter"
    return f"{swedish.listed(each)} {have}, för att senaste körningen misslyckades."
