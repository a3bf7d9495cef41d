"""Everything of an evaluation that leaves as a file or a sentence, part by part in the order of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from portfolj.evaluation import Evaluation
from portfolj.exhibits.comparison.files import comparison_tables
from portfolj.exhibits.comparison.headline import comparison_sentences
from portfolj.exhibits.comparison.sheets import comparison_sheets
from portfolj.exhibits.documentation.files import documentation_tables
from portfolj.exhibits.documentation.headline import documentation_sentences
from portfolj.exhibits.documentation.sheets import documentation_sheets
from portfolj.exhibits.economics.files import write_economics_tables
from portfolj.exhibits.economics.headline import economics_sentences
from portfolj.exhibits.economics.sheets import economics_sheets
from portfolj.exhibits.entries import write_entries
from portfolj.exhibits.files import harmless_frame, write_tables
from portfolj.exhibits.followup.files import write_follow_up_tables
from portfolj.exhibits.followup.headline import follow_up_sentences
from portfolj.exhibits.followup.sheets import sheets as follow_up_sheets
from portfolj.exhibits.funded import headline_sentences
from portfolj.exhibits.goals.files import goals_tables
from portfolj.exhibits.goals.headline import goals_sentences
from portfolj.exhibits.goals.sheets import goals_sheets
from portfolj.exhibits.logic.files import logic_tables
from portfolj.exhibits.logic.headline import logic_sentences
from portfolj.exhibits.logic.sheets import logic_sheets
from portfolj.exhibits.sheet import Sheet
from portfolj.exhibits.stakeholders.files import stakeholders_tables
from portfolj.exhibits.stakeholders.headline import stakeholders_sentences
from portfolj.exhibits.stakeholders.sheets import stakeholders_sheets
from portfolj.exhibits.strategy.files import strategy_tables
from portfolj.exhibits.strategy.headline import strategy_sentences
from portfolj.exhibits.strategy.sheets import strategy_sheets


def write_every_table(evaluation: Evaluation, folder: Path) -> None:
    """Writes every table of the report as ``<name>.csv`` (UTF-8, commas, decimal points)."""
    write_tables(evaluation.portfolio, folder)
    write_follow_up_tables(evaluation.follow_up, folder)
    write_economics_tables(evaluation.economics, folder)
    for name, frame in beside_tables(evaluation).items():
        harmless_frame(frame).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    write_entries(evaluation.portfolio, folder)


def beside_tables(evaluation: Evaluation) -> Mapping[str, pd.DataFrame]:
    """The tables of the parts beside portfolio, follow-up and economics, by their names as files."""
    return {
        **goals_tables(evaluation.goals),
        **documentation_tables(evaluation.documentation),
        **strategy_tables(evaluation.strategy),
        **stakeholders_tables(evaluation.stakeholders),
        **logic_tables(evaluation.logic),
        **comparison_tables(evaluation.comparison),
    }


def more_sheets(evaluation: Evaluation) -> Iterator[Sheet]:
    """The sheets of the workbook after those of the portfolio."""
    yield from follow_up_sheets(evaluation.follow_up)
    yield from economics_sheets(evaluation.economics)
    yield from goals_sheets(evaluation.goals)
    yield from documentation_sheets(evaluation.documentation)
    yield from strategy_sheets(evaluation.strategy)
    yield from stakeholders_sheets(evaluation.stakeholders)
    yield from logic_sheets(evaluation.logic)
    yield from comparison_sheets(evaluation.comparison)


def every_sentence(evaluation: Evaluation) -> dict[str, list[str]]:
    """The findings for the first page, by the page that each is from; in the order of the pages."""
    return {
        "portfolio.html": headline_sentences(evaluation.portfolio),
        "followup.html": follow_up_sentences(evaluation.follow_up),
        "economics.html": economics_sentences(evaluation.economics),
        "goals.html": [
            *goals_sentences(evaluation.goals),
            *logic_sentences(evaluation.logic),
            *documentation_sentences(evaluation.documentation),
            *strategy_sentences(evaluation.strategy),
        ],
        "stakeholders.html": stakeholders_sentences(evaluation.stakeholders),
        "comparison.html": comparison_sentences(evaluation.comparison),
    }
