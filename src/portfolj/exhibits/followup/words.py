"""The words that people read for the codes of follow-up."""

from __future__ import annotations

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
    "step_shown": "Stegförflyttning visad",
    "step_not_shown": "Stegförflyttning inte visad",
    "step_shown_other": "Stegförflyttning till annat",
    "at_exit": "Läge vid avslut",
    "mean_months": "Medeltid i insatsen",
    "budget": "Budget",
    "sum": "Summa",
}
OCCASIONS = {"first": "Första mätningen", "last": "Sista mätningen"}
BASES = {"participants": "Av alla deltagare", "completed": "Av dem som fullföljt"}


def category(portfolio: Portfolio, group: str, value: str) -> str:
    """The label of one category of a breakdown. A category that is the federation's own word is shown as written."""
    text = str(value)
    if group in ("owner", "target_group") and text != "missing":
        dimension = {"owner": "owner", "target_group": "target_groups"}[group]
        return labels.code(portfolio.codebook, dimension, text) if _is_code(portfolio, dimension, text) else text
    if group == "sex_age":
        return ", ".join(label for label in sex_and_age(text))
    if group == "all":
        return GROUPS["all"]
    if text in SMALL and group != "sex":
        return SMALL[text]
    if group == "sex":
        return sex(text)
    if group == "age":
        return age(text)
    if text == "missing":
        return swedish.sentence(swedish.MISSING)
    return label_of("referrer", text) if group == "referrer" else text


def categories(portfolio: Portfolio, rows: pd.DataFrame) -> list[str]:
    """The label of each row of a breakdown, from its ``group`` and ``category``."""
    return [category(portfolio, group, value) for group, value in zip(rows["group"], rows["category"], strict=True)]


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
        return f"Andel {inside(MEASURES[share])}"
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


def _is_code(portfolio: Portfolio, dimension: str, value: str) -> bool:
    return all(part in portfolio.codebook.codes(dimension) for part in value.split(";"))
