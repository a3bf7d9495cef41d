"""What those concerned say: coded statements and answers to surveys.

Opened with the portfolio's rules, as tables for notebooks and pages. They tell of all that the files have, whatever the
period is: the same answers told by years would give small groups away.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from portfolj.disclosure import NOTHING, Count, Remembered
from portfolj.portfolio import Portfolio
from portfolj.stakeholders.contrasts import contrasts_of
from portfolj.stakeholders.questions import Question
from portfolj.stakeholders.quotes import Quotes, quotes_of
from portfolj.stakeholders.reading import StakeholdersFiles, read_stakeholders
from portfolj.stakeholders.survey import SurveyTables, remembered_as, survey_tables
from portfolj.stakeholders.themes import Themes, themes_of
from portfolj.stakeholders.verdicts import beside_verdicts


@dataclass(frozen=True, eq=False)
class StakeholdersView:
    """What there is to tell, hidden counts gone: no row on a person is in here but the quotes that may be shown.

    ``themes``: see ``themes.Themes``; ``source_kinds``: how the statements were gathered, as the files say it;
    ``contrasts``: see ``contrasts_of``; ``quotes``: see ``quotes_of``; ``questions``: as they were asked; ``survey``:
    see ``survey.SurveyTables``; ``verdicts``: see ``beside_verdicts``.
    """

    portfolio: Portfolio
    themes: Themes
    source_kinds: tuple[str, ...]
    contrasts: pd.DataFrame
    quotes: Quotes
    questions: tuple[Question, ...]
    survey: SurveyTables
    verdicts: pd.DataFrame

    @property
    def k(self) -> int:
        """The smallest number of people that is shown."""
        return self.portfolio.federation.small_cell_threshold

    @property
    def invented(self) -> bool:
        """Whether the statements are nobody's."""
        return self.portfolio.federation.stakeholders.invented

    @property
    def told(self) -> dict[str, tuple[Count, ...]]:
        """What the next report has to know of what this one tells, by the name that it is remembered under."""
        surveys = {remembered_as(survey): counts for survey, counts in self.survey.told.items()}
        return {name: counts for name, counts in (surveys | dict(self.themes.told)).items() if counts}

    def question(self, survey: str, code: str) -> Question:
        """A question by its survey and number."""
        return next(each for each in self.questions if (each.survey, each.code) == (survey, code))


def open_stakeholders(portfolio: Portfolio, *, before: Remembered = NOTHING) -> StakeholdersView:
    """The federation's own, its files read anew. ``before``: what earlier and other periods' reports have shown.

    Raises InputRefused with every fault of every file at once.
    """
    return stakeholders_of(portfolio, read_stakeholders(portfolio.federation), before=before)


def stakeholders_of(
    portfolio: Portfolio, files: StakeholdersFiles, *, before: Remembered = NOTHING
) -> StakeholdersView:
    """The same of files that have been read already."""
    federation = portfolio.federation
    k = federation.small_cell_threshold
    themes = themes_of(files.statements, k=k, before=before)
    survey = survey_tables(files, k=k, before=before)
    return StakeholdersView(
        portfolio=portfolio,
        themes=themes,
        source_kinds=tuple(kind for kind in dict.fromkeys(files.statements["source_kind"]) if kind),
        contrasts=contrasts_of(themes, least_sources=max(k, federation.stakeholders.contrast_sources)),
        quotes=quotes_of(files.statements, themes, k=k),
        questions=files.questions,
        survey=survey,
        verdicts=beside_verdicts(files.questions, survey.survey, federation),
    )
