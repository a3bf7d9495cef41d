"""Made-up follow-up: how many there were by sex, or a row about each of some people who do not exist."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from made import words
from made.ledger import Cell, Made, write_text, write_workbook
from made.nation import COUNTS, YEAR, Plan

COUNTS_FILE, ROWS_FILE, INCOMES_FILE, VALUES_FILE = "antal.csv", "deltagande.xlsx", "intakter.csv", "varden.csv"


def write_follow_up(plan: Plan, made: Sequence[Made], folder: Path, draw: random.Random) -> dict[str, str]:
    """Writes what the federation keeps of its participants; the setting -> the file."""
    if plan.follow_up == COUNTS:
        write_text(folder / COUNTS_FILE, _counts(plan, made, draw), delimiter=";")
        return {"counts": COUNTS_FILE}
    write_workbook(folder / ROWS_FILE, _people(plan, made, draw), sheet="Deltagare")
    return {"participations": ROWS_FILE}


_COUNT_HEADINGS = ("Insats", "År", "Kvinnor", "Män", "Totalt", "Avslutade kvinnor", "Avslutade män",
                   "Till arbete kvinnor", "Till arbete män", "Till studier kvinnor", "Till studier män")  # fmt: skip


def _counts(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [list(_COUNT_HEADINGS)]
    for each, number in zip(made, plan.participants, strict=False):
        women = sum(draw.random() < 0.55 for _ in range(number))
        sexes = (women, number - women)
        ended = [sum(draw.random() < 0.6 for _ in range(n)) for n in sexes]
        work = [sum(draw.random() < 0.22 for _ in range(n)) for n in ended]
        study = [sum(draw.random() < 0.1 for _ in range(n - w)) for n, w in zip(ended, work, strict=True)]
        rows.append([each.name, YEAR, *sexes, number, *ended, *work, *study])
    return rows


_REASONS = ("Utskriven enligt plan", "Avbruten på grund av ohälsa", "Flytt")
_BEFORE = ("Arbetssökande", "Övrigt", "Praktik", "Studier")
_AFTER = ("Arbete", "Studier", "Arbetssökande", "Övrigt", "Praktik")
_INCOME = ("Försörjningsstöd", "Sjukpenning", "Aktivitetsersättning", "Aktivitetsstöd", "Ingen")


def towns_of(plan: Plan) -> list[str]:
    """The federation's municipalities, which do not exist: settings have to say that they may stand in its files."""
    return [plan.place, f"{plan.place}ås", f"{plan.place}mo"]


def _people(plan: Plan, made: Sequence[Made], draw: random.Random) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["Deltagare", "Insats", "Kön", "Ålder", "Kommun", "Remittent", "Startdatum", "Slutdatum",
                               "Sysselsättning före", "Sysselsättning efter", "Försörjning före", "Försörjning efter",
                               "Avslutsanledning"]]  # fmt: skip
    towns = towns_of(plan)
    number = 0
    for each, many in zip(made, plan.participants, strict=False):
        referrers = draw.sample(words.REFERRERS, k=draw.randint(2, 4))
        for _ in range(many):
            number += 1
            start = date(YEAR, 1, 1) + timedelta(days=draw.randrange(365))
            end = start + timedelta(days=draw.randint(30, 400))
            ended = end <= date(YEAR, 12, 31)
            before = draw.choices(_INCOME, (45, 25, 10, 15, 5))[0]
            after = draw.choices(_AFTER, (22, 10, 40, 22, 6))[0]
            income = {"Arbete": "Lön", "Studier": "Studiestöd"}.get(after, before)
            rows.append([
                f"D{number:04}", each.name, draw.choices(("Kvinna", "Man", ""), (54, 45, 1))[0],
                draw.randint(18, 62), draw.choices(towns, (70, 20, 10))[0], draw.choice(referrers),
                start.isoformat(), end.isoformat() if ended else "", draw.choices(_BEFORE, (50, 35, 10, 5))[0],
                after if ended else "", before, income if ended else "",
                draw.choices(_REASONS, (80, 15, 5))[0] if ended else "",
            ])  # fmt: skip
    draw.shuffle(body := rows[1:])
    return [rows[0], *body]


def write_economics(plan: Plan, folder: Path, draw: random.Random) -> dict[str, str]:
    """Writes yearly incomes per actor and what a participant costs; the setting -> the file."""
    people = sum(plan.participants)
    incomes: list[list[Cell]] = [["År", "Deltagare", "Aktör", "Intäkt 1 år, tkr"]]
    shares = {"kommun": 0.35, "region": 0.05, "af": 0.2, "fk": 0.25, "ovrig_stat": 0.15}
    total = people * draw.uniform(15, 45)
    for actor, share in shares.items():
        incomes.append([YEAR, people, actor, round(total * share)])
    incomes.append([YEAR, people, "samhallet", sum(int(row[3]) for row in incomes[1:])])  # type: ignore[arg-type]
    write_text(folder / INCOMES_FILE, incomes)
    values: list[list[Cell]] = [["Nyckel", "Aktör", "År", "Värde", "Enhet", "Källa", "Säkerhet"]]
    for actor in shares:
        values.append(
            ["cost_per_participant_sek", actor, None, draw.randint(8, 20) * 1000, "kr", "Påhittat för provkörning", "A"]
        )
    write_text(folder / VALUES_FILE, values)
    return {"incomes": INCOMES_FILE, "values": VALUES_FILE}
