"""How many interventions, and how much money, lack each of the facts that a board needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.documentation.facts import facts_known
from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.markup import (
    Column,
    Html,
    Table,
    bullets,
    command,
    count_column,
    definitions,
    details,
    finding,
    paragraph,
)
from portfolj.exhibits.scope import nothing_funded, table_notes
from portfolj.portfolio.money import sum_sek

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView

FROM_A_FILE = ("parties", "start", "end", "implementation", "final_report")
MOST_NAMED = 3


def facts(view: DocumentationView) -> Html:
    """The table per fact with its finding and figure, what the facts are, and how to add a file of them."""
    if nothing := nothing_funded(view.portfolio):
        return Html(finding(nothing))
    known = facts_known()
    explained = details(
        "Vad uppgifterna är och varför de behövs",
        definitions([(fact.label, fact.explanation) for fact in known.values()]),
    )
    return Html(finding(facts_finding(view)), *_how_to_add(view), _figure(view), _table(view), explained)


def facts_finding(view: DocumentationView) -> str:
    """How many interventions have all that is required, and what is lacking most often."""
    portfolio = view.portfolio
    if nothing := nothing_funded(portfolio):
        return nothing
    count, lacking = len(portfolio.interventions), len(view.tables["lacking"])
    if not lacking:
        return complete_finding(view)
    frame = view.tables["facts"]
    most = frame[frame["missing"] == frame["missing"].max()]
    what = _named([facts_known()[str(code)].lacking for code in most["fact"]])
    if count == 1:
        return f"Den enda insatsen saknar {what}."
    first = most.iloc[0]
    money = ""
    if portfolio.has_amounts and len(most) == 1 and not swedish.is_missing(first["missing_sek"]):
        money = f" De fick {labels.scale(portfolio).text(float(first['missing_sek']))}."
    who = "alla" if first["missing"] == count else swedish.interventions(int(first["missing"]))
    return f"{complete_finding(view)} Oftast saknas {what}, för {who}.{money}"


def complete_finding(view: DocumentationView) -> str:
    """How many interventions have all that is required; empty where nothing was funded."""
    count, lacking = len(view.portfolio.interventions), len(view.tables["lacking"])
    if nothing_funded(view.portfolio):
        return ""
    if not lacking:
        return f"{'Insatsen' if count == 1 else 'Alla insatser'} har de uppgifter som krävs."
    if count == 1:
        return "Den enda insatsen saknar minst en uppgift som krävs."
    whole = swedish.number(count - lacking) if count > lacking else "Ingen"
    return f"{whole} av {swedish.interventions(count)} har alla uppgifter som krävs."


def _named(lacking: list[str]) -> str:
    """The first few, and how many more there are."""
    left = len(lacking) - MOST_NAMED
    more = [f"{swedish.in_words(left)} {'uppgift' if left == 1 else 'uppgifter'} till"] if left > 0 else []
    return swedish.listed([*lacking[:MOST_NAMED], *more])


def _how_to_add(view: DocumentationView) -> list[Html]:
    if view.has_facts:
        return []
    names = swedish.listed([labels.inside(facts_known()[code].label) for code in FROM_A_FILE])
    return [
        paragraph(
            f"En liggare har sällan plats för {names}. Förbundets mapp har ingen fil med dem. Därför står de som "
            "saknade, också om de finns i en akt. Lägg en fil med en rad per insats i mappen och ange den under "
            "[documentation] i federation.toml:"
        ),
        bullets([command('facts = ["underlag.csv"]')]),
    ]


def _figure(view: DocumentationView) -> Html:
    portfolio = view.portfolio
    frame = view.tables["facts"]
    frame = frame[frame["required"] > 0].assign(label=lambda f: [facts_known()[str(code)].label for code in f["fact"]])
    if frame.empty:
        return Html()
    scale = labels.scale(portfolio)
    measure = "missing_sek" if portfolio.has_amounts else "missing"
    frame = frame.sort_values(measure, ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    if portfolio.has_amounts:
        unit = f"Beviljat till insatser som saknar uppgiften, {scale.unit}"
        written = ["belopp saknas" if swedish.is_missing(v) else scale.number(v) for v in frame[measure]]
    else:
        unit, written = "Antal insatser som saknar uppgiften", [swedish.number(v) for v in frame[measure]]
    said = [f"{label} {text}" for label, text in zip(frame["label"], written, strict=True)]
    return figures.bars(
        frame, labels="label", values=measure, written=written, muted=[False] * len(frame),
        alt=f"Liggande stapeldiagram. {unit}, {portfolio.period_label}. {'; '.join(said)}.",
        caption=f"{unit}, {portfolio.period_label}. En insats som saknar flera uppgifter är med i flera staplar. "
        "Siffrorna står i tabellen nedan.",
    )  # fmt: skip


def _table(view: DocumentationView) -> Html:
    portfolio, scale = view.portfolio, labels.scale(view.portfolio)
    frame = view.tables["facts"]
    required = portfolio.federation.documentation.required
    shown = frame.assign(
        label=[facts_known()[str(code)].label for code in frame["fact"]],
        since=[str(required[code]) if code in required else "alla år" for code in frame["fact"]],
        money=[_money(scale, *pair) for pair in zip(frame["missing_sek"], frame["required"], strict=True)],
    )
    columns = [Column("label", "Uppgift")]
    if required:
        columns.append(Column("since", "Krävs från"))
    columns += [
        count_column("required", "Ska finnas"),
        count_column("present", "Finns"),
        count_column("missing", "Saknas"),
        count_column("not_required", "Krävs inte"),
    ]
    if portfolio.interventions["granted_sek"].notna().any():
        columns.insert(-1, Column("money", f"Beviljat utan uppgiften, {scale.unit}", numeric=True))
    return Table(
        name="underlag-uppgifter",
        caption=f"Vad som är dokumenterat om insatserna, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        reconciles=[_line(view)],
        notes=table_notes(portfolio, *_notes(view)),
    ).html()


def _money(scale: swedish.MoneyScale, missing_sek: float, required: int) -> str:
    if not required:
        return swedish.NOT_APPLICABLE
    return swedish.MISSING if swedish.is_missing(missing_sek) else scale.number(missing_sek)


def _line(view: DocumentationView) -> str:
    """That each fact's money is all of the portfolio's; ``per_fact`` has checked it to the öre."""
    total = sum_sek(view.portfolio.interventions["granted_sek"])
    if not total:
        return "Inget belopp att stämma av."
    return (
        "För varje uppgift är pengarna till insatser som har den, saknar den och inte behöver den tillsammans "
        f"{swedish.kronor(total)}, lika mycket som i liggaren."
    )


def _notes(view: DocumentationView) -> list[str]:
    notes = ["Saknas betyder att uppgiften inte finns i det som rapporten har läst: liggaren, uppföljningen och "
             "förbundets fil med underlag."]  # fmt: skip
    table = view.tables["documentation"]
    reports = table[(table["fact"] == "final_report") & (table["status"] == "not_required")]
    unknown = int((reports["why"] == "end_unknown").sum())
    if (reports["why"] != "setting").any() or reports.empty:
        told = f"Slutrapport krävs först när insatsen har slutat. Det avgörs av läget den {swedish.long_date(view.on)}."
        if unknown:
            told += (
                f" För {swedish.interventions(unknown)} är slutet inte känt, och då räknas rapporten inte som saknad."
            )
        notes.append(told)
    return [*notes, *_differences(view.portfolio.interventions, table)]


def _differences(interventions: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    """Where what is on file is more than what the portfolio's own tables could settle."""
    sentences = []
    for fact, dimension, what in (
        ("owner", "owner", "en huvudman som inte går att föra till någon av kodbokens"),
        ("target_group", "target_groups", "en målgrupp som rapportens grund inte räknar eller kodboken inte känner"),
    ):
        on_file = set(table.loc[(table["fact"] == fact) & (table["status"] == "present"), "intervention_key"])
        open_ = interventions[interventions[dimension].astype("str").eq(UNDEFINED)]
        count = len(on_file & set(open_["intervention_key"]))
        if count:
            sentences.append(
                f"{swedish.interventions(count)} har {what}. Uppgiften finns, men på sidan Portföljen "
                f"{'räknas insatsen' if count == 1 else 'räknas de'} bland dem som saknar den."
            )
    return sentences
