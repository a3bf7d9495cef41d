"""The words that people read for the codes of follow-up."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from portfolj.exhibits import labels, swedish
from portfolj.followup.codes import label_of
from portfolj.portfolio.view import Portfolio

GROUPS = {
    "all": "Alla",
    "sex": "Kön",
    "age": "Ålder",
    "sex_age": "Kön och ålder",
    "municipality": "Kommun",
    "referrer": "Remittent",
    "intervention": "Insats",
    "owner": "Huvudman",
    "target_group": "Målgrupp",
    "year": "År",
}
# A group inside a sentence or a caption: "per kön", "per remittent".
PER = {group: f"per {label.casefold()}" for group, label in GROUPS.items()} | {
    "all": "för alla",
    "sex_age": "per kön och ålder",
}
OCCUPATION_GROUPS = {
    "work": "Förvärvsarbete",
    "study": "Studier",
    "seeking_only": "Aktivt arbetssökande, varken arbete eller studier",
    "other": "Övriga avslutade",
    "missing": "Uppgift saknas",
}
STARTED = {"work": "Arbete", "study": "Studier", "either": "Arbete eller studier"}
LENGTHS = {
    "under-3": "Under 3 månader",
    "3-6": "3 till 6 månader",
    "6-12": "6 till 12 månader",
    "12-24": "12 till 24 månader",
    "24+": "24 månader eller mer",
    "missing": "Uppgift saknas",
}
# What stands for several that few have, and for interventions that the ledger does not have.
SMALL = {"few": "Övriga, med få deltaganden var", "unmatched": "Inte i liggaren"}
MEASURES = {
    "participants": "Deltagare",
    "participations": "Deltaganden",
    "persons": "Personer",
    "ended": "Avslutade",
    "completed": "Fullföljt",
    "anonymous": "Anonyma deltaganden",
    "ongoing": "Pågående",
    "exits": "Avslut",
    "to_work": "Till arbete",
    "to_study": "Till studier",
    "to_training": "Till arbetsmarknadsutbildning",
    "work_or_study": "Till arbete eller studier",
    "work_study_or_training": "Till arbete, studier eller arbetsmarknadsutbildning",
    "missing_after": "Uppgift efteråt saknas",
    "measured_twice": "Mätta minst två gånger",
    "up": "Uppåt",
    "down": "Nedåt",
    "unchanged": "Oförändrat",
    "never_twice": "Aldrig mätta två gånger",
    # What reports that were printed call it. Which way a step went, they do not always say.
    "step_shown": "Dokumenterad stegförflyttning",
    "step_not_shown": "Ingen visad stegförflyttning",
    "step_shown_other": "Stegförflyttning till annat",
    "at_exit": "Läge vid avslut",
    "mean_months": "Medeltid i insatsen",
    "budget": "Budget",
    "sum": "Summa",
}
# Shares whose name is not that of what they are of.
SHARES = {
    "step_shown": "Andel med dokumenterad stegförflyttning",
    "step_not_shown": "Andel utan visad stegförflyttning",
    "step_shown_other": "Andel med stegförflyttning till annat",
    "at_exit": "Andel med läge vid avslut",
}
# Groups without an order of their own: their categories stand by the alphabet.
BY_ALPHABET = ("municipality", "referrer", "intervention", "owner", "target_group")
LAST = ("few", "unmatched", "missing")
OCCASIONS = {"first": "Första mätningen", "last": "Sista mätningen"}
BASES = {"participants": "Av alla deltagare", "completed": "Av dem som fullföljt"}


def category(portfolio: Portfolio, group: str, value: str) -> str:
    """The label of one category of a breakdown. A category that is the federation's own word is shown as written."""
    text = str(value)
    if text in SMALL and group != "sex":
        return SMALL[text]
    if group in ("owner", "target_group") and text != "missing":
        dimension = {"owner": "owner", "target_group": "target_groups"}[group]
        return labels.code(portfolio.codebook, dimension, text) if _is_code(portfolio, dimension, text) else text
    if group == "sex_age":
        return ", ".join(label for label in sex_and_age(text))
    if group == "all":
        return GROUPS["all"]
    if group == "sex":
        return sex(text)
    if group == "age":
        return age(text)
    if text == "missing":
        return swedish.sentence(swedish.MISSING)
    return label_of("referrer", text) if group == "referrer" else text


