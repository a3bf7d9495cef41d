"""One federation's report: parameters checked, notebooks run, pages and files made, all published at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolj import places as places_module
from portfolj.disclosure import remembered
from portfolj.earlier import RUN_VARIABLE, SHOWN_FILE, earlier_reports, shown_file, with_this_report
from portfolj.economics.values import VALUES_VERSION
from portfolj.evaluation import Evaluation, evaluation_of, open_everything
from portfolj.exhibits.whole import every_sentence, more_sheets, write_every_table
from portfolj.exhibits.workbook import write_workbook
from portfolj.federation import known_federation
from portfolj.followup.view import view_of
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio
from portfolj.report.asked import asked_of
from portfolj.report.change_section import change_section
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS, ExecutedNotebook, Job, execute_all, started_kernels
from portfolj.report.fingerprint import fingerprint as fingerprint_of
from portfolj.report.index import write_report_index
from portfolj.report.kernel import Kernel
from portfolj.report.lock import only_one
from portfolj.report.manifest import versions, write_manifest
from portfolj.report.page import Entry
from portfolj.report.pages import FILES, PAGES, named_inputs, page_context, siblings
from portfolj.report.predecessor import changes_since
from portfolj.report.publish import publish, write_file
from portfolj.report.render import render_page
from portfolj.report.rooms import room

WARM = ("portfolj.exhibits", "pandas", "seaborn")  # what all notebooks import, while the ledger is read


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
    wait_seconds: float = 0.0,
) -> Published:
    """Runs the notebooks for ``federation`` and publishes ``<out>/<federation>/<period>/``.

    The report that it takes the place of becomes history. Another run of the federation is waited for at most
    ``wait_seconds``. A wrong parameter stops it before a kernel starts, a wrong ledger before a cell runs. Raises
    ParameterError, InputRefused, Occupied or another PortfoljError for that, NotebookFailed or PageFaulty for a bug;
    the last good report stays.
    """
    known_federation(federation, places=places)
    # Over all periods: what one report has shown of people is read here before, and remembered after, another is made.
    with only_one(places.out / federation, wait_seconds=wait_seconds):
        return _build(federation, places, parameters, timeout_seconds)


def _build(federation: str, places: Places, parameters: Mapping[str, object], timeout_seconds: float) -> Published:
    asked = asked_of(federation, parameters, places=places)
    # Before any input is read: one that changes meanwhile makes the next run make the report again.
    made_from = fingerprint_of(federation, places=places, parameters=parameters)
    with room() as own:
        memory = own / SHOWN_FILE
        environment = {
            places_module.DATA_VARIABLE: str(places.data),
            places_module.OUT_VARIABLE: str(places.out),
            places_module.NOTEBOOKS_VARIABLE: str(places.notebooks),
            RUN_VARIABLE: str(memory),
        }
        with started_kernels(len(PAGES), folder=places.notebooks, environment=environment, warm=WARM) as kernels:
            opened = open_everything(federation, places=places, **asked.rules)
            portfolio = opened.portfolio
            before = earlier_reports(portfolio, places=places)
            follow_up = view_of(portfolio, opened.follow_up, before=before)
            evaluation = evaluation_of(opened, follow_up=follow_up, before=before, stated=asked.stated)
            after = with_this_report(before, follow_up, evaluation.stakeholders)
            # The notebooks read it: what is protected here is not protected anew there.
            memory.write_text(remembered.text_of(after), encoding="utf-8")
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
                    for notebook, values in asked.values.items()
                ]
                _fill(folder, evaluation, jobs=jobs, kernels=kernels, standing=target, fingerprint=made_from)
                if after != before:
                    # Before the report is published: nothing is ever out that is not remembered.
                    write_file(shown_file(portfolio, places=places), remembered.text_of(after))

            publish(build, target, history=True)
    return Published(target, portfolio)


def _fill(
    folder: Path,
    evaluation: Evaluation,
    *,
    jobs: Sequence[Job],
    kernels: Sequence[Kernel],
    standing: Path,
    fingerprint: str,
) -> None:
    portfolio, follow_up = evaluation.portfolio, evaluation.follow_up

    def write_page(position: int, executed: ExecutedNotebook) -> None:
        page = PAGES[position]
        html = render_page(executed, page=page_context(portfolio, page.title, siblings(page)))
        (folder / page.page).write_text(html, encoding="utf-8", newline="\n")

    def write_files() -> None:
        write_every_table(evaluation, folder / "tables")
        sheets = more_sheets(evaluation)
        write_workbook(portfolio, folder / "tables.xlsx", sheets, hides=bool(follow_up.kinds))

    execute_all(jobs, kernels=kernels, then=write_page, meanwhile=write_files)
    notebooks = [
        Entry(f"notebooks/{page.notebook}", f"{page.title} (notebook)", "Som den kördes, med alla steg.")
        for page in PAGES
    ]
    about = _made_of(portfolio, {name: value for job in jobs for name, value in job.parameters.items()})
    k = portfolio.federation.small_cell_threshold
    since = changes_since(standing, folder, about={**about, "versions": versions()}, k=k)
    findings = every_sentence(evaluation)
    write_report_index(
        folder,
        page=page_context(portfolio, portfolio.federation.name),
        pages=[Entry(page.page, page.title, page.description) for page in PAGES],
        files=[*FILES, *notebooks],
        findings=findings,
        sections=[change_section(since, portfolio)],
    )
    federation = portfolio.federation
    write_manifest(
        folder,
        federation=federation.key,
        federation_name=federation.name,
        period="" if portfolio.period is None else portfolio.period_key,
        inputs=named_inputs(portfolio),
        headline=[finding for own in findings.values() for finding in own][:1],
        notice=f"{federation.notice.title}. {federation.notice.text}" if federation.notice else "",
        fingerprint=fingerprint,
        remembered=SHOWN_FILE if follow_up.shown or evaluation.stakeholders.told else "",
        changes=since.for_manifest,
        **about,
    )


def _made_of(portfolio: Portfolio, parameters: Mapping[str, object]) -> dict[str, Any]:
    """What of the manifest a later report is compared with: the parameters, the rows and the versions of data."""
    return {
        "parameters": {**parameters, "basis": portfolio.basis.value, "counting": portfolio.counting.value},
        "rows": dict(zip(("in", "used", "set_aside"), portfolio.prepared.row_counts, strict=True)),
        "vintages": {"codebook": portfolio.codebook.version, "unit_values": VALUES_VERSION},
    }
