"""What has changed since the last report, in sentences: what moved most money first, ten at the most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.goal_classes import GOALS
from portfolj.documentation.status import MISSING, PRESENT
from portfolj.economics.actors import SOCIETY
from portfolj.exhibits import labels, swedish
from portfolj.report.cells import KEY_JOIN, Change, number_of
from portfolj.report.changed import changes_of
from portfolj.report.made_with_words import made_with

MOST_SENTENCES = 10
FEW_NAMES = 3  # in a sentence, before the rest are only counted
FIRST = Decimal("Infinity")  # the weight of what stands before all amounts
IN_PERIOD = "counted"
OTHER_CODE = {
    "owner": "en annan huvudman",
    "target_groups": "andra målgrupper",
    "orientation": "en annan inriktning",
    "process_support": "ett annat processtöd",
}
WHY = {
    "decision": "genom beslut",
    "decision_withdrawn": "sedan ett beslut togs bort",
    "text": "sedan texten i liggaren ändrades",
    "basis": "eftersom rapporten kräver en annan grund",
    "rule": "genom kodbokens regler",
}
ANSWERED = {"survey": "svar på enkäter", "themes": "utsagor"}  # counts that are not of participants
GOAL_CLASS, ON_FILE = ("goal_quality", "main_class"), ("documentation", "status")
TOLD_ALONE = {"ledger_parts", "owner", "target_group", "orientation", "process_support", "interventions"}


class _Told(NamedTuple):
    weight: Decimal
    text: str
    in_table: bool = False  # it stands in the table below the sentences too


def sentences(frame: pd.DataFrame, *, codebook: Codebook, granted_sek: Mapping[str, Decimal]) -> list[str]:
    """One sentence for each kind of change, what concerns most kronor first; at most ``MOST_SENTENCES``.

    ``frame`` is that of ``changed.compare``, ``granted_sek`` the new report's amount by intervention. Sentences on
    versions and parameters stand last and are never left out for others.
    """
    changes = changes_of(frame)
    own = [change for change in changes if change.kind == "ledger_row" and _part(change) == IN_PERIOD]
    found = [
        *_total(changes),
        *(told for why, words in _ROWS.items() for told in _rows(own, why, words)),
        *_other_rows(changes),
        *_interventions(changes),
        *_codes(changes, codebook, granted_sek),
        *_categories(changes, codebook),
        *_goals(changes, codebook, granted_sek),
        *_on_file(changes, granted_sek),
        *_economics(changes),
        *_texts(changes, granted_sek),
        *_people(changes),
        *_rest(changes),
    ]
    last = [*made_with(changes, codebook)]
    kept = sorted(found, key=lambda told: (told.in_table, -told.weight))[: MOST_SENTENCES - len(last)]
    return [swedish.sentence(told.text) for told in sorted(kept, key=lambda told: -told.weight)] + last


def more_or_less(difference: Decimal) -> str:
    """``400 000 kr mer`` or ``400 000 kr mindre``."""
    return f"{_kronor(abs(difference))} {'mer' if difference > 0 else 'mindre'}"


def _total(changes: Sequence[Change]) -> list[_Told]:
    for change in _figures(changes, "ledger_parts", "granted_sek"):
        if change.key == IN_PERIOD and change.difference:
            now = number_of(change.after) or Decimal(0)
            text = f"Det beviljade är nu {_kronor(now)}, {more_or_less(change.difference)} än förut."
            return [_Told(FIRST, text)]
    return []


_ROWS: dict[str, Callable[[str, str, str], str]] = {
    "added": lambda rows, money, names: f"{rows} har kommit till i liggaren, {money}: {names}.",
    "gone": lambda rows, money, names: f"{rows} har försvunnit ur liggaren, {money}: {names}.",
    "changed": lambda rows, money, names: f"{rows} i liggaren har fått ett annat belopp, {money}: {names}.",
    "moved": lambda rows, money, names: (
        f"{rows} i liggaren har fått ett annat år eller en annan finansiering: {names}."
    ),
}


def _rows(own: Sequence[Change], why: str, words: Callable[[str, str, str], str]) -> list[_Told]:
    rows = [change for change in own if change.why == why]
    if not rows:
        return []
    sum_sek = sum((change.difference or Decimal(0) for change in rows), Decimal(0))
    together = "tillsammans " if len(rows) > 1 else ""
    if not any(change.before or change.after for change in rows):
        money = "utan belopp"
    elif why == "changed":
        money = together + (more_or_less(sum_sek) if sum_sek else "lika mycket som förut")
    else:
        money = together + _kronor(sum_sek if why == "added" else -sum_sek)
    moved = {change.key: abs(_amount(change)) for change in rows}
    weight = sum((abs(_amount(change)) for change in rows), Decimal(0))
    text = words(_counted(len(rows), "rad", "rader"), money, _names(rows, moved))
    return [_Told(weight, text)]


def _other_rows(changes: Sequence[Change]) -> list[_Told]:
    rows = [change for change in changes if change.kind == "ledger_row" and _part(change) != IN_PERIOD]
    if not rows:
        return []
    verb = "har kommit till, försvunnit eller ändrats"
    text = f"{_counted(len(rows), 'rad', 'rader')} om andra år, utan år eller om andras pengar {verb}."
    return [_Told(sum((abs(change.difference or Decimal(0)) for change in rows), Decimal(0)), text)]


def _interventions(changes: Sequence[Change]) -> list[_Told]:
    found = []
    for why, state, states in (("added", "är ny", "är nya"), ("gone", "är inte längre med", "är inte längre med")):
        own = [change for change in changes if change.kind == "intervention" and change.why == why]
        if own:
            moved = {change.key: abs(change.difference or Decimal(0)) for change in own}
            text = f"{_counted(len(own), f'insats {state}', f'insatser {states}')}: {_names(own, moved)}."
            found.append(_Told(sum(moved.values(), Decimal(0)), text))
    return found


def _codes(changes: Sequence[Change], codebook: Codebook, granted_sek: Mapping[str, Decimal]) -> list[_Told]:
    found = []
    coded = [change for change in changes if change.kind == "code"]
    for dimension, why in dict.fromkeys((change.column, change.why) for change in coded):
        own = [change for change in coded if (change.column, change.why) == (dimension, why)]
        moved = {change.key: abs(granted_sek.get(change.key, Decimal(0))) for change in own}

        def said(change: Change, dimension: str = dimension) -> str:
            then, now = (code_words(codebook, dimension, code) for code in (change.before, change.after))
            return f"{change.name or change.key} (från {then} till {now})"

        names = _names(own, moved, said=said)
        text = f"{_counted(len(own), 'insats', 'insatser')} har fått {OTHER_CODE[dimension]} {WHY[why]}: {names}."
        found.append(_Told(sum(moved.values(), Decimal(0)), text))
    return found


def code_words(codebook: Codebook, dimension: str, code: str) -> str:
    """The label of a code, or of several, inside a sentence; as it stands where the codebook no longer has it."""
    known = codebook.codes(dimension)
    parts = [part for part in code.split(";") if part]
    words = [labels.inside(codebook.label(dimension, part)) if part in known else part for part in parts]
    return swedish.listed(words) or "inget"


def _categories(changes: Sequence[Change], codebook: Codebook) -> list[_Told]:
    """Of each of the board's tables the category whose money moved most."""
    openings = {
        ("owner", "owner", "granted_sek"): "Till insatser med huvudmannen",
        ("target_group", "target_groups", "granted_once_sek"): "Till målgruppen",
        ("orientation", "orientation", "granted_sek"): "Till inriktningen",
        ("process_support", "process_support", "granted_sek"): "Till processtödet",
    }
    found = []
    for (table, dimension, column), opening in openings.items():
        moved = [change for change in _figures(changes, table, column) if change.difference]
        if moved:
            most = max(moved, key=lambda change: (abs(change.difference or 0), change.key))
            difference = most.difference or Decimal(0)
            category = f"{opening} {code_words(codebook, dimension, most.key)}"
            text = f"{category} går {more_or_less(difference)}, nu {_kronor(number_of(most.after) or Decimal(0))}."
            found.append(_Told(abs(difference), text, in_table=True))
    return found


