"""How follow-up is counted and why some figures are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.progression import step_rule
from portfolj.exhibits.followup.shown import hidden_mark, nobody, table_of
from portfolj.exhibits.markup import Html, bullets, definitions, note, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

TABLES = {
    "outcomes": "Deltaganden och avslut",
    "occupation": "Sysselsättning före och efter",
    "occupation_grouped": "Sysselsättning i grupper",
    "started_or_increased": "Påbörjat eller utökat arbete eller studier",
    "income": "Försörjning före och efter",
    "income_transition": "Försörjning efter",
    "length": "Tid i insats",
    "status": "Lägen",
    "flow_status": "Lägen i grupper",
    "flow": "Rörelser mellan lägen",
    "gender_balance": "Kvinnor och män",
    "steps": "Läget vid avslut jämfört med start",
    "progression": "Förflyttning i skattningarna",
}
AT_POINTS = ("status", "flow_status", "flow")  # tables that are told of a point in time
PERSONS = ("participations", "assessments", "statuses", "counts", "exits")


def method(view: FollowUpView) -> Html:
    """The definitions that the tables rest on."""
    if "participations" not in view.kinds:
        return absent("participations")
    pairs: list[tuple[str, str | Markup]] = [
        (
            "Deltagande",
            "En person i en insats från en start. Den som är med i två insatser, eller kommer tillbaka, räknas för "
            "varje.",
        ),
        ("Deltagande i perioden", "Startade senast under periodens sista år och slutade inte före dess första."),
        ("Avslut", "Ett deltagande som slutade i perioden."),
        (
            "Till arbete, till studier",
            "Sysselsättningen efter avslut, av alla avslut. Den som både arbetar och studerar räknas i båda, men bara "
            "en gång i arbete eller studier. Saknas uppgiften räknas avslutet varken till arbete eller till studier.",
        ),
        ("Arbetsmarknadsutbildning", "Räknas för sig. Andelarna står både med och utan den."),
        ("Felregistrering", "Ingår inte i några andra tal, utan räknas för sig."),
    ]
    if not table_of(view, "progression").empty:
        pairs.append(("Förflyttning", step_rule(view)))
    return definitions(pairs)


def suppression(view: FollowUpView) -> Html:
    """What is hidden and why."""
    if not set(view.kinds) & set(PERSONS):
        return absent("participations")
    k = swedish.number(view.k)
    return Html(
        paragraph(Markup("{} betyder att talet är dolt. Tecknet är detsamma vad skälet än är.").format(hidden_mark())),
        bullets(
            [
                f"Antal från 1 till {swedish.number(view.k - 1)} visas inte: de kan peka ut någon.",
                f"Fler tal döljs där de annars skulle gå att använda för att räkna ut ett sådant, så att minst {k} "
                "olika antal är möjliga för varje dolt tal.",
                "Det gäller alla tabeller, sidor och filer tillsammans, och andelar, medelvärden och intervall som "
                "räknas på talen.",
                f"Om ett tal har ändrats med färre än {k} personer sedan en tidigare rapport visas inte ändringen.",
                f"{nobody(view)} I tabellfilerna är en dold cell tom, och kolumnen suppressed säger att den är dold.",
                "Siffror som andra redan har tryckt visas som de trycktes.",
            ]
        ),
        _not_proven(view),
        _left_out(view),
    )


def _not_proven(view: FollowUpView) -> Html:
    """That some hidden counts could not be shown to be safe; nothing where all are."""
    if not view.unsafe:
        return Html()
    many = "ett dolt tal" if len(view.unsafe) == 1 else f"{swedish.number(len(view.unsafe))} dolda tal"
    return note(
        f"För {many} gick det inte att visa att minst {swedish.number(view.k)} olika antal är möjliga för den som "
        "också har läst tidigare rapporter och tryckta siffror."
    )


def _left_out(view: FollowUpView) -> Html:
    """The thin breakdowns that the page does not have, then those of the files; nothing where there are none."""
    frame = table_of(view, "left_out")
    if frame.empty:
        return Html()
    on_page = _on_page(frame[frame["intervention"] == ""])
    in_files: dict[str, list[str]] = {}
    for row in frame[frame["intervention"] != ""].itertuples():
        in_files.setdefault(str(row.intervention), []).append(words.PER[str(row.group)])
    k = swedish.number(view.k)
    parts = []
    if on_page:
        also = ", eller skulle avslöja sådana tal" if (frame["by"] != "").any() else ""
        also += ", eller skulle avslöja vad som har ändrats sedan en tidigare rapport" if view.kept else ""
        parts += [
            paragraph(
                f"De här indelningarna visas inte. För många tal i dem, bortsett från nollor, är mindre än {k}{also}:"
            ),
            bullets(on_page),
        ]
    if in_files:
        told = [f"{name}: {swedish.listed(groups)}" for name, groups in in_files.items()]
        parts += [
            paragraph(
                "Filen outcomes.csv och bladet Utfall i tables.xlsx har också varje insats för sig, med en del "
                f"indelningar. De här är{'' if view.kept else ' för tunna och är'} inte med där heller:"
            ),
            bullets(told),
        ]
    return Html(*parts)


def _on_page(frame: pd.DataFrame) -> list[str]:
    """What the page would have had, in words: of the whole, then by intervention, owner or target group."""
    told = []
    for table, rows in frame[frame["by"] == ""].groupby("table", sort=False):
        if table == "income_transition":
            sources = [words.inside(words.income(str(group))) for group in rows["group"]]
            told.append(f"{TABLES[str(table)]}, för dem som före hade {swedish.listed(sources, last='eller')}")
        else:
            told += [f"{TABLES[str(table)]} {_at(str(table), str(group))}".strip() for group in rows["group"]]
    for table, rows in frame[frame["by"] != ""].groupby("table", sort=False):
        name = str(table).removesuffix("_by")
        per = swedish.listed(list(dict.fromkeys(words.PER[str(by)] for by in rows["by"])))
        points = list(dict.fromkeys(_at(name, str(group)) for group in rows["group"])) if name in AT_POINTS else []
        told.append(" ".join(text for text in (TABLES[name], swedish.listed(points), per) if text))
    return told


def _at(table: str, group: str) -> str:
    if table in AT_POINTS:
        return f"från {words.inside(words.point(group))}" if table == "flow" else words.at_point(group)
    return words.PER.get(group, "")
