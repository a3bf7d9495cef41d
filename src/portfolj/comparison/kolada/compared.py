"""A federation's municipalities beside similar ones and the nation, in each indicator and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from portfolj.comparison.kolada.answers import Answers, read_answers
from portfolj.comparison.kolada.cache import Kept
from portfolj.comparison.kolada.indicators import Indicator, indicators_of, same_title
from portfolj.comparison.kolada.similar import Similar, nearest
from portfolj.federation.comparison import NATION, ComparisonSettings

INHABITANTS: Final = "N01951"
OWN, SIMILAR, NATION_ROLE = "own", "similar", "nation"
USED, TITLE_CHANGED, NOT_IN_KOLADA = "used", "title_changed", "not_in_kolada"
VALUE_COLUMNS: Final = ("indicator", "municipality", "name", "role", "year", "value", "missing")
SUMMARY_COLUMNS: Final = (
    "indicator", "year", "own_mean", "similar_median", "similar_low", "similar_high", "similar_count", "nation",
)  # fmt: skip
INDICATOR_COLUMNS: Final = ("indicator", "label", "use", "expected_title", "title", "state")


@dataclass(frozen=True, eq=False)
class Compared:
    """The comparison. ``kept``: the answers it is made of, None where nothing has been fetched.

    ``failed``: how fetching failed the last time, see ``client.KINDS``. ``names``: code -> name; ``unknown``: own codes
    that Kolada has no municipality for. ``indicators``: those that can be used, ``about_indicators``: a row for each
    that was asked for, with its titles and ``state``. ``values``: a row per indicator, municipality and year with a
    value or what is ``missing``. ``summary``: a row per indicator and year; ``own_mean`` is weighted by inhabitants and
    not a number where a value or an inhabitant count is missing, or where a mean would say nothing.
    """

    own: tuple[str, ...]
    kept: Kept | None
    failed: str
    names: Mapping[str, str]
    unknown: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    similar_by: tuple[Indicator, ...]
    about_indicators: pd.DataFrame
    similar: Similar
    values: pd.DataFrame
    summary: pd.DataFrame


def compared_of(settings: ComparisonSettings, kept: Kept | None, *, failed: str = "") -> Compared:
    """The comparison that the settings ask for, of what has been fetched. Raises AnswerUnreadable."""
    own = tuple(settings.municipalities)
    answers = read_answers(kept.answers if kept else ())
    known = tuple(code for code in own if code in answers.municipalities)
    shown, similar_by = (usable(settings, answers, ids) for ids in (settings.indicators, settings.similar_by))
    similar = similar_of(settings, answers)
    everybody = [*((code, OWN) for code in own), *((code, SIMILAR) for code in similar.codes), (NATION, NATION_ROLE)]
    years = _years(answers, settings)
    values = _values(answers, everybody, shown, years) if kept else _empty(VALUE_COLUMNS)
    return Compared(
        own, kept, failed, answers.names, tuple(code for code in own if code not in known) if kept else (),
        shown, similar_by, _about_indicators(settings, answers) if kept else _empty(INDICATOR_COLUMNS), similar,
        values, _summary(values, shown, _population(answers), own),
    )  # fmt: skip


def usable(settings: ComparisonSettings, answers: Answers, ids: Sequence[str]) -> tuple[Indicator, ...]:
    """Those of the indicators whose title in Kolada is the expected one."""
    return tuple(i for i in indicators_of(settings, ids) if _state(i, answers) == USED)


def similar_of(settings: ComparisonSettings, answers: Answers) -> Similar:
    """The similar municipalities by what has been answered."""
    by = usable(settings, answers, settings.similar_by)
    if len(by) < len(settings.similar_by) and answers.titles:
        changed = [each for each in settings.similar_by if each not in {i.id for i in by}]
        none = nearest(answers.values, own=(), municipalities=(), indicators=(), count=0)
        why = f"{', '.join(changed)} går inte att använda, och utan det betyder likheten något annat"
        return Similar(none.table, None, 0, (), why)
    own = [code for code in settings.municipalities if code in answers.municipalities]
    return nearest(
        answers.values, own=own, municipalities=answers.municipalities, indicators=[i.id for i in by],
        count=settings.similar,
    )  # fmt: skip


def _state(indicator: Indicator, answers: Answers) -> str:
    title = answers.titles.get(indicator.id)
    if title is None:
        return NOT_IN_KOLADA
    return USED if same_title(title, indicator.title) else TITLE_CHANGED


def _about_indicators(settings: ComparisonSettings, answers: Answers) -> pd.DataFrame:
    rows = [
        (i.id, i.label, use, i.title, answers.titles.get(i.id, ""), _state(i, answers))
        for use, ids in (("shown", settings.indicators), ("similar_by", settings.similar_by))
        for i in indicators_of(settings, ids)
    ]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))


def _years(answers: Answers, settings: ComparisonSettings) -> list[int]:
    """The latest years that anything is known of, as many as are asked for."""
    known = answers.values[answers.values["indicator"].isin(settings.indicators) & answers.values["value"].notna()]
    if known.empty:
        return []
    last = int(known["year"].max())
    return list(range(max(last - settings.years + 1, int(known["year"].min())), last + 1))


def _values(
    answers: Answers, everybody: Sequence[tuple[str, str]], shown: Sequence[Indicator], years: Sequence[int]
) -> pd.DataFrame:
    told = {
        (str(i), str(m), int(y)): (value, str(missing))
        for i, m, y, value, missing in answers.values.itertuples(index=False)
    }
    rows = []
    for indicator in shown:
        for code, role in everybody:
            for year in years:
                about = indicator.id, code, year
                value, missing = told.get(about, (float("nan"), answers.missing(*about)))
                rows.append((indicator.id, code, answers.names.get(code, ""), role, year, value, missing))
    return pd.DataFrame(rows, columns=list(VALUE_COLUMNS)).astype({"value": "float64"})


def _population(answers: Answers) -> pd.Series:
    """Inhabitants by municipality and year; none where the indicator has changed its title."""
    expected = indicators_of(ComparisonSettings(), [INHABITANTS])[0]
    rows = answers.values[answers.values["indicator"] == INHABITANTS]
    if _state(expected, answers) != USED:
        rows = rows.iloc[:0]
    return rows.set_index(["municipality", "year"])["value"]


def _summary(
    values: pd.DataFrame, shown: Sequence[Indicator], population: pd.Series, own: Sequence[str]
) -> pd.DataFrame:
    rows = []
    weighted = {i.id for i in shown if i.weighted}
    for (indicator, year), group in values.groupby(["indicator", "year"], sort=False):
        of = {role: group[group["role"] == role]["value"] for role in (OWN, SIMILAR, NATION_ROLE)}
        similar = of[SIMILAR].dropna()
        mean = float("nan")
        if len(own) == 1:
            mean = float(of[OWN].iloc[0])
        elif indicator in weighted:
            people = pd.Series([population.get((code, year), float("nan")) for code in own])
            mean = float((of[OWN].reset_index(drop=True) * people).sum(skipna=False) / people.sum(skipna=False))
        nation = float(of[NATION_ROLE].iloc[0])
        rows.append((indicator, year, mean, similar.median(), similar.min(), similar.max(), len(similar), nation))
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def _empty(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in columns})