def _goals(changes: Sequence[Change], codebook: Codebook, granted_sek: Mapping[str, Decimal]) -> list[_Told]:
    """Of which interventions the goal is of another class."""
    own = [change for change in _figures(changes, *GOAL_CLASS) if change.before and change.after]
    if not own:
        return []
    moved = {change.key: abs(granted_sek.get(change.key, Decimal(0))) for change in own}

    def said(change: Change) -> str:
        then, now = (code_words(codebook, GOALS, code) for code in (change.before, change.after))
        return f"{change.name or change.key} (från {then} till {now})"

    text = f"{_counted(len(own), 'insats mål bedöms', 'insatsers mål bedöms')} på ett annat sätt: "
    return [_Told(sum(moved.values(), Decimal(0)), f"{text}{_names(own, moved, said=said)}.")]


def _on_file(changes: Sequence[Change], granted_sek: Mapping[str, Decimal]) -> list[_Told]:
    """What a board needs to know of an intervention that was missing and is there, and the other way."""
    own = _figures(changes, *ON_FILE)
    found = []
    for states, words in (((MISSING, PRESENT), "som saknades finns nu"), ((PRESENT, MISSING), "som fanns saknas nu")):
        facts = [change for change in own if (change.before, change.after) == states]
        if facts:
            of = {change.key.split(KEY_JOIN)[0] for change in facts}
            weight = sum((abs(granted_sek.get(key, Decimal(0))) for key in of), Decimal(0))
            number = _counted(len(facts), "uppgift", "uppgifter")
            found.append(_Told(weight, f"{number} {words}, om {_counted(len(of), 'insats', 'insatser')}."))
    return found


