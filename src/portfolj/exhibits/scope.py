"""What a portfolio is about and by which rules it is counted, and where the rest of the ledger's money is."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from portfolj.coding import Codebook
from portfolj.errors import ReconciliationError
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import (
    Column,
    Html,
    Table,
    bullets,
    count_column,
    definitions,
    money_column,
    paragraph,
)
from portfolj.federation import Basis
from portfolj.portfolio import tables
from portfolj.portfolio.counting import COUNTING_WORDS
from portfolj.portfolio.money import known_sum_sek, sum_sek
from portfolj.portfolio.reconcile import Reconciliation
from portfolj.portfolio.view import Portfolio

# JupyterLab sets every cell of a table to the right; only numbers belong there. Pages have their own style sheet.
JUPYTER_STYLE = Markup(
    "<style>.portfolj th, .portfolj td {text-align: left} .portfolj .number {text-align: right} "
    ".portfolj figure {margin: 1em 0} .portfolj caption {text-align: left; font-weight: bold} "
    ".portfolj .unseen {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}</style>"
)
LEAST_BASIS = {
    Basis.STATED: "{} räknas bara när uppgiften står i sitt eget fält. Ledtrådar i beskrivning och namn visas på sidan "
    "Underlag och kodning.",
    Basis.DESCRIBED: "{} räknas när uppgiften står i sitt eget fält, i beskrivningen eller i målet. Ledtrådar i namnet "
    "visas på sidan Underlag och kodning.",
    Basis.NAMED: "{} räknas också när bara insatsens namn säger något.",
}
ONCE = "Räkneregel: varje insats räknas en gång, med hela sitt belopp."
PART_LABELS = {
    "counted": "I rapportens tabeller",
    "undated": "Medlemmarnas pengar utan år",
    "outside_period": "Medlemmarnas pengar andra år",
    "external": "Andras pengar (ESF, EU och övriga)",
}


def scope_box(portfolio: Portfolio) -> Html:
    """The federation, the period and the rules, with the federation's notice: for JupyterLab, where no page says it."""
    federation = portfolio.federation
    pairs: list[tuple[str, str]] = [
        ("Förbund", federation.name),
        ("Period", portfolio.period_label),
        *least_bases(portfolio),
        ("Räkneregel för målgrupper", COUNTING_WORDS[portfolio.counting]),
    ]
    if federation.notice:
        pairs.append((federation.notice.title, federation.notice.text))
    return Html(JUPYTER_STYLE, definitions(pairs))


OWN_FIELD = {"owner": "applicant", "target_groups": "target_group_text"}


def effective_basis(portfolio: Portfolio, dimension: str) -> Basis:
    """The least basis in force for a dimension: a ledger without the dimension's own field starts from descriptions."""
    has_field = OWN_FIELD[dimension] in portfolio.prepared.columns
    return portfolio.basis if has_field or portfolio.basis != Basis.STATED else Basis.DESCRIBED


def least_bases(portfolio: Portfolio) -> list[tuple[str, str]]:
    """For each dimension that has a field of its own: what its answers must rest on at the least, in words."""
    return [
        (
            f"{labels.DIMENSIONS[dimension]} vilar minst på",
            labels.basis(portfolio.codebook, effective_basis(portfolio, dimension).value),
        )
        for dimension in OWN_FIELD
    ]


def nothing_funded(portfolio: Portfolio) -> str:
    """The sentence that takes the place of findings where no intervention is counted; empty where some are."""
    if len(portfolio.interventions):
        return ""
    when = "" if portfolio.period is None else f" {portfolio.period_label}"
    return f"Liggaren innehåller inga insatser med medlemmarnas pengar{when}."


def unanswered(portfolio: Portfolio, *, count: int, granted_sek: float | None, what: str) -> str:
    """How many interventions lack an answer, and their money where it is known. ``what``: ``en huvudman``."""
    whole = len(portfolio.interventions)
    if not count:
        return f"Alla insatser har {what}."
    if count == whole:
        return f"Ingen insats har {what} som går att slå fast."
    text = f"{swedish.number(count)} av {swedish.interventions(whole)} saknar {what} som går att slå fast."
    if not portfolio.has_amounts:
        return text
    if swedish.is_missing(granted_sek):
        return f"{text} Belopp för {'den' if count == 1 else 'dem'} saknas i liggaren."
    return f"{text} {'Den' if count == 1 else 'De'} fick {labels.scale(portfolio).text(float(granted_sek or 0))}."


