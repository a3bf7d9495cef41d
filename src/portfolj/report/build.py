"""One federation's report: parameters checked, notebooks run, pages and files made, all published at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from portfolj import places as places_module
from portfolj.economics.opening import open_everything
from portfolj.economics.stated import Stated, check_stated
from portfolj.economics.values import VALUES_VERSION
from portfolj.economics.view import EconomicsView, economics_of
from portfolj.errors import ParameterError
from portfolj.exhibits import swedish
from portfolj.exhibits.economics.files import write_economics_tables
from portfolj.exhibits.economics.headline import economics_sentences
from portfolj.exhibits.files import write_tables
from portfolj.exhibits.followup.files import write_follow_up_tables
from portfolj.exhibits.followup.headline import follow_up_sentences
from portfolj.exhibits.funded import headline_sentences
from portfolj.exhibits.scope import least_bases
from portfolj.exhibits.workbook import write_workbook
from portfolj.files import sha256_of
from portfolj.followup.earlier import RUN_VARIABLE, SHOWN_FILE, earlier_reports, shown_file, with_this_report
from portfolj.followup.view import view_of
from portfolj.ledger import mask_personal_numbers
from portfolj.places import Places
from portfolj.portfolio.counting import COUNTING_WORDS
from portfolj.portfolio.view import Portfolio, check_rules, known_federation
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS, ExecutedNotebook, Job, execute_all, started_kernels
from portfolj.report.kernel import Kernel
from portfolj.report.manifest import write_manifest
from portfolj.report.page import PageContext
from portfolj.report.parameters import checked_for_each
from portfolj.report.publish import publish, write_file
from portfolj.report.render import render_page
from portfolj.report.site import Entry, write_report_index


@dataclass(frozen=True)
class NotebookPage:
    """A notebook and the page that it becomes."""

    notebook: str
    page: str
    title: str
    description: str


PAGES = (
    NotebookPage("2_portfolio.ipynb", "portfolio.html", "Portföljen", "Vad som finansierades, för vem och av vem."),
    NotebookPage(
        "3_follow_up.ipynb", "followup.html", "Vad det ledde till", "Deltagare, utfall, förflyttningar och mål."
    ),
    NotebookPage("4_economics.ipynb", "economics.html", "Lönade det sig?", "Intäkter, återbetalning och osäkerhet."),
    NotebookPage(
        "1_review.ipynb", "review.html", "Underlag och kodning", "Hur säkra svaren är och vad som väntar på beslut."
    ),
)
WARM = ("portfolj.exhibits", "pandas", "seaborn")  # what all notebooks import, while the ledger is read
ECONOMICS = "4_economics.ipynb"
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
    Entry(
        "tables/payback.csv", "Återbetalning (CSV)", "Intäkt, kostnad, resultat och återbetalningstid per aktör och år."
    ),
    Entry(
        "tables/break_even.csv", "Brytpunkter (CSV)", "Hur många personer som krävs för att en kostnad ska löna sig."
    ),
    Entry("tables/chance.csv", "Chans att löna sig (CSV)", "Simulerad chans och återbetalningstid per aktör."),
    Entry("tables/unit_values.csv", "Värden (CSV)", "Varje värde med år, enhet, källa och säkerhet."),
    Entry("tables/interventions.csv", "Insatser (CSV)", "Varje insats med svar, regel och orden bakom."),
    Entry("manifest.json", "Underlaget (JSON)", "Vilka filer, versioner och parametrar rapporten bygger på."),
)


@dataclass(frozen=True)
class Published:
    """A report that stands: where, and what it is about."""

    folder: Path
    portfolio: Portfolio


def build_report(
    federation: str,
    *,
    places: Places,
    parameters: Mapping[str, object],
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Published:
    """Runs the notebooks for ``federation`` and publishes ``<out>/<federation>/<period>/``.

    A wrong parameter stops it before a kernel starts, a wrong ledger before a cell runs. Raises ParameterError,
    InputRefused or another PortfoljError for that, NotebookFailed or PageFaulty for a bug; the last good report stays.
    """
    if "federation" in parameters:
        raise ParameterError("Förbundet anges som argument, inte som parameter: portfolj run FÖRBUND.")
    given = {"federation": federation, **parameters}
    rules = {name: str(given[name]) for name in ("period", "basis", "counting") if name in given}
    check_rules(federation, places=places, **rules)
    values_of = checked_for_each([places.notebooks / page.notebook for page in PAGES], given)
    checked = {page.notebook: values for page, values in zip(PAGES, values_of, strict=True)}
    stated = Stated._make(checked[ECONOMICS][name] for name in Stated._fields)
    check_stated(known_federation(federation, places=places), stated)
    with TemporaryDirectory() as own:
        memory = Path(own) / SHOWN_FILE
        environment = {
            places_module.DATA_VARIABLE: str(places.data),
            places_module.OUT_VARIABLE: str(places.out),
            places_module.NOTEBOOKS_VARIABLE: str(places.notebooks),
            RUN_VARIABLE: str(memory),
        }
        with started_kernels(len(PAGES), folder=places.notebooks, environment=environment, warm=WARM) as kernels:
            portfolio, rows, files = open_everything(federation, places=places, **rules)
            before = earlier_reports(portfolio, places=places)
            follow_up = view_of(portfolio, rows, before=before)
            economics = economics_of(follow_up, files, stated=stated)
            shown_counts = with_this_report(before, follow_up)
            memory.write_text(shown_counts, encoding="utf-8")  # what is protected here is not protected anew there
            target = places.out / federation / portfolio.period_key

            def build(folder: Path) -> None:
                jobs = [
                    Job(
                        places.notebooks / notebook,
                        values,
                        folder / "notebooks" / notebook,
                        environment,
                        timeout_seconds,
                    )
                    for notebook, values in checked.items()
                ]
                _fill(folder, economics, jobs=jobs, kernels=kernels)
                if follow_up.shown:
                    # Before the report is published: nothing is ever out that is not remembered.
                    write_file(shown_file(portfolio, places=places), shown_counts)

            publish(build, target)
    return Published(target, portfolio)


def _fill(
    folder: Path,
    economics: EconomicsView,
    *,
    jobs: Sequence[Job],
    kernels: Sequence[Kernel],
) -> None:
    portfolio, follow_up = economics.portfolio, economics.follow_up

    def write_page(position: int, executed: ExecutedNotebook) -> None:
        page = PAGES[position]
        html = render_page(executed, page=_context(portfolio, page.title, _siblings(page)))
        (folder / page.page).write_text(html, encoding="utf-8", newline="\n")

    def write_files() -> None:
        write_tables(portfolio, folder / "tables")
        write_follow_up_tables(follow_up, folder / "tables")
        write_economics_tables(economics, folder / "tables")
        write_workbook(portfolio, folder / "tables.xlsx", follow_up, economics)

    execute_all(jobs, kernels=kernels, then=write_page, meanwhile=write_files)
    notebooks = [
        Entry(f"notebooks/{page.notebook}", f"{page.title} (notebook)", "Som den kördes, med alla steg.")
        for page in PAGES
    ]
    findings = headline_sentences(portfolio) + follow_up_sentences(follow_up) + economics_sentences(economics)
    write_report_index(
        folder,
        page=_context(portfolio, portfolio.federation.name, []),
        pages=[Entry(page.page, page.title, page.description) for page in PAGES],
        files=[*FILES, *notebooks],
        findings=findings,
    )
    _write_manifest(
        folder,
        portfolio,
        parameters={name: value for job in jobs for name, value in job.parameters.items()},
        findings=findings,
    )


def _context(portfolio: Portfolio, title: str, links: list[tuple[str, str]]) -> PageContext:
    federation = portfolio.federation
    inputs = [(f"Underlag: {name}", f"SHA-256 {digest[:12]}") for name, digest in _named_inputs(portfolio).items()]
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
        links=links,
    )


def _named_inputs(portfolio: Portfolio) -> dict[str, str]:
    """SHA-256 by file name; a file name may hold a personal number as well as any cell."""
    federation = portfolio.federation
    files = [*federation.followup.files.values(), *federation.economics.files.values()]
    names = [name for each in files for name in each]
    inputs = portfolio.prepared.inputs | {name: sha256_of(federation.folder / name) for name in names}
    return {mask_personal_numbers(name): digest for name, digest in inputs.items()}


def _siblings(page: NotebookPage) -> list[tuple[str, str]]:
    others = [(other.title, other.page) for other in PAGES if other != page]
    return [("Översikt och filer", "index.html"), *others]


def _write_manifest(
    folder: Path, portfolio: Portfolio, *, parameters: Mapping[str, object], findings: list[str]
) -> None:
    prepared, federation = portfolio.prepared, portfolio.federation
    write_manifest(
        folder,
        federation=federation.key,
        federation_name=federation.name,
        period="" if portfolio.period is None else portfolio.period_key,
        parameters={**parameters, "basis": portfolio.basis.value, "counting": portfolio.counting.value},
        inputs=_named_inputs(portfolio),
        rows=dict(zip(("in", "used", "set_aside"), prepared.row_counts, strict=True)),
        vintages={"codebook": portfolio.codebook.version, "unit_values": VALUES_VERSION},
        headline=findings[:1],
        notice=f"{federation.notice.title}. {federation.notice.text}" if federation.notice else "",
    )
