"""What a report consists of: its pages, its files, and what stands at the head and foot of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolj.comparison.kolada.cache import used_file
from portfolj.files import sha256_of
from portfolj.report.page import Entry, PageContext

if TYPE_CHECKING:
    # Whether a report is unchanged is told from the names below, before what makes one is imported.
    from portfolj.portfolio.view import Portfolio


@dataclass(frozen=True)
class NotebookPage:
    """A notebook and the page that it becomes."""

    notebook: str
    page: str
    title: str
    description: str


PAGES = (
    NotebookPage("0_board.ipynb", "board.html", "För styrelsen", "Det hela på två sidor, med vägen till varje siffra."),
    NotebookPage("2_portfolio.ipynb", "portfolio.html", "Portföljen", "Vad som finansierades, för vem och av vem."),
    NotebookPage(
        "3_follow_up.ipynb", "followup.html", "Vad det ledde till", "Deltagare, utfall, förflyttningar och mål."
    ),
    NotebookPage("4_economics.ipynb", "economics.html", "Lönade det sig?", "Intäkter, återbetalning och osäkerhet."),
    NotebookPage(
        "5_goals.ipynb",
        "goals.html",
        "Mål, underlag och strategi",
        "Om målen går att följa upp, vad som är dokumenterat och om pengarna följde strategin.",
    ),
    NotebookPage("6_stakeholders.ipynb", "stakeholders.html", "Vad de berörda säger", "Intervjuer och enkäter."),
    NotebookPage(
        "7_comparison.ipynb", "comparison.html", "Jämförelser", "Liknande kommuner och statens fördelningsmodell."
    ),
    NotebookPage(
        "1_review.ipynb", "review.html", "Underlag och kodning", "Hur säkra svaren är och vad som väntar på beslut."
    ),
)
FILES = (
    Entry("tables.xlsx", "Tabellerna som arbetsbok", "Alla tabeller med svenska rubriker, ett blad för varje."),
    Entry("tables/owner.csv", "Huvudman (CSV)", "Antal, summa och medel per huvudman."),
    Entry("tables/target_group.csv", "Målgrupp (CSV)", "Antal och pengar per målgrupp efter tre räkneregler."),
    Entry("tables/orientation.csv", "Inriktning (CSV)", "Antal och pengar per inriktning."),
    Entry("tables/process_support.csv", "Processtöd (CSV)", "Pengar till processledare och ESF-stöd."),
    Entry("tables/year.csv", "År (CSV)", "Pengar per beslutsår och finansiering."),
    Entry("tables/published.csv", "Tryckta siffror (CSV)", "Tryckta siffror jämförda med liggaren och med varandra."),
    Entry(
        "tables/pending.csv",
        "Väntar på beslut (CSV)",
        "Svar som inte är säkra, och vad varje beslut kan flytta.",
    ),
    Entry("tables/outcomes.csv", "Utfall (CSV)", "Deltaganden, avslut och utfall per grupp; dolda tal är tomma."),
    Entry("tables/progression.csv", "Förflyttning (CSV)", "Upp, ned och oförändrat per grupp; dolda tal är tomma."),
    Entry("tables/goals.csv", "Mål (CSV)", "Insatsernas mål, utfall och bedömning."),
    Entry("tables/documentation.csv", "Underlag (CSV)", "Vilka uppgifter som finns om varje insats, och var de står."),
    Entry("tables/phases.csv", "Faser (CSV)", "Insatser som finansieras i steg: belopp, villkor och läge."),
    Entry("tables/themes.csv", "Teman (CSV)", "Utsagor och källor per tema, roll och slag; dolda tal är tomma."),
    Entry("tables/survey.csv", "Enkätsvar (CSV)", "Svar per fråga och grupp, med svarsfrekvens; dolda tal är tomma."),
    Entry(
        "tables/payback.csv", "Återbetalning (CSV)", "Intäkt, kostnad, resultat och återbetalningstid per aktör och år."
    ),
    Entry(
        "tables/break_even.csv", "Brytpunkter (CSV)", "Hur många personer som krävs för att en kostnad ska löna sig."
    ),
    Entry("tables/chance.csv", "Chans att löna sig (CSV)", "Simulerad chans och återbetalningstid per aktör."),
    Entry("tables/unit_values.csv", "Värden (CSV)", "Varje värde med år, enhet, källa och säkerhet."),
    Entry("tables/comparison.csv", "Jämförelse (CSV)", "Nyckeltal för kommunerna, liknande kommuner och riket per år."),
    Entry(
        "tables/allocation.csv", "Statens fördelning (CSV)", "Vad fördelningsmodellen ger varje förbund, steg för steg."
    ),
    Entry("tables/strategy.csv", "Strategi (CSV)", "Styrelsens prioriteringar: avsett och beviljat per år."),
    Entry("tables/strategy_outside.csv", "Utanför strategin (CSV)", "Insatser som inte hör till en prioritering."),
    Entry("tables/interventions.csv", "Insatser (CSV)", "Varje insats med svar, regel och orden bakom."),
    Entry("tables/entries.csv", "Poster (CSV)", "Liggarens poster: insats, år, finansiering och belopp."),
    Entry("tables/changes.csv", "Ändringar (CSV)", "Allt som skiljer sig från den förra rapporten."),
    Entry("manifest.json", "Underlaget (JSON)", "Vilka filer, versioner och parametrar rapporten bygger på."),
)


def page_context(portfolio: Portfolio, title: str, links: Sequence[tuple[str, str]] = ()) -> PageContext:
    """The head and foot of a page about ``portfolio``; ``links`` are other pages as text and address."""
    from portfolj.exhibits import swedish
    from portfolj.exhibits.scope import least_bases
    from portfolj.portfolio.counting import COUNTING_WORDS

    federation = portfolio.federation
    inputs = [(f"Underlag: {name}", f"SHA-256 {digest[:12]}") for name, digest in named_inputs(portfolio).items()]
    return PageContext(
        title=title,
        federation_name="" if title == federation.name else federation.name,
        period_label=portfolio.period_label,
        notice_title=federation.notice.title if federation.notice else "",
        notice_text=federation.notice.text if federation.notice else "",
        contact=federation.contact,
        produced_on=swedish.long_date(date.today()),
        provenance=[
            *inputs,
            ("Kodbok", f"version {portfolio.codebook.version}"),
            *least_bases(portfolio),
            ("Räkneregel för målgrupper", COUNTING_WORDS[portfolio.counting]),
        ],
        links=list(links),
    )


def named_inputs(portfolio: Portfolio) -> dict[str, str]:
    """SHA-256 by file name; a file name may hold a personal number as well as any cell."""
    from portfolj.federation.inputs import files_beside
    from portfolj.ledger import mask_personal_numbers

    federation = portfolio.federation
    names = files_beside(federation)
    inputs = portfolio.prepared.inputs | {name: sha256_of(federation.folder / name) for name in names}
    kolada = used_file(federation) if federation.comparison.municipalities else None
    inputs |= {kolada.name: sha256_of(kolada)} if kolada is not None else {}
    return {mask_personal_numbers(name): digest for name, digest in inputs.items()}


def siblings(page: NotebookPage) -> list[tuple[str, str]]:
    """The other pages of the same report, as text and address."""
    others = [(other.title, other.page) for other in PAGES if other != page]
    return [("Översikt och filer", "index.html"), *others]
