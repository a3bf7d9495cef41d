"""How follow-up is counted and why some figures are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    "income_transition": "Försörjning efter, för varje försörjning före",
    "length": "Tid i insats",
    "status": "Lägen",
    "flow_status": "Lägen i grupper",
    "flow": "Rörelser mellan lägen",
    "steps": "Läget vid avslut jämfört med start",
    "progression": "Förflyttning i skattningarna",
}
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
    """The breakdowns that are not made; nothing where all are."""
    frame = table_of(view, "left_out")
    if frame.empty:
        return Html()
    told = dict.fromkeys(
        _breakdown(row.table, row.group) + (f" i insatsen {row.intervention}" if row.intervention else "")
        for row in frame.itertuples()
    )
    return Html(
        paragraph(
            "De här indelningarna visas inte. De flesta tal i dem, bortsett från nollor, är mindre än "
            f"{swedish.number(view.k)}:"
        ),
        bullets(told),
    )


def _breakdown(table: str, group: str) -> str:
    if table in ("status", "flow_status"):
        return f"{TABLES[table]} {words.at_point(group)}"
    if table == "flow":
        return f"{TABLES[table]} från {words.inside(words.point(group))}"
    return f"{TABLES[table]} {words.PER[group]}" if group else TABLES[table]
