"""``federation.toml`` read and checked into a ``Federation``, before anything else is opened."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from portfolj.errors import Fault, InputRefused, PortfoljError, Reason
from portfolj.federation.actors import actor_faults
from portfolj.federation.documentation import fact_faults
from portfolj.federation.setting_faults import SETTINGS_FILE, nearest_setting, setting_fault
from portfolj.federation.settings import LEDGER_FIELDS, Federation
from portfolj.federation.strategy import OLD_SETTING


def load_federation(folder: Path) -> Federation:
    """The federation whose settings lie in ``folder``.

    Raises PortfoljError where there is no settings file, InputRefused with every fault of the file at once.
    """
    path = folder / SETTINGS_FILE
    if not path.is_file():
        raise PortfoljError(
            f"Mappen {folder.name!r} saknar {SETTINGS_FILE}. Skapa den med: portfolj new {folder.name} LIGGARE"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        found, action = "Filen är inte sparad som UTF-8", "Spara om den som UTF-8 i textredigeraren"
        raise InputRefused(SETTINGS_FILE, [setting_fault("", Reason.SETTING_WRONG, found, "", action)]) from None
    return parse_federation(text, folder=folder)


def parse_federation(text: str, *, folder: Path) -> Federation:
    """The federation that the TOML ``text`` describes. Raises InputRefused with every fault at once."""
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = f"Filen följer inte TOML{_toml_place(str(error))}"
        action = "Rätta raden. Text ska stå inom citattecken"
        raise InputRefused(SETTINGS_FILE, [setting_fault("", Reason.SETTING_WRONG, found, "", action)]) from None
    old = _old_priorities(settings)
    try:
        federation = Federation.model_validate({**settings, "key": folder.name, "folder": folder})
    except ValidationError as error:
        raise InputRefused(SETTINGS_FILE, [*old, *(_from_pydantic(dict(item)) for item in error.errors())]) from None
    faults = old + _column_faults(federation.ledger.columns) + _file_faults(federation)
    faults += actor_faults(federation.economics)
    faults += fact_faults(federation.documentation)
    if faults:
        raise InputRefused(SETTINGS_FILE, faults)
    return federation


def _old_priorities(settings: dict[str, Any]) -> list[Fault]:
    """The setting that was a list of names, taken out of ``settings``: passed over where it is empty, else told of."""
    if OLD_SETTING not in settings:
        return []
    stated = settings.pop(OLD_SETTING)
    if stated == []:
        return []
    return [
        setting_fault(
            OLD_SETTING, Reason.SETTING_WRONG, f"{OLD_SETTING} är {_as_written(stated)}",
            "[[strategy.priorities]], en tabell för varje prioritering, med name och det som en insats ska uppfylla",
            "Skriv prioriteringarna så och ta bort raden; docs/how-to/styrelsens-prioriteringar.md visar hur",
        )
    ]  # fmt: skip


def _column_faults(columns: dict[str, str]) -> list[Fault]:
    unknown = [field for field in columns if field not in LEDGER_FIELDS]
    headings = {field: columns[field] for field in ("amount", "granted", "paid", "returned") if columns.get(field)}
    doubled = [
        setting_fault(
            f"ledger.columns.{field}", Reason.SETTING_WRONG, f"Kolumnen {heading!r} står för flera belopp",
            "en kolumn per fält", "Ta bort en av raderna",
        )
        for n, (field, heading) in enumerate(headings.items())
        if heading in list(headings.values())[:n]
    ]  # fmt: skip
    return doubled + [
        setting_fault(
            f"ledger.columns.{field}", Reason.SETTING_UNKNOWN, f"Fältet {field!r} finns inte",
            ", ".join(LEDGER_FIELDS), nearest_setting(field, LEDGER_FIELDS),
        )
        for field in unknown
    ]  # fmt: skip


def _file_faults(federation: Federation) -> list[Fault]:
    beside = sorted(p.name for p in federation.folder.glob("*") if p.is_file() and p.name != SETTINGS_FILE)
    twice = [
        setting_fault(
            "ledger.files", Reason.SETTING_WRONG, f"Liggaren {name!r} står flera gånger", "varje fil en gång",
            "Ta bort den ena; annars räknas dess rader dubbelt",
        )
        for name in sorted({n for n in federation.ledger.files if federation.ledger.files.count(n) > 1})
    ]  # fmt: skip
    return twice + [
        setting_fault(
            "ledger.files", Reason.FILE_MISSING, f"Liggaren {name!r} finns inte i mappen {federation.key}",
            "en fil bredvid federation.toml" + (f" (där ligger {', '.join(beside)})" if beside else ""),
            "Lägg filen i mappen eller rätta namnet",
        )
        for name in federation.ledger.files
        if not (federation.folder / name).is_file()
    ]  # fmt: skip


def _from_pydantic(item: dict[str, Any]) -> Fault:
    # Of a list its parts are numbered as people count.
    path = ".".join(str(part + 1 if isinstance(part, int) else part) for part in item["loc"])
    kind, given = item["type"], item.get("input")
    if kind == "extra_forbidden":
        allowed = _allowed_names(item["loc"][:-1])
        return setting_fault(
            path, Reason.SETTING_UNKNOWN, f"Inställningen {path!r} finns inte", ", ".join(allowed),
            nearest_setting(str(item["loc"][-1]), allowed),
        )  # fmt: skip
    if kind == "missing":
        return setting_fault(
            path, Reason.SETTING_WRONG, f"Inställningen {path!r} saknas", _meaning(path), "Lägg till den"
        )
    reason = Reason.UNIT_UNKNOWN if path == "ledger.unit" else Reason.SETTING_WRONG
    return setting_fault(path, reason, f"{path} är {_as_written(given)}", _allowed_value(path, item), "Rätta värdet")


# pydantic's types of errors -> what is allowed. ``{}`` is filled in from the error's context.
_ALLOWED_VALUES = {
    "string_type": "text inom citattecken",
    "int_type": "ett heltal", "int_parsing": "ett heltal", "int_from_float": "ett heltal",
    "finite_number": "ett heltal",
    "float_type": "ett tal", "float_parsing": "ett tal",
    "greater_than_equal": "minst {ge:g}", "less_than_equal": "högst {le:g}",
    "greater_than": "mer än {gt:g}", "less_than": "mindre än {lt:g}",
    "bool_type": "true eller false", "bool_parsing": "true eller false",
    "list_type": "en lista inom hakparenteser", "tuple_type": "en lista inom hakparenteser",
    "too_long": "högst {max_length} värden i listan",
    "string_too_short": "en text som inte är tom", "too_short": "minst ett värde i listan",
}  # fmt: skip


def _allowed_value(path: str, item: dict[str, Any]) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return str(context["expected"]).replace(" or ", " eller ")
    if kind == "value_error":
        return str(context["error"])
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return f"en tabell [{path}] med en rad för varje inställning"
    return _meaning(path) or _ALLOWED_VALUES.get(kind, "ett annat värde, se kommentarerna i filen").format(**context)


def _as_written(value: object) -> str:
    """A value as it stands in the file, where that differs from how Python writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, date | time) else repr(value)


def _toml_place(message: str) -> str:
    """Where the file breaks off, in Swedish, from the parser's English message."""
    match = re.search(r"at line (\d+), column (\d+)", message)
    if match:
        return f": fel på rad {match[1]}, tecken {match[2]}"
    return ": den slutar för tidigt" if "end of document" in message else ""


def _meaning(path: str) -> str:
    return {
        "name": "förbundets namn",
        "ledger": "en tabell [ledger] med files och unit",
        "ledger.files": 'en lista med filnamn, till exempel files = ["liggare.xlsx"]',
        "ledger.unit": "'kr', 'tkr' eller 'mkr': beloppens enhet i liggaren",
    }.get(path, "")


def _allowed_names(location: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Federation
    for part in location:
        if isinstance(part, int):
            continue  # which one of a list of tables: they are all alike
        annotation = model.model_fields[str(part)].annotation
        candidates = [annotation, *getattr(annotation, "__args__", ())]
        model = next(c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel))
    return [name for name in model.model_fields if name not in ("key", "folder")]
