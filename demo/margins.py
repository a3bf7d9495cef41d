"""Every printed figure against the made-up rows. The printed figures are read from the file that the report compares
with too; none is typed in here."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from written import Row

PERSONS, PERCENT = "persons", "percent"
CONTRADICTION = "Motsägelse"
SEXES = {"Kvinna": "woman", "Man": "man"}
REFERRERS = {"Försäkringskassan": "social_insurance"}  # others are called in the printed file what the list calls them

Key = tuple[str, str, str, str]  # intervention, group, category, measure


def printed_figures(path: Path, *, unit: str) -> dict[Key, tuple[float, str]]:
    """What is printed in the unit: intervention, group, category and measure -> value and note."""
    with path.open(encoding="utf-8") as file:
        return {
            (row["Insats"], row["Grupp"], row["Kategori"], row["Mått"]): (float(row["Värde"]), row["Anmärkning"])
            for row in csv.DictReader(file)
            if row["Enhet"] == unit
        }


def departures(path: Path, counted: Mapping[Key, float]) -> list[str]:
    """One line per printed number of persons that the rows do not give, or that nothing was counted for; and one per
    printed share that is more than one percentage point from what the printed numbers of persons give."""
    lines = []
    for key, (value, _) in printed_figures(path, unit=PERSONS).items():
        if counted.get(key) != value:
            lines.append(f"{path.parent.name}, {'/'.join(key)}: {value:g} is printed, the rows give {counted.get(key)}")
    for key, (value, note) in printed_figures(path, unit=PERCENT).items():
        share = counted.get(key)
        if share is None or (abs(share - value) > 0.5 and not note.startswith(CONTRADICTION)):
            lines.append(f"{path.parent.name}, {'/'.join(key)}: {value:g} % is printed, the rows give {share}")
    return lines


def spik_counts(
    people: Sequence[Row],
    ratings: Sequence[Row],
    *,
    items: Sequence[str],
    bands: Mapping[str, tuple[int, int]],
    outcomes: Mapping[str, str],
) -> dict[Key, float]:
    """What the rows of SPiK give, by the keys of the printed file. ``outcomes``: measure -> how the word begins."""
    whole: dict[tuple[str, str, str], float] = {}

    def count(group: str, category: str, measure: str) -> None:
        whole[group, category, measure] = whole.get((group, category, measure), 0) + 1

    for row in people:
        sex, age = SEXES[str(row["Kön"])], int(str(row["Ålder"]))
        (band,) = (name for name, (low, high) in bands.items() if low <= age <= high)
        referrer = REFERRERS.get(str(row["Remittent"]), str(row["Remittent"]))
        places = [
            ("all", ""), ("sex", sex), ("age", band), ("referrer", referrer), ("referrer_sex", f"{referrer};{sex}"),
        ]  # fmt: skip
        gone = [name for name, word in outcomes.items() if str(row["Sysselsättning efter"]).startswith(word)]
        for place in places:
            for measure in ["participations", *gone]:
                count(*place, measure)
    for change in changes(ratings, items=items).values():
        for measure in ("measured_twice", "up" if change > 0 else "down" if change < 0 else "unchanged"):
            count("all", "", measure)
    return {("SPiK", *key): value for key, value in (whole | _shares(whole, list(outcomes))).items()}


def changes(ratings: Sequence[Row], *, items: Sequence[str]) -> dict[str, float]:
    """Person -> last mean minus first mean over the questions answered both times, for those with answers on two
    occasions or more."""
    answered: dict[str, list[list[object]]] = {}
    for row in sorted(ratings, key=lambda row: str(row["Datum"])):
        answers = [row[item] for item in items]
        if any(answer != "" for answer in answers):
            answered.setdefault(str(row["Deltagare"]), []).append(answers)
    changed = {}
    for person, forms in answered.items():
        if len(forms) > 1:
            both = [(int(str(a)), int(str(b))) for a, b in zip(forms[0], forms[-1], strict=True) if "" not in (a, b)]
            changed[person] = sum(b - a for a, b in both) / len(both)
    return changed


def _shares(whole: Mapping[tuple[str, str, str], float], outcomes: list[str]) -> dict[tuple[str, str, str], float]:
    def of(part: float, total: float) -> float:
        return 100 * part / total

    people, measured = whole["all", "", "participations"], whole["all", "", "measured_twice"]
    shares = {("all", "", f"share_{m}"): of(whole["all", "", m], people) for m in [*outcomes, "measured_twice"]}
    shares |= {("all", "", f"share_{m}"): of(whole["all", "", m], measured) for m in ("up", "down", "unchanged")}
    shares["all", "", "share_work_study_or_training"] = of(sum(whole["all", "", m] for m in outcomes), people)
    for sex in SEXES.values():
        for measure in ["participations", *outcomes]:
            shares["sex", sex, f"share_of_{measure}"] = of(whole["sex", sex, measure], whole["all", "", measure])
    return shares


def ratt_insats_counts(people: Sequence[Row], states: Sequence[Row], *, favourable: Sequence[str]) -> dict[Key, float]:
    """What the rows of Rätt insats give, by the keys of the printed file."""
    first = {row["Deltagare"]: row["Läge"] for row in states if row["Tidpunkt"] == "Start"}
    last = {row["Deltagare"]: row["Läge"] for row in states if row["Tidpunkt"] == "Avslut"}
    step = {person for person, state in last.items() if state != first[person]}
    well = {person for person in step if last[person] in favourable}
    counts: dict[Key, float] = {("", "all", "", "participations"): len(people)}
    for row in people:
        key = (str(row["Insats"]), "all", "", "participations")
        counts[key] = counts.get(key, 0) + 1
    for key, number in {
        ("", "all", "", "step_shown"): len(step),
        ("", "status", ";".join(favourable), "step_shown_other"): len(step - well),
        ("", "status", ";".join(favourable), "at_exit"): len(well),
    }.items():
        counts[key] = number
        counts[(*key[:3], f"share_{key[3]}")] = 100 * number / len(people)
    return counts | {("", "all", "", "step_not_shown"): len(people) - len(step)}