def rules(portfolio: Portfolio) -> Html:
    """How answers and money are counted in this report, as sentences."""
    settings = portfolio.federation.classification
    items = [
        *(LEAST_BASIS[effective_basis(portfolio, d)].format(labels.DIMENSIONS[d]) for d in OWN_FIELD),
        f"När en insats har flera målgrupper gäller i texten och figuren: {COUNTING_WORDS[portfolio.counting]}. "
        "Tabellen visar alla tre sätten.",
        "Tabellerna gäller medlemmarnas pengar. ESF, EU och andra finansiärer redovisas för sig.",
        "Beviljat är summan av besluten. En rad med minustecken sänker beviljat. Utbetalda och återbetalda belopp "
        "räknas för sig och ändrar aldrig vad som beviljats.",
        "Tal i miljoner och tusental är avrundade vart för sig. Raden Avstämning visar summan i kronor.",
    ]
    if settings.derive_orientation:
        items.append(
            "Där inget dokument säger inriktningen räknas insatsen som strukturpåverkande, om den saknar målgrupp "
            "eller riktar sig till personal. Sådana svar är märkta som härledning och räknas för sig."
        )
    return bullets([*items, *_folds(portfolio.codebook)])


def _folds(codebook: Codebook) -> list[str]:
    """The codes that the federation does not show on their own, and what they are counted as."""
    sentences = []
    for dimension, folds in codebook.folds.items():
        for onto in dict.fromkeys(folds.values()):
            hidden = swedish.listed([codebook.label(dimension, code) for code, to in folds.items() if to == onto])
            name, shown = labels.DIMENSIONS[dimension], codebook.label(dimension, onto)
            sentences.append(f"{name}: {hidden} visas inte för sig i den här rapporten utan räknas som {shown}.")
    return sentences


def whole_ledger(portfolio: Portfolio) -> Html:
    """All money that the ledger says was granted, and which part of it the tables show, to the krona."""
    parts = portfolio.parts
    shown = parts[(parts["entries"] > 0) | (parts["part"] == "counted")]
    frame = shown.assign(label=shown["part"].map(PART_LABELS))
    total = {"label": "Hela liggaren", "entries": int(parts["entries"].sum()),
             "granted_sek": known_sum_sek(parts["granted_sek"]),
             "entries_without_amount": int(parts["entries_without_amount"].sum())}  # fmt: skip
    columns = [
        Column("label", "Del av liggaren"),
        count_column("interventions", "Insatser"),
        count_column("entries", "Rader"),
        count_column("entries_without_amount", "Rader utan belopp"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True),
    ]
    table = Table(
        name="liggaren",
        caption=f"Så är liggarens beviljade pengar fördelade, {portfolio.period_label}",
        frame=frame,
        columns=columns,
        total=total,
        notes=["En insats med rader i flera delar räknas i var och en, därför summeras inte insatserna."],
    )
    return table.html()


def amounts_missing(portfolio: Portfolio) -> str:
    """The sentence that every table of money carries when amounts are missing; empty when none is."""
    missing, count = tables.without_amount(portfolio), len(portfolio.interventions)
    if not missing:
        return ""
    if missing == count:
        return "Ingen insats har ett beviljat belopp i liggaren. Insatserna räknas i antal men inte i pengar."
    counted = "Den räknas" if missing == 1 else "De räknas"
    return (
        f"{swedish.number(missing)} av {swedish.interventions(count)} saknar beviljat belopp i liggaren. "
        f"{counted} i antal men inte i pengar."
    )


def undated_line(portfolio: Portfolio) -> str:
    """The sentence on interventions without a year, which belong to no period; empty when there are none."""
    if portfolio.period is None or portfolio.undated.empty:
        return ""
    count = len(portfolio.undated)
    money = portfolio.undated["granted_sek"]
    known = f" och {labels.scale(portfolio).text(sum_sek(money))}" if money.notna().any() else ""
    return (
        f"Utöver tabellen: {swedish.interventions(count)}{known} utan år i liggaren. "
        f"De kan inte föras till {portfolio.period_label}."
    )


def table_notes(portfolio: Portfolio, *more: str) -> list[str]:
    """The notes under a table of money: amounts missing, interventions without a year, and the table's own."""
    return [text for text in (*more, amounts_missing(portfolio), undated_line(portfolio)) if text]


