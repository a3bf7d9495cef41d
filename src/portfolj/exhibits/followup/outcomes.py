"""Exits to work or study, with and without labour-market training, as shares of exits and of participations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.reasons import not_made, only_category
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_text, said_of, share_of
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    LONGEST_FIRST,
    each,
    first_record,
    known,
    of_whole,
    only_in_notebook,
    people_column,
    people_table,
    table_of,
    text_column,
    under_finding,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table
from portfolj.followup.shares import wilson_interval

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = (
    "participations", "persons", "exits", "to_work", "to_study", "to_training", "work_or_study",
    "work_study_or_training", "missing_after",
)  # fmt: skip
ROWS = ("to_work", "to_study", "work_or_study", "to_training", "work_study_or_training", "missing_after")
WHOLE = ""  # the intervention of rows on all interventions together
MOST_NAMED = 5  # interventions in a sentence
MOST_BARS = 25  # a taller figure is no longer seen at once; the table holds all
INTERVAL = (
    "Inom parentes står ett 95-procentigt intervall (Wilsons metod): så olika hade andelen kunnat bli av en slump. "
    "Ju färre personer, desto bredare."
)
OVERLAP = "En insats med flera målgrupper räknas i var och en, därför går raderna inte att summera."
EVERY_YEAR = "Ett deltagande räknas varje år som det pågår. Därför går deltagandena inte att summera."
NOTES = {"target_group": OVERLAP, "year": EVERY_YEAR}


def outcome(view: FollowUpView) -> Html:
    """The whole: how many went on to work or study, both ways of counting and both denominators named."""
    record = first_record(rows_of(view, "all"))
    if not record:
        return absent("participations")
    shares = pd.DataFrame(
        [
            {
                "what": words.MEASURES[key],
                "count": record[key],
                "of_exits": interval_text(record[key], record["exits"]),
                "of_participations": interval_text(record[key], record["participations"]),
            }
            for key in ROWS
        ]
    ).astype("object")
    table = Table(
        name="utfall",
        caption=f"Vad deltagarna gick till, {view.portfolio.period_label}",
        frame=shares,
        columns=[
            Column("what", "Efter avslut"),
            people_column("count", "Antal"),
            text_column("of_exits", of_whole(record["exits"], "avslut")),
            text_column("of_participations", of_whole(record["participations"], "deltaganden")),
        ],
        notes=[
            "Den som både arbetar och studerar räknas i båda raderna men en gång i raden Till arbete eller studier.",
            INTERVAL,
        ],
        base=base(view, ("Sysselsättning efteråt", record["missing_after"]), exits=True),
    )
    return under_finding(outcome_finding(view), people_table(view, table, longest=LONGEST_FIRST))


def outcomes_by(view: FollowUpView, group: str) -> Html:
    """The same per category of a group: a figure of shares with intervals, the counts, and the shares."""
    rows = rows_of(view, group)
    if table_of(view, "outcomes").empty:
        return absent("participations")
    if rows.empty:
        return not_made(view, "outcomes", group, what="Utfallet")
    if len(rows) == 1 and group != "year":
        return only_category(rows)
    if group in ("owner", "target_group") and _as_interventions(view, rows):
        return only_in_notebook(f"Varje {words.inside(words.GROUPS[group])} har en insats: siffrorna är insatsernas.")
    counts = _counts_table(view, group, rows)
    return Html(_figure(view, group, rows), people_table(view, counts), people_table(view, _shares(view, group, rows)))


def rows_of(view: FollowUpView, group: str) -> pd.DataFrame:
    """The rows of one group over all interventions, labelled, each count as what may be shown of it."""
    frame = table_of(view, "outcomes")
    if frame.empty:
        return frame
    whole = frame["intervention"] == WHOLE
    rows = frame[whole & (frame["group"] == group)]
    if rows.empty and group == "intervention":
        rows = frame[~whole & (frame["group"] == "all")]
        rows = rows.assign(group=group, category=rows["intervention"])
    rows = with_shown(rows, [column for column in COUNTS if column in frame])
    return words.labelled(view.portfolio, rows, group)


def outcome_finding(view: FollowUpView) -> str:
    """How many of the exits were to work or study, the share of all participations, and both with training too.

    Where it is hidden how many of all, what is shown of each intervention; empty where nothing is.
    """
    record = first_record(rows_of(view, "all"))
    if not record:
        return ""
    exits, reached = record["exits"], record["work_or_study"]
    if known(exits) and reached is HIDDEN:
        return _of_interventions(view, exits)
    if not known(exits, reached) or not exits:
        return ""
    sentences = [f"{said_of(reached, exits, 'avslut')} var till arbete eller studier.", _of_participations(record)]
    more = record["work_study_or_training"]
    if known(more):
        share = swedish.percent(more, exits)
        many = "lika många" if more == reached else f"{swedish.number(more)} av avsluten ({share})"
        sentences.append(f"Räknas arbetsmarknadsutbildning med är det {many}.")
    return " ".join(text for text in sentences if text)


def _of_interventions(view: FollowUpView, exits: int) -> str:
    """That the whole is hidden, and the same of each of several interventions of which it is shown."""
    rows = rows_of(view, "intervention")
    parts = zip(rows["label"], rows["work_or_study"], rows["exits"], strict=True)
    shown = [part for part in parts if share_of(part[1], part[2]) is not None]
    if len(rows) < 2 or not shown:
        return ""
    opening = f"Hur många av {swedish.number(exits)} avslut som var till arbete eller studier visas inte."
    if len(shown) > MOST_NAMED:
        return f"{opening} Tabellen per insats visar det för {swedish.number(len(shown))} insatser."
    told = [f"{label} {said_of(part, total, 'avslut')}" for label, part, total in shown]
    return f"{opening} Per insats visas: {swedish.listed(told)}."


def _of_participations(record: dict[str, Any]) -> str:
    """The first share once more, of all participations."""
    total = record["participations"]
    if not known(total):
        return ""
    if total == record["exits"]:
        return "Alla deltaganden är avslutade, så räknat på deltagandena är andelen densamma."
    share = swedish.percent(record["work_or_study"], total)
    return f"Räknat på alla {swedish.number(total)} deltaganden, även de pågående, är andelen {share}."


def _as_interventions(view: FollowUpView, rows: pd.DataFrame) -> bool:
    """Whether each row is one intervention: there are as many, with the same participations, exits and outcomes."""
    counts = [column for column in COUNTS if column in rows]
    own = rows_of(view, "intervention")
    return len(own) == len(rows) and sorted(map(str, rows[counts].to_numpy().tolist())) == sorted(
        map(str, own[counts].to_numpy().tolist())
    )


def _base(view: FollowUpView, group: str, rows: pd.DataFrame, *, exits: bool = False) -> str:
    """What the table is counted of, and for how many the group is not known."""
    unknown = rows.loc[rows["category"] == "missing", "participations"]
    missing = unknown.iloc[0] if len(unknown) else 0
    told = [(words.GROUPS[group], missing)] if group in ("sex", "age", "municipality", "referrer") else []
    return base(view, *told, exits=exits)


def _counts_table(view: FollowUpView, group: str, rows: pd.DataFrame) -> Table:
    persons = "persons" in rows and any(count is not None for count in rows["persons"])
    return Table(
        name=f"utfall-antal-{group.replace('_', '-')}",
        caption=f"Deltaganden, avslut och utfall {words.PER[group]}, antal, {view.portfolio.period_label}",
        frame=rows,
        columns=[
            Column("label", words.GROUPS[group]),
            people_column("participations", "Deltaganden"),
            *([people_column("persons", "Personer")] if persons else []),
            people_column("exits", "Avslut"),
            people_column("to_work", "Till arbete"),
            people_column("to_study", "Till studier"),
            people_column("to_training", "Till arbetsmarknads\u00adutbildning"),
            people_column("missing_after", "Uppgift efteråt saknas"),
        ],
        notes=[NOTES[group]] if group in NOTES and len(rows) > 1 else [],
        base=_base(view, group, rows),
    )


def _shares(view: FollowUpView, group: str, rows: pd.DataFrame) -> Table:
    return Table(
        name=f"utfall-andel-{group.replace('_', '-')}",
        caption=f"Andel till arbete eller studier {words.PER[group]}, {view.portfolio.period_label}",
        frame=rows.assign(
            of_exits=each(rows, interval_text, "work_or_study", "exits"),
            of_participations=each(rows, interval_text, "work_or_study", "participations"),
            more_of_exits=each(rows, interval_text, "work_study_or_training", "exits"),
            more_of_participations=each(rows, interval_text, "work_study_or_training", "participations"),
        ),
        columns=[
            Column("label", words.GROUPS[group]),
            people_column("work_or_study", "Arbete eller studier"),
            text_column("of_exits", "Arbete eller studier, av avslut"),
            text_column("of_participations", "Arbete eller studier, av deltaganden"),
            people_column("work_study_or_training", "Med arbetsmarknads\u00adutbildning"),
            text_column("more_of_exits", "Med utbildning, av avslut"),
            text_column("more_of_participations", "Med utbildning, av deltaganden"),
        ],
        notes=[IN_BRACKETS],
        base=_base(view, group, rows, exits=True),
    )


def _figure(view: FollowUpView, group: str, rows: pd.DataFrame) -> Html:
    pairs = zip(rows["label"], rows["work_or_study"], rows["exits"], strict=True)
    known_shares = [(label, part, whole) for label, part, whole in pairs if share_of(part, whole) is not None]
    if len(known_shares) < 2:
        return Html()
    fewest = sorted((whole for *_, whole in known_shares), reverse=True)[:MOST_BARS][-1]
    shown = [share for share in known_shares if share[-1] >= fewest][:MOST_BARS]
    bars = [pictures.Share(label, part / whole, *wilson_interval(part, whole)) for label, part, whole in shown]
    listed = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    left_out = " Rader vars tal är dolda eller saknas är inte med." if len(known_shares) < len(rows) else ""
    if len(shown) < len(known_shares):
        left_out += f" Bara de {MOST_BARS} med flest avslut är med; tabellen har alla."
    return pictures.shares(
        bars,
        alt="Punkter med intervall: andel av avsluten som gick till arbete eller studier "
        f"{words.PER[group]}. {listed}.",
        caption=f"Andel av avsluten som gick till arbete eller studier {words.PER[group]}, "
        f"{view.portfolio.period_label}. Strecket är ett 95-procentigt intervall.{left_out} "
        "Siffrorna står i tabellen nedan.",
    )
