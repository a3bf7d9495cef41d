"""What a portfolio is about and by which rules it is counted, and where the rest of the ledger's money is."""

from __future__ import annotations

from markupsafe import Markup

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import (
    Column,
    Html,
    Table,
    bullets,
    count_column,
    definitions,
    money_column,
    note,
    paragraph,
)
from portfolj.federation import Basis
from portfolj.portfolio import tables
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio

# JupyterLab sets every cell of a table to the right; only numbers belong there. Pages have their own style sheet.
JUPYTER_STYLE = Markup(
    "<style>.portfolj th, .portfolj td {text-align: left} .portfolj .number {text-align: right} "
    ".portfolj figure {margin: 1em 0} .portfolj caption {text-align: left; font-weight: bold}</style>"
)
COUNTING = {
    CountingRule.ONCE: "varje insats räknas en gång, på sin första målgrupp",
    CountingRule.SPLIT: "pengarna delas lika mellan en insats målgrupper",
    CountingRule.OVERLAPPING: "hela beloppet räknas i var och en av en insats målgrupper",
}
LEAST_BASIS = {
    Basis.STATED: "Huvudman och målgrupp räknas bara när de står i fältet för uppgiften. Ledtrådar i beskrivning och "
    "namn visas i genomlysningen.",
    Basis.DESCRIBED: "Huvudman och målgrupp räknas när de står i fältet för uppgiften, i beskrivningen eller i målet. "
    "Ledtrådar i namnet visas i genomlysningen.",
    Basis.NAMED: "Huvudman och målgrupp räknas också när bara insatsens namn säger dem.",
}
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
        ("Minsta grund för ett svar", labels.basis(portfolio.codebook, portfolio.basis.value)),
        ("Räkneregel för målgrupper", COUNTING[portfolio.counting]),
    ]
    if federation.notice:
        pairs.append((federation.notice.title, federation.notice.text))
    return Html(JUPYTER_STYLE, definitions(pairs))


def rules(portfolio: Portfolio) -> Html:
    """How answers and money are counted in this report, as sentences."""
    settings = portfolio.federation.classification
    items = [
        LEAST_BASIS[portfolio.basis],
        f"När en insats har flera målgrupper gäller i texten och figuren: {COUNTING[portfolio.counting]}. "
        "Tabellen visar alla tre sätten.",
        "Tabellerna gäller medlemmarnas pengar. ESF, EU och andra finansiärer redovisas för sig.",
        "Beviljat är summan av besluten. En rad med minustecken sänker beviljat. Utbetalda och återbetalda belopp "
        "räknas för sig och ändrar aldrig vad som beviljats.",
        "Tal i miljoner och tusental är avrundade vart för sig. Raden Stämmer visar summan i kronor.",
    ]
    if settings.derive_orientation:
        items.append(
            "Där inget dokument säger inriktningen räknas insatsen som strukturpåverkande, om den saknar målgrupp "
            "eller riktar sig till personal. Sådana insatser är märkta härledd och räknas för sig."
        )
    return bullets(items)


def whole_ledger(portfolio: Portfolio) -> Html:
    """All money that the ledger says was granted, and which part of it the tables show, to the krona."""
    parts = portfolio.parts
    shown = parts[(parts["entries"] > 0) | (parts["part"] == "counted")]
    frame = shown.assign(label=shown["part"].map(PART_LABELS))
    total = {"label": "Hela liggaren", "entries": int(parts["entries"].sum()),
             "granted_sek": float(parts["granted_sek"].sum()),
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
    are = "saknar" if missing != count else "saknar alla"
    return (
        f"{swedish.number(missing)} av {swedish.interventions(count)} {are} belopp i liggaren. "
        "De räknas i antal men inte i pengar."
    )


def undated_line(portfolio: Portfolio) -> str:
    """The sentence on interventions without a year, which belong to no period; empty when there are none."""
    if portfolio.period is None or portfolio.undated.empty:
        return ""
    count = len(portfolio.undated)
    money = portfolio.undated["granted_sek"]
    known = f" och {labels.scale(portfolio).text(float(money.sum()))}" if money.notna().any() else ""
    return (
        f"Utöver tabellen: {swedish.interventions(count)}{known} utan år i liggaren. "
        f"De kan inte föras till {portfolio.period_label}."
    )


def table_notes(portfolio: Portfolio, *more: str) -> list[str]:
    """The notes under a table of money: amounts missing, interventions without a year, and the table's own."""
    return [text for text in (*more, amounts_missing(portfolio), undated_line(portfolio)) if text]


def external_money(portfolio: Portfolio) -> Html:
    """Interventions paid by others than the members, listed apart."""
    if portfolio.external.empty:
        return paragraph("Liggaren innehåller inga insatser med pengar från ESF, EU eller andra finansiärer.")
    scale = swedish.scale_for(float(portfolio.external["granted_sek"].sum()))
    frame = portfolio.external.assign(
        years=[swedish.years(*pair) for pair in zip(portfolio.external["first_year"], portfolio.external["last_year"],
                                                    strict=True)],
    ).sort_values("granted_sek", ascending=False, na_position="last")  # fmt: skip
    columns = [
        Column("name", "Insats"),
        Column("years", "År"),
        money_column("granted_sek", "Beviljat", scale),
    ]
    table = Table(
        name="andras-pengar",
        caption="Insatser med andras pengar, alla år i liggaren",
        frame=frame,
        columns=columns,
        total={"name": "Summa", "granted_sek": float(frame["granted_sek"].sum())},
    )
    return Html(
        table.html(), note("Dessa pengar ingår inte i tabellerna över huvudman, målgrupp, inriktning och processtöd.")
    )


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
        Column("label", labels.DIMENSIONS[dimension]),
        Column("rests_on", "Svaret vilar på"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", labels.scale(portfolio)),
    ]
    line = tables.reconciliations(portfolio)[f"{dimension}_by_basis"]
    return Table(name=name, caption=caption, frame=frame, columns=columns, reconciles=[reconciles(line)],
                 notes=table_notes(portfolio)).html()  # fmt: skip


def reconciles(line: tables.Reconciliation) -> str:
    """A table's reconciliation as a sentence with kronor in full."""
    text = f"{swedish.interventions(line.count)}. Raderna ger {swedish.kronor(line.rows_sek)}"
    if line.overlap_sek:
        text += f", minus {swedish.kronor(line.overlap_sek)} som räknats mer än en gång"
    if line.not_in_rows_sek > 0:
        text += f", plus {swedish.kronor(line.not_in_rows_sek)} till övriga insatser"
    if line.not_in_rows_sek < 0:
        text += f", minus {swedish.kronor(-line.not_in_rows_sek)} utan år"
    return f"{text}, och liggaren ger {swedish.kronor(line.total_sek)}."
