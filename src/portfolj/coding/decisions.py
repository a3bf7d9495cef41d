"""A person's decisions: read, checked, and put in place of what the rules said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from portfolj.coding.codebook import DIMENSIONS, PROCESS_SUPPORT, TARGET_GROUPS, Codebook, DecidedBy
from portfolj.coding.decisions_file import filled_rows, read_text, unguarded
from portfolj.coding.goal_classes import GOALS, NO_GOAL
from portfolj.coding.load import load_codebook
from portfolj.coding.source import nearest
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation.inputs import DECISIONS_FILE
from portfolj.ledger.cells import clean_text
from portfolj.ledger.personal_numbers import MASK, mask_personal_numbers

KEY_COLUMNS = ("intervention_key", "name")
COLUMNS = ("dimension", "code", "decided_by", "decided_on", "why", "rule_said", "text_seen")
CODED = (*DIMENSIONS, PROCESS_SUPPORT)
SAME_AS, NOT_SAME_AS = "same_as", "not_same_as"
SAME = (SAME_AS, NOT_SAME_AS)
# What a decision on one intervention answers: what the rules code, and what its goals are.
ANSWERED = (*CODED, GOALS)
DECIDABLE = (*ANSWERED, *SAME)
SEEN_FIELDS = ("name", "applicant", "target_group_text", "description", "goal_text")
SAME_LABEL = "samma insats"
_MASKED = MASK.removesuffix("]")  # how a masked key begins, with its ordinal or without


def read_decisions(path: Path, *, codebook: Codebook) -> pd.DataFrame:
    """The decisions of a file, one row each, all text; an empty frame with the same columns where there is no file.

    Columns: ``intervention_key, name`` (at least one filled in), ``dimension, code, decided_by, decided_on, why,
    rule_said, text_seen`` and then any others of the file, with personal numbers masked (``decision_remarks`` tells
    where they stood). Raises InputRefused with every fault at once.
    """
    return parse_decisions(read_text(path), codebook=codebook, file=path.name) if path.is_file() else _frame([])


def decision_remarks(path: Path) -> list[Fault]:
    """A remark for each row of a decisions file that holds a personal number, by its line; none without a file."""
    if not path.is_file():
        return []
    return [
        Fault(
            path.name, "", f"rad {line}", Reason.PERSONAL_NUMBER, "Raden innehåller ett personnummer",
            "inga personnummer i beslut", "Ta bort det ur filen; det har inte förts vidare",
        )
        for line, row in filled_rows(read_text(path))
        if any(_masked(cell) != clean_text(unguarded(cell)) for cell in row)
    ]  # fmt: skip


def _masked(cell: str) -> str:
    return mask_personal_numbers(clean_text(unguarded(cell)))


def parse_decisions(text: str, *, codebook: Codebook, file: str = DECISIONS_FILE) -> pd.DataFrame:
    """The decisions that the CSV ``text`` holds (comma or semicolon). Raises InputRefused with every fault at once.

    Personal numbers are masked before anything else is done with a cell.
    """
    (_, first), *body = [*filled_rows(text)] or [(1, [])]
    faults: list[Fault] = []
    headings = [_masked(heading) for heading in first]

    def fault(cell: str, found: str, allowed: str, action: str) -> None:
        faults.append(Fault(file, "", cell, Reason.DECISION_WRONG, found, allowed, action))

    missing = [column for column in ("dimension", "code") if column not in headings]
    if missing or not set(KEY_COLUMNS) & set(headings):
        expected = ", ".join((*KEY_COLUMNS, *COLUMNS))
        fault("rad 1", f"Rubrikerna är {', '.join(headings) or 'inga'}", expected, "Rätta rubrikraden")
        raise InputRefused(file, faults)
    rows: list[dict[str, str]] = []
    seen: dict[tuple[str, ...], int] = {}
    # What a person keeps in columns of their own goes along, so that writing the file again loses nothing.
    others = [heading for heading in headings if heading and heading not in (*KEY_COLUMNS, *COLUMNS)]
    for number, cells in body:
        line, raw = f"rad {number}", dict(zip(headings, cells, strict=False))
        row = {column: _masked(raw.get(column, "")) for column in (*KEY_COLUMNS, *COLUMNS, *others)}
        key = row["intervention_key"] or row["name"]
        if not key:
            fault(line, "Beslutet saknar insats", "intervention_key eller name", "Fyll i vilken insats det gäller")
        if _MASKED in key.casefold():
            fault(
                line, "Beslutet gäller en insats som bara känns igen på ett personnummer", "ett id eller ett namn utan "
                "personnummer", "Ge raden ett eget id i liggaren och skriv det i intervention_key",
            )  # fmt: skip
        if row["dimension"] not in DECIDABLE:
            allowed = ", ".join(DECIDABLE)
            fault(line, f"dimension är {row['dimension']!r}", allowed, nearest(row["dimension"], DECIDABLE))
        elif row["dimension"] in SAME:
            if not row["code"] or _MASKED in row["code"].casefold() or _normal(row["code"]) == _normal(key):
                fault(line, f"code är {row['code']!r}", "en annan insats nyckel", "Skriv den andra insatsens nyckel")
        else:
            row["code"] = _checked_code(row, line, codebook, fault)
        # Two interventions may be told apart from a third one each; of everything else there is one decision.
        about: tuple[str, ...] = ("key" if row["intervention_key"] else "name", key.casefold(), row["dimension"])
        about += (_normal(row["code"]),) if row["dimension"] == NOT_SAME_AS else ()
        if about in seen:
            earlier = seen[about]
            fault(line, f"{key!r} har redan ett beslut om {row['dimension']} på rad {earlier}", "", "Ta bort det ena")
        seen[about] = number
        rows.append(row)
    if faults:
        raise InputRefused(file, faults)
    return _frame(rows, others)


def _checked_code(row: Mapping[str, str], line: str, codebook: Codebook, fault: Callable[..., None]) -> str:
    dimension = row["dimension"]
    codes = [code.strip() for code in row["code"].split(";") if code.strip()]
    allowed = codebook.codes(dimension)
    for code in codes:
        if code not in allowed:
            fault(line, f"code är {code!r}", ", ".join(allowed), nearest(code, allowed))
    if not codes and dimension != PROCESS_SUPPORT:
        nothing = NO_GOAL if dimension == GOALS else "ej_definierad"
        fault(line, "code är tom", ", ".join(allowed), f"Skriv en kod, {nothing} om inget kan anges")
    if len(codes) > 1 and dimension not in (TARGET_GROUPS, GOALS):
        fault(line, f"code är {row['code']!r}", "en enda kod", "Välj en")
    if dimension == GOALS:
        if len(codes) > 1 and NO_GOAL in codes:
            fault(line, f"code är {row['code']!r}", f"ett målslag för varje mål, {NO_GOAL} bara ensam", "Rätta listan")
    elif len(codes) > 1 and ("ej_definierad" in codes or len(set(codes)) < len(codes)):
        fault(line, f"code är {row['code']!r}", "olika koder, ej_definierad bara ensam", "Rätta listan")
    return ";".join(codes)


def _frame(rows: list[dict[str, str]], others: Sequence[str] = ()) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*KEY_COLUMNS, *COLUMNS, *others], dtype="str")


def text_fingerprint(texts: Mapping[str, object]) -> str:
    """Twelve hexadecimal characters that stand for an intervention's texts: other texts, another fingerprint.

    Made of ``SEEN_FIELDS``; spaces, line breaks and missing against empty make no difference.
    """
    parts = ["" if pd.isna(text := texts.get(field)) else clean_text(str(text)) for field in SEEN_FIELDS]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def apply_decisions(coded: pd.DataFrame, *, interventions: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """``coded`` with each decision in place of the rule's answer, which stays readable in ``<d>_rule_said``.

    The rule's id, words, basis and reason go with its answer. Who, when and why stand in ``<d>_decided_note``.
    """
    columns = {str(column): coded[column].tolist() for column in coded}
    ruled = {dimension: list(columns[dimension]) for dimension in CODED if dimension in columns}
    about_codes = decisions[decisions["dimension"].isin(CODED)]
    # A decision on a key is about that intervention alone: it goes before one on a name that several may have.
    for decision, rows in sorted(matched(interventions, about_codes), key=lambda m: m[0]["intervention_key"] != ""):
        dimension = decision["dimension"]
        for row in rows:
            cells = {
                "": decision["code"], "_basis": "", "_rule": "", "_evidence": "", "_reason": "",
                "_decided_by": str(DecidedBy.DECISION), "_decided_note": decision_note(decision),
                "_rule_said": str(ruled[dimension][row]),
            }  # fmt: skip
            for part, cell in cells.items():
                if dimension + part in columns:
                    columns[dimension + part][row] = cell
    return pd.DataFrame(columns, index=coded.index, dtype="str")


def decision_note(decision: Mapping[str, str]) -> str:
    """Who, when and why, as one text."""
    who = ", ".join(part for part in (decision["decided_by"], decision["decided_on"]) if part)
    return ": ".join(part for part in (who, decision["why"]) if part)


def unused_decisions(
    decisions: pd.DataFrame,
    interventions: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    file: str = DECISIONS_FILE,
) -> list[Fault]:
    """A remark for each decision that fits no intervention, its dimension by the codebook's label."""
    codes = codebook or load_codebook()
    known = {_normal(str(cell)) for column in KEY_COLUMNS if column in interventions for cell in interventions[column]}
    remarks = []
    for decision, rows in matched(interventions, decisions):
        about, which = decision["dimension"], decision["intervention_key"] or decision["name"]
        if not rows:
            what = SAME_LABEL if about in SAME else codes.dimension_label(about).lower()
            found = f"Beslutet om {what} för ”{which}” gäller ingen insats i liggaren"
        elif about in SAME and _normal(decision["code"]) not in known:
            found = f"Beslutet om {SAME_LABEL} för ”{which}” pekar på ”{decision['code']}”, som inte finns i liggaren"
        else:
            continue
        action = "Rätta nyckeln eller namnet, eller ta bort beslutet"
        remarks.append(Fault(file, "", "", Reason.DECISION_UNUSED, found, "", action))
    return remarks


def matched(interventions: pd.DataFrame, decisions: pd.DataFrame) -> Iterator[tuple[dict[str, str], list[int]]]:
    """Each decision with the places of the rows it is about: by key, else by name."""
    places: dict[str, dict[str, list[int]]] = {}
    for column in KEY_COLUMNS:
        places[column] = {}
        if column in interventions.columns:
            for place, cell in enumerate(interventions[column].array):
                if not pd.isna(cell):
                    places[column].setdefault(_normal(str(cell)), []).append(place)
    for record in decisions.to_dict("records"):
        decision = {str(column): str(cell) for column, cell in record.items()}
        key, name = decision["intervention_key"], decision["name"]
        rows = places["intervention_key"].get(_normal(key), []) if key else []
        yield decision, rows or (places["name"].get(_normal(name), []) if name and _MASKED not in _normal(name) else [])


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())
