"""Made-up municipalities and federations to compare by: ``python demo/invented_comparison.py``.

None of them exists: the codes begin with 99, which no Swedish county has, and the names say that they are invented.
The municipalities have the shape of Kolada's answers. Every figure is computed by the formulas below, so that a test
can compute it too. The files of the demo federation ``pahittade-kommuner`` are made of them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "src" / "portfolj" / "reference" / "kolada_indicators.toml"
OUT = ROOT / "data" / "raw" / "pahittade-kommuner"
OWN_FEDERATION = "Samordningsförbundet Påhitt"
FEDERATIONS = 83  # as many as share the state's money, so that the sums are of the real size
TITLES = {each: table["title"] for each, table in tomllib.loads(REFERENCE.read_text(encoding="utf-8")).items()}
COUNT = 30
CODES = tuple(f"99{number:02}" for number in range(1, COUNT + 1))
NAMES = ("Aspdal", "Björkvik", "Cedernäs", "Daggnäs", "Ekhult", "Furulund", "Granås", "Hagnäs", "Idevik", "Junvik")
LATEST = 2024
# Indicator -> level, swing between municipalities and change per year. All invented.
LEVELS: dict[str, tuple[float, float, float]] = {
    "N00100": (62_000, 4_000, 1_100), "N00903": (215_000, 22_000, 6_500), "N01951": (24_000, 15_000, 120),
    "N31008": (1_150, 420, -15), "N31807": (4.1, 1.3, -0.1), "N31814": (38, 8, 0.3), "N40011": (640, 230, 12),
    "N00914": (79.5, 4, 0.2), "N00957": (24, 6, -0.5),
}  # fmt: skip
WHOLE = ("N00100", "N00903", "N01951", "N31008", "N40011")


def name_of(code: str) -> str:
    """What the invented municipality is called."""
    number = int(code[2:]) - 1
    return f"{NAMES[number % len(NAMES)]} {'ABCD'[number // len(NAMES)]} (påhittad)"


def value_of(indicator: str, code: str, year: int) -> float:
    """The invented figure: a level, a swing by code and indicator, a change per year. The nation has the level."""
    level, swing, change = LEVELS[indicator]
    wave = 0.0 if code == "0000" else math.sin(int(code[2:]) * (1 + 0.37 * list(LEVELS).index(indicator)))
    value = level + swing * wave + change * (year - 2018)
    return float(round(value)) if indicator in WHOLE else round(value, 1)


def cell(indicator: str, code: str, year: int) -> dict[str, Any] | None:
    """One element of ``values`` as version 3 has it; None for what is not there: the year after the last."""
    if indicator not in LEVELS or year > LATEST:
        return None
    part = {"gender": "T", "count": 1, "status": "", "value": value_of(indicator, code, year), "isdeleted": False}
    if indicator == "N31814" and code == "9903" and year == 2022:
        part["value"] = None  # as Kolada has it where a municipality has too few or has not answered
    if indicator == "N31814" and code == "9902" and year == 2021:
        part["isdeleted"] = True
    return {"kpi": indicator, "municipality": code, "period": year, "values": [part]}


def municipalities() -> list[dict[str, str]]:
    """The municipalities, a region among them, and the nation."""
    listed = [{"id": "0000", "title": "Riket", "type": "L"}, {"id": "0099", "title": "Region Påhitt", "type": "L"}]
    return listed + [{"id": code, "title": name_of(code), "type": "K"} for code in CODES]


def answer(values: list[Any], next_url: str | None = None) -> dict[str, Any]:
    """A page of an answer."""
    return {"values": values, "count": len(values), "next_url": next_url, "previous_url": None}


def recorded(indicators: tuple[str, ...], similar_by: tuple[str, ...]) -> dict[str, Any]:
    """A file of answers as ``portfolj kolada`` keeps it, marked as invented."""
    shown, by = ",".join((*indicators, *similar_by)), ",".join(similar_by)
    years = list(range(2019, LATEST + 1))
    listed = ",".join(map(str, years))
    everybody = ["0000", *CODES]
    questions: list[tuple[str, Any]] = [
        (f"/kpi/{shown}", [{"id": each, "title": TITLES[each]} for each in (*indicators, *similar_by)]),
        ("/municipality", municipalities()),
        (f"/data/kpi/{by}/year/{LATEST}", [cell(i, code, LATEST) for i in similar_by for code in everybody]),
        (
            f"/data/kpi/{shown}/municipality/{','.join(everybody)}/year/{listed}",
            [cell(i, code, year) for i in (*indicators, *similar_by) for code in everybody for year in years],
        ),
    ]
    return {
        "format": 1, "source": "påhittat", "address": "påhittat", "fetched_at": "2025-06-01T12:00:00+02:00",
        "invented": True, "answers": [{"question": q, "answer": answer(values)} for q, values in questions],
    }  # fmt: skip


def federations() -> list[tuple[str, ...]]:
    """The table of federations: a heading, and a row each. One has too much own capital, one asks for less."""
    rows: list[tuple[str, ...]] = [
        (
            "Förbund",
            "Försörjningsmått",
            "Invånare 16-64",
            "Förra året, kr",
            "Begärt, kr",
            "Eget kapital, kr",
            "Årsbudget, kr",
        )
    ]
    for number in range(1, FEDERATIONS + 1):
        people = 9_000 + 3_100 * (number * 37 % FEDERATIONS)
        support = round(people * (0.11 + 0.05 * math.sin(number)))
        last_year = round(400_000 + people * 23 * (1 + 0.12 * math.sin(2 * number)))
        requested = last_year // 2 if number == 40 else ""
        equity = 2 * last_year if number % 20 == 5 else last_year // 4
        name = OWN_FEDERATION if number == 12 else f"Påhittat förbund {number:02}"
        rows.append((name, *map(str, (support, people, last_year, requested, equity, 2 * last_year))))
    return rows


def main() -> int:
    """0 when the files are written."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--out", type=Path, default=OUT, help="the folder to write in")
    out = arguments.parse_args().out
    made = recorded(tuple(LEVELS)[3:], tuple(LEVELS)[:3])
    out.mkdir(parents=True, exist_ok=True)
    (out / "kolada.json").write_text(
        json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n"
    )
    table = "".join(";".join(row) + "\n" for row in federations())
    (out / "fordelning.csv").write_text(table, encoding="utf-8", newline="\n")
    print("Wrote kolada.json and fordelning.csv.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