def _economics(changes: Sequence[Change]) -> list[_Told]:
    found = []
    for change in _figures(changes, "payback_summary", "result_5y_sek"):
        if change.key == SOCIETY and change.difference:
            now = _kronor(number_of(change.after) or Decimal(0))
            text = f"Samhällets resultat efter fem år är {now}, {more_or_less(change.difference)} än förut."
            found.append(_Told(abs(change.difference), text))
    values = [change for change in changes if change.table == "unit_values" and change.column in ("value", "")]
    if values:
        number = _counted(len(values), "värde", "värden")
        found.append(
            _Told(Decimal(0), f"{number} som kalkylen kan använda har ändrats, kommit till eller tagits bort.")
        )
    return found


def _texts(changes: Sequence[Change], granted_sek: Mapping[str, Decimal]) -> list[_Told]:
    own = list({change.key: change for change in changes if change.kind == "text"}.values())
    if not own:
        return []
    moved = {change.key: abs(granted_sek.get(change.key, Decimal(0))) for change in own}
    text = f"{_counted(len(own), 'insats', 'insatser')} har fått en annan text i liggaren: {_names(own, moved)}."
    return [_Told(sum(moved.values(), Decimal(0)), text)]


def _people(changes: Sequence[Change]) -> list[_Told]:
    found = []
    for about in ("deltagare", *ANSWERED.values()):
        counts = [c for c in changes if c.kind == "count" and ANSWERED.get(c.table, "deltagare") == about]
        hidden = sum(change.why in ("hidden_now", "missing_now", "gone") for change in counts)
        shown = sum(change.why in ("shown_now", "added") for change in counts)
        kinds = {"har ändrats": len(counts) - hidden - shown, "visas inte längre": hidden, "visas nu": shown}
        parts = [_counted(number, f"antal {what}", f"antal {what}") for what, number in kinds.items() if number]
        found += [_Told(Decimal(0), f"Om {about}: {swedish.listed(parts)}.")] if parts else []
    if any(change.why == "withheld" for change in changes):
        text = "Skillnader som säger något om färre personer än gränsen för små tal visas inte, varken i antal"
        found.append(_Told(Decimal(0), f"{text} eller i kronor."))
    return found


def _rest(changes: Sequence[Change]) -> list[_Told]:
    other = [change for change in changes if change.kind in ("ground", "rows") or _is_other_figure(change)]
    if not other:
        return []
    number = _counted(len(other), "annan uppgift", "andra uppgifter")
    return [_Told(Decimal(-1), f"{number} i rapportens tabeller har också ändrats.")]


def _is_other_figure(change: Change) -> bool:
    texts = {change.before, change.after}
    told = change.table in TOLD_ALONE or (
        ((change.table, change.column) == GOAL_CLASS and "" not in texts)
        or ((change.table, change.column) == ON_FILE and texts == {MISSING, PRESENT})
        or (change.table in (GOAL_CLASS[0], ON_FILE[0]) and change.why in ("added", "gone"))  # with the intervention
    )
    return change.kind == "figure" and not told


def _names(
    changes: Sequence[Change], moved: Mapping[str, Decimal], *, said: Callable[[Change], str] | None = None
) -> str:
    """The interventions, those with most money first, each once; the rest counted."""
    order = sorted(changes, key=lambda change: (-moved[change.key], change.name, change.key))
    names = list(dict.fromkeys(said(change) if said else change.name or change.key for change in order))
    if len(names) > FEW_NAMES + 1:
        names = [*names[:FEW_NAMES], f"{swedish.number(len(names) - FEW_NAMES)} till"]
    return swedish.listed(names)


def _figures(changes: Sequence[Change], table: str, column: str) -> list[Change]:
    return [c for c in changes if c.kind == "figure" and (c.table, c.column) == (table, column)]


def _part(change: Change) -> str:
    return change.key.rpartition(KEY_JOIN)[2]


def _amount(change: Change) -> Decimal:
    return change.difference or number_of(change.after) or Decimal(0)


def _counted(count: int, one: str, several: str) -> str:
    words = swedish.in_words(count, neuter=one in ("värde",) or one.startswith("antal"))
    return f"{words} {one if count == 1 else several}"


def _kronor(amount: Decimal) -> str:
    return swedish.kronor(float(amount))
