"""``portfolj new``: a first federation.toml, made by looking at the ledger and asking for what can't be seen."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portfolj.errors import InputRefused, PortfoljError
from portfolj.federation import SETTINGS_FILE, FinancingSettings, Unit
from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.filled import forms_in
from portfolj.ledger.header import Header, find_header
from portfolj.ledger.headings import label_of
from portfolj.ledger.opening import open_file
from portfolj.ledger.sheets import choose_sheets, same_headings
from portfolj.ledger.table import Table
from portfolj.ledger.units import column_units
from portfolj.ledger.words import financing_of
from portfolj.places import Places

Ask = Callable[[str, Sequence[str]], str]

_ALL = "alla"
_COLUMN_OTHERWISE = (
    "Kör kommandot i en terminal och svara på frågan, eller döp om den andra kolumnen i liggaren; inget har skrivits"
)
_UNITS = {"kr": "kronor", "tkr": "tusental kronor", "mkr": "miljoner kronor"}
_FINANCING_CHOICES = ("members", "ESF", "EU", "other")


@dataclass
class _Start:
    """What was seen and answered, enough to write the settings."""

    name: str
    file: str
    sheets: list[str]
    unit: Unit
    unit_why: str
    columns: dict[str, str] = field(default_factory=dict)
    recognised: dict[str, str] = field(default_factory=dict)
    financing: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in _FINANCING_CHOICES})


def start_federation(name: str, file: Path, *, unit: Unit | None, places: Places, ask: Ask | None = None) -> Path:
    """The new folder ``data/raw/NAME`` with a copy of the ledger and a commented federation.toml.

    ``ask(question, choices)`` returns one of the choices; None where nobody is there to answer. Raises PortfoljError
    for a name that is taken or not allowed and for what can't be known without asking, InputRefused where the ledger
    can't be opened. Nothing is left behind when it fails.
    """
    _check_name(name)
    folder = places.raw(name)
    if folder.exists():
        raise PortfoljError(
            f"Förbundet {name} finns redan i {folder.parent.name}/. Välj ett annat namn, eller ändra i "
            f"dess {SETTINGS_FILE}."
        )
    start = _look(name, file, unit, ask)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".ny-") as made:
        new = Path(made) / name
        new.mkdir()
        shutil.copyfile(file, new / file.name)
        (new / SETTINGS_FILE).write_text(_settings_text(start), encoding="utf-8")
        new.rename(folder)
    return folder


def _check_name(name: str) -> None:
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        return
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    suggestion = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "mitt-forbund"
    raise PortfoljError(
        f"Namnet {name!r} går inte att använda. Tillåtet: små bokstäver a-z, siffror och "
        f"bindestreck. Till exempel: {suggestion}"
    )


def _look(name: str, file: Path, unit: Unit | None, ask: Ask | None) -> _Start:
    sheets = open_file(file)
    if forms_in(sheets):
        return _Start(name, file.name, [], Unit.KR, "en ifylld blankett är alltid i hela kronor")
    read = _the_sheets(sheets, file, ask)
    sheet = read[0]
    columns: dict[str, str] = {}
    header = find_header(sheet)
    if header is None or not {"name"} & {*header.fields, *header.match.ambiguous}:
        heading = _ask_for_name(sheet, header, ask)
        columns["name"] = heading
        header = find_header(sheet, mapping=columns)
    assert header is not None
    for ambiguous, positions in header.match.ambiguous.items():
        choices = [header.headings[p] for p in positions]
        if len({c.casefold() for c in choices}) < len(choices):
            raise PortfoljError(f"{file.name} har flera kolumner som heter ”{choices[0]}”. Döp om den ena i liggaren.")
        columns[ambiguous] = _answer(ask, f"Vilken kolumn är {label_of(ambiguous)}?", choices, _COLUMN_OTHERWISE)
    header = find_header(sheet, mapping=columns) or header
    known_unit, why = _unit(sheet, header, unit, ask)
    start = _Start(name, file.name, [s.title for s in read] if len(sheets) > 1 else [], known_unit, why, columns)
    start.recognised = {f: header.headings[c] for f, c in header.fields.items() if f not in columns and "@" not in f}
    headed = [(s, find_header(s, mapping=columns)) for s in read]
    _ask_for_financing([Table(s, h) for s, h in headed if h], start, ask)
    return start


def _the_sheets(sheets: list[Sheet], file: Path, ask: Ask | None) -> list[Sheet]:
    """The sheet to read, or several where they hold the same table and all of them are wanted."""
    chosen = choose_sheets(sheets)
    if chosen.read:
        return [chosen.read[0][0]]
    sheets = [s for s in sheets if not s.hidden] or sheets
    candidates = [s for s in sheets if find_header(s)] or [s for s in sheets if len(s.rows) > 1]
    if not candidates:
        raise InputRefused(file.name, chosen.faults)
    if len(candidates) == 1:
        return [candidates[0]]
    headers = [find_header(s) for s in candidates]
    alike = all(headers) and len({same_headings(h) for h in headers if h}) == 1
    titles = [s.title for s in candidates]
    otherwise = "Kör kommandot i en terminal och svara på frågan, eller spara liggaren i en fil med ett enda blad"
    title = _answer(ask, "Vilket blad är liggaren?", [*titles, _ALL] if alike else titles, otherwise)
    return [s for s in candidates if title in (s.title, _ALL)]


def _ask_for_name(sheet: Sheet, header: Header | None, ask: Ask | None) -> str:
    if header is not None:
        headings = [h for c, h in enumerate(header.headings) if h and c not in header.fields.values()]
    else:
        texts = [[text_of(v) for v in row if isinstance(v, str) and text_of(v)] for row in sheet.rows[:20]]
        headings = max(texts, key=len, default=[])
    if not headings:
        raise PortfoljError(
            f"{sheet.file} har ingen rad med rubriker. Lägg till en rad med till exempel Insats, År och "
            "Beviljat belopp."
        )
    return _answer(ask, "Vilken kolumn är insatsens namn?", headings, "Döp kolumnen med namnen till Insats")


def _unit(sheet: Sheet, header: Header, unit: Unit | None, ask: Ask | None) -> tuple[Unit, str]:
    amount_fields = header.amount_fields
    stated = next(iter(column_units(sheet, header, unit=None)[0].values()), None)
    if stated and unit and stated != unit:
        raise PortfoljError(
            f"Liggaren säger själv att beloppen är i {stated.value}, men --unit är {unit.value}. Ta "
            "bort --unit eller rätta liggaren."
        )
    if stated:
        return stated, "står i liggaren"
    if unit:
        return unit, "angavs när filen skapades"
    if not amount_fields:
        return Unit.KR, "liggaren har ingen beloppskolumn än"
    heading = header.headings[header.fields[amount_fields[0]]]
    if ask is None:
        raise PortfoljError(
            f"Enheten för beloppen under ”{heading}” går inte att se i liggaren. Ange den med --unit "
            "kr, --unit tkr eller --unit mkr."
        )
    return Unit(
        _answer(ask, f"I vilken enhet är beloppen under ”{heading}”?", list(_UNITS), "")
    ), "angavs när filen skapades"


def _ask_for_financing(tables: Sequence[Table], start: _Start, ask: Ask | None) -> None:
    """Unknown words for financing are asked for; without anybody to ask, the check tells of each of them."""
    words = dict.fromkeys(
        w
        for t in tables
        for w in t.texts("financing").values()
        if w and financing_of(w, settings=FinancingSettings()) is None
    )
    for word in words if ask is not None and len(words) <= 8 else ():
        kind = _answer(ask, f"Vems pengar är ”{word}”? (members är medlemmarnas egna)", _FINANCING_CHOICES, "")
        start.financing[kind].append(word)


def _answer(ask: Ask | None, question: str, choices: Sequence[str], otherwise: str) -> str:
    if ask is None:
        raise PortfoljError(f"{question} Det går inte att se i liggaren: {', '.join(choices)}. {otherwise}.")
    answer = ask(question, choices)
    if answer not in choices:
        raise PortfoljError(f"{answer!r} är inget av valen: {', '.join(choices)}.")
    return answer


def _settings_text(start: _Start) -> str:
    has = {*start.columns, *start.recognised}
    basis = "stated" if "target_group_text" in has else "described" if {"description", "goal_text"} & has else "named"
    lines = [
        "# Inställningar för ett samordningsförbund. Ändra fritt; varje rad har en kommentar efter #.",
        _line("name", start.name.replace("-", " ").title(), "förbundets namn, som det ska stå på sidorna"),
        _line("contact", "", "vem som svarar på frågor om rapporten"),
        _line("period", "", "åren som rapporten gäller, till exempel 2014-2019; tomt betyder alla år"),
        "small_cell_threshold = 5  # minsta antal personer som visas; mindre antal döljs",
        "[ledger]  # liggaren: den fil där beviljade medel står",
        _line("files", [start.file], "liggarens fil eller filer, i samma mapp som den här"),
        _line("sheets", start.sheets, "bladen som läses; tomt: det enda blad som har en rubrikrad"),
        _line("unit", start.unit.value, f"beloppens enhet, kr, tkr eller mkr ({start.unit_why})"),
        "[ledger.columns]  # liggarens egna rubriker, där de inte känns igen av sig själva",
        *(_line(f, h, label_of(f)) for f, h in start.columns.items()),
        *(f"# {_line(f, h, f'{label_of(f)}; känns igen utan den här raden')}" for f, h in start.recognised.items()),
        "[financing]  # liggarens egna ord för vems pengarna är, utöver Finsam, ESF, EU, annan och liknande",
        _line("members", start.financing["members"], "medlemmarnas pengar, de enda som räknas i tabellerna"),
        _line("ESF", start.financing["ESF"], "pengar från Europeiska socialfonden"),
        _line("EU", start.financing["EU"], "andra EU-medel"),
        _line("other", start.financing["other"], "alla andra pengar"),
        "[classification]  # hur insatserna klassas",
        _line(
            "basis",
            basis,
            "vad ett svar minst vilar på: stated (eget fält), described (beskrivning) eller named (bara namnet)",
        ),
        "derive_orientation = false  # true: en insats utan känd målgrupp, eller för personal, "
        "räknas som strukturpåverkande",
        "# [[strategy.priorities]]  # en av styrelsens prioriteringar; ta bort # för att jämföra den med pengarna",
        '# name = "Unga"  # vad den heter',
        '# years = ""  # när den gällde, till exempel 2016-2018; tomt betyder alla år',
        '# target_groups = ["unga"]  # målgrupper som hör dit; också orientation, owners, process_support och themes',
        "# share_pct = 25  # hur stor del av pengarna den skulle få varje år; utan raden är ingen andel bestämd",
    ]
    return "\n".join(lines) + "\n"


def _line(key: str, value: str | list[str], comment: str) -> str:
    # JSON's strings and lists of strings are written the same way in TOML.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}  # {comment}"