def in_order(portfolio: Portfolio, group: str, values: Iterable[str]) -> list[str]:
    """The categories of a group in the order that people look for them in; what is no category of its own last.

    By the alphabet where the group has no order of its own, as it comes where it has.
    """
    if group not in BY_ALPHABET:
        return list(values)

    def place(value: str) -> tuple[int, str]:
        last = LAST.index(value) + 1 if value in LAST else 0
        return last, swedish.alphabetical(category(portfolio, group, value))

    return sorted(values, key=place)


def categories(portfolio: Portfolio, rows: pd.DataFrame) -> list[str]:
    """The label of each row of a breakdown, from its ``group`` and ``category``."""
    return [category(portfolio, group, value) for group, value in zip(rows["group"], rows["category"], strict=True)]


def labelled(portfolio: Portfolio, rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of one group with their ``label``, in the order of ``in_order``."""
    rows = rows.assign(label=categories(portfolio, rows))
    places = {value: place for place, value in enumerate(in_order(portfolio, group, rows["category"]))}
    return rows.sort_values("category", key=lambda column: column.map(places), ignore_index=True)


def length(band: str) -> str:
    """How long a participation lasted."""
    return LENGTHS.get(band, band)


def base(name: str) -> str:
    """Whom exits are counted of."""
    return BASES.get(name, name)


def inside(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].casefold() + label[1:]


def measure(name: str) -> str:
    """The label of a measure; of its share where the name says ``share_``: ``Andel till arbete``."""
    of, share = name.removeprefix("share_of_"), name.removeprefix("share_")
    if of != name and of in MEASURES:
        who = f"dem som gick {inside(MEASURES[of])}" if of.startswith("to_") else inside(MEASURES[of])
        return f"Andel av {who}"
    if share != name and share in MEASURES:
        return SHARES.get(share) or f"Andel {inside(MEASURES[share])}"
    return MEASURES.get(name, name)


def sex(code: str) -> str:
    """``Kvinnor``, ``Män``, ``Kön saknas``, ``Alla``."""
    return label_of("sex_of_count", code)


def occupation(code: str) -> str:
    """The label of an occupation."""
    return label_of("occupation", code)


def occupation_group(code: str) -> str:
    """The label of a group of occupations."""
    return OCCUPATION_GROUPS.get(code, code)


def started(code: str) -> str:
    """What was started or increased."""
    return STARTED.get(code, code)


def income(code: str) -> str:
    """The label of a source of income."""
    return label_of("income", code)


def sex_and_age(value: str) -> tuple[str, str]:
    """The two labels of a category of sex and age."""
    code, _, band = value.partition(";")
    return sex(code), age(band)


def age(band: str) -> str:
    """``20–29 år``, ``Under 20 år``, ``60 år eller äldre``."""
    if band == "missing":
        return "Ålder saknas"
    if band.startswith("under-"):
        return f"Under {band.removeprefix('under-')}{swedish.NBSP}år"
    if band.endswith("+"):
        return f"{band.removesuffix('+')}{swedish.NBSP}år eller äldre"
    return f"{band.replace('-', '–')}{swedish.NBSP}år"


def point(value: str) -> str:
    """A point in time of the flow: ``Start``, ``3 månader``, ``Avslut``."""
    named = {"0": "Start", "exit": "Avslut", "start": "Start"}
    text = str(value)
    return named.get(text, f"{text}{swedish.NBSP}månader" if text.isdigit() else text)


def at_point(value: str) -> str:
    """The same in the middle of a sentence: ``vid start``, ``efter 3 månader``, ``vid avslut``."""
    text = point(value)
    return f"efter {text}" if str(value).isdigit() and str(value) != "0" else f"vid {inside(text)}"


def _is_code(portfolio: Portfolio, dimension: str, value: str) -> bool:
    return all(part in portfolio.codebook.codes(dimension) for part in value.split(";"))