def external_money(portfolio: Portfolio) -> Html:
    """Interventions paid by others than the members, listed apart, with a sum per financing."""
    entries = portfolio.entries[portfolio.entries["part"] == "external"]
    if entries.empty:
        return paragraph("Liggaren innehåller inga insatser med pengar från ESF, EU eller andra finansiärer.")
    scale = labels.scale(portfolio)
    grouped = entries.groupby(["intervention_key", "financing"], sort=True)
    frame = pd.DataFrame(
        [
            {
                "name": rows["name"].iloc[0],
                "financing": labels.FINANCING[str(financing)],
                "years": swedish.years(rows["year"].min(), rows["year"].max()),
                "granted_sek": known_sum_sek(rows["amount_sek"]),
            }
            for (_, financing), rows in grouped
        ]
    ).sort_values(["granted_sek", "name"], ascending=[False, True], na_position="last")
    columns = [
        Column("name", "Insats"),
        Column("financing", "Finansiär"),
        Column("years", "År"),
        money_column("granted_sek", "Beviljat", scale),
    ]
    subtotals = [
        {"name": f"Summa {labels.FINANCING[str(financing)]}", "granted_sek": known_sum_sek(rows["amount_sek"])}
        for financing, rows in entries.groupby("financing", sort=True)
    ]
    total_sek = sum_sek(portfolio.parts.loc[portfolio.parts["part"] == "external", "granted_sek"])
    missing = int(frame["granted_sek"].isna().sum())
    table = Table(
        name="andras-pengar",
        caption="Insatser med andras pengar, alla år i liggaren",
        frame=frame,
        columns=columns,
        extra=subtotals,
        total={"name": "Summa", "granted_sek": known_sum_sek(frame["granted_sek"])},
        reconciles=[agreement(sum_sek(frame["granted_sek"]), total_sek)],
        notes=[
            "Räkneregel: varje insats räknas en gång för varje finansiär. Dessa pengar ingår inte i tabellerna över "
            "huvudman, målgrupp, inriktning och processtöd.",
            *([f"{swedish.interventions(missing)} saknar belopp i liggaren."] if missing else []),
        ],
    )
    return table.html()


def basis_table(portfolio: Portfolio, *, dimension: str, name: str, caption: str) -> Html:
    """Count and money per category and what each answer rests on."""
    frame = tables.basis(portfolio)
    frame = frame[frame["dimension"] == dimension]
    codebook = portfolio.codebook
    frame = frame.assign(
        label=[codebook.label(dimension, code) for code in frame["code"]],
        rests_on=[labels.basis(codebook, basis) for basis in frame["basis"]],
    )
    columns = [
        Column("label", labels.ALL_DIMENSIONS[dimension]),
        Column("rests_on", "Svaret vilar på"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", labels.scale(portfolio)),
    ]
    line = tables.reconciliations(portfolio)[f"{dimension}_by_basis"]
    return Table(name=name, caption=caption, frame=frame, columns=columns,
                 reconciles=[reconciles(line, with_count=not line.not_in_rows_sek)],
                 notes=table_notes(portfolio, ONCE)).html()  # fmt: skip


def reconciles(line: Reconciliation, *, with_count: bool = True) -> str:
    """A table's reconciliation as a sentence with kronor in full; the count only where the rows are all of them."""
    count = f"{swedish.interventions(line.count)}. " if with_count else ""
    if not line.rows_sek and not line.total_sek:
        return f"{count}Inget belopp att stämma av."
    text = f"{count}Tabellens rader är tillsammans {swedish.kronor(line.rows_sek)}"
    if line.overlap_sek:
        text += f", minus {swedish.kronor(line.overlap_sek)} som räknats mer än en gång"
    if line.not_in_rows_sek > 0:
        text += f", plus {swedish.kronor(line.not_in_rows_sek)} till övriga insatser"
    if line.not_in_rows_sek < 0:
        text += f", minus {swedish.kronor(-line.not_in_rows_sek)} utan år"
    if line.rows_sek == line.total_sek:
        return f"{text}, lika mycket som i liggaren."
    return f"{text}, är {swedish.kronor(line.total_sek)}, lika mycket som i liggaren."


def agreement(rows_sek: float, total_sek: float) -> str:
    """That a table's rows sum to a part of the ledger. Raises ReconciliationError where they do not."""
    if round(rows_sek * 100) != round(total_sek * 100):
        raise ReconciliationError(f"raderna ger {rows_sek} kr men liggaren {total_sek} kr")
    return f"Tabellens rader är tillsammans {swedish.kronor(rows_sek)}, lika mycket som i liggaren."
