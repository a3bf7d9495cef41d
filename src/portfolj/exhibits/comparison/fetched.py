"""What is known of the municipalities, from when, and what was wrong with the fetching or with an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.comparison.kolada.client import KINDS
from portfolj.comparison.kolada.compared import NOT_IN_KOLADA, USED
from portfolj.exhibits import swedish
from portfolj.exhibits.comparison import words
from portfolj.exhibits.markup import Html, bullets, command, finding, paragraph

if TYPE_CHECKING:
    from portfolj.comparison.kolada.compared import Compared
    from portfolj.comparison.view import ComparisonView

NOT_ASKED = (
    "Förbundet har inte sagt vilka kommuner som ska jämföras. Skriv deras koder i federation.toml, under [comparison], "
    "och hämta siffrorna med portfolj kolada."
)


def fetched(view: ComparisonView) -> Html:
    """From where and from when the figures are, and everything that is not as it should be."""
    compared = view.compared
    if compared is None:
        return paragraph(NOT_ASKED)
    if compared.kept is None:
        codes = swedish.listed(compared.own)
        return Html(
            finding("Siffrorna är inte hämtade än."),
            *([paragraph(f"Det gick inte att hämta dem vid det senaste försöket: {KINDS[compared.failed]}.")]
              if compared.failed in KINDS else []),
            paragraph(f"Jämförelsen gäller kommunerna med koderna {codes}. Hämta siffrorna där det finns nät:"),
            paragraph(command("portfolj", "kolada", view.portfolio.federation.key)),
        )  # fmt: skip
    return Html(paragraph(when_and_where(compared)), *_remarks(compared))


def when_and_where(compared: Compared) -> str:
    """One or two sentences on the date and the source of the figures."""
    assert compared.kept is not None
    day = swedish.long_date(compared.kept.fetched_at.date())
    if compared.kept.invented:
        return (
            f"Siffrorna är påhittade för att visa hur sidan ser ut. Ingen av kommunerna finns. Filen är daterad {day}."
        )
    told = f"Källa: Kolada. Siffrorna hämtades {day} från {compared.kept.address}."
    if compared.kept.is_own:
        told = f"Källa: Kolada. Siffrorna är sparade svar från {day}, ur förbundets egen mapp."
    if compared.failed in KINDS:
        told += f" Det gick inte att hämta nyare vid det senaste försöket: {KINDS[compared.failed]}."
    return told


def _remarks(compared: Compared) -> list[Html]:
    about = compared.about_indicators
    lines = []
    for row in about[about["state"] != USED].drop_duplicates("indicator").itertuples():
        if row.state == NOT_IN_KOLADA:
            lines.append(f"{row.indicator} ({row.label}) finns inte i Kolada och används inte.")
            continue
        lines.append(
            f"{row.indicator} används inte. Rubriken ska vara ”{row.expected_title}” men är nu ”{row.title}”. Mäter "
            "det samma sak, skriv den nya rubriken under [comparison.titles] i federation.toml."
        )
    for code in compared.unknown:
        lines.append(f"Kolada har ingen kommun med koden {code}.")
    gaps = compared.values[(compared.values["missing"] != "") & (compared.values["role"] == "own")]
    if len(gaps):
        counts = gaps["missing"].value_counts().sort_index()
        why = [f"{words.MISSING[str(reason)]} ({count})" for reason, count in counts.items()]
        what = swedish.counted(len(gaps), "uppgift", "uppgifter")
        lines.append(f"{what} om förbundets kommuner saknas: {swedish.listed(why)}. Tabellerna visar vilka.")
    return [bullets(lines)] if lines else []
