"""The parameters of a notebook: read from its tagged cell and checked before any kernel starts.

The cell tagged ``parameters`` holds one typed assignment per line. The comment explains the parameter and may list
the values it takes, so that the cell needs no import and runs as it stands in JupyterLab:

    period: str = ""  # år, till exempel 2014-2019; tomt = alla år
    basis: str = ""  # vad ett svar minst ska vila på; något av: stated | described | named

Types are ``str``, ``int``, ``float`` and ``bool``. The value that the cell holds is always allowed, also where
it is not in the list (an empty text usually means "as the federation has set it"). A list goes on over
comment lines below.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import math
import re
import tokenize
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolj.errors import ParameterError, PortfoljError

PARAMETERS_TAG = "parameters"
TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
TYPE_NAMES = {str: "text", int: "ett heltal", float: "ett tal", bool: "true eller false"}
TRUE_WORDS, FALSE_WORDS = {"true", "ja"}, {"false", "nej"}
_ALLOWED_LIST = re.compile(r"\b(?:något av|någon av|one of):\s*(?P<values>.+)$", re.IGNORECASE)

Value = str | int | float | bool


@dataclass(frozen=True)
class Parameter:
    """One parameter as its notebook declares it. ``allowed`` is empty where any value of the type will do."""

    name: str
    type: type
    default: Value
    explanation: str
    allowed: tuple[str, ...]


def notebook_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters that the notebook declares, by name, in the order of its cell; empty without such a cell.

    Raises PortfoljError where the file is no notebook or the cell holds anything but typed assignments.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise PortfoljError(f"Notebooken {notebook.name} finns inte i mappen {notebook.parent.name}.") from None
    except (ValueError, KeyError, TypeError):
        raise PortfoljError(
            f"{notebook.name} är inte en notebook i format 4. Öppna den i JupyterLab och spara om den."
        ) from None
    for cell in cells:
        if PARAMETERS_TAG in cell.get("metadata", {}).get("tags", ()):
            return parse_parameters("".join(cell["source"]), notebook_name=notebook.name)
    return {}


def parse_parameters(source: str, *, notebook_name: str) -> dict[str, Parameter]:
    """The parameters that the ``source`` of a parameters cell declares, by name."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise PortfoljError(f"{notebook_name}, parametercellen, rad {error.lineno}: raden är inte Python.") from None
    comments = _comments_by_line(source)
    declared = [_declared(statement, comments, notebook_name) for statement in statements]
    return {parameter.name: parameter for parameter in declared}


def checked_parameters(
    notebook: Path, given: Mapping[str, object], *, checks: Mapping[str, Callable[[object], object]] | None = None
) -> dict[str, Value]:
    """Every parameter of the notebook with the value it runs with: what is given, else what the cell holds.

    A text is read as the declared type (``"2019"`` as 2019; ``"0012"`` stays text where the type is ``str``).
    ``checks`` holds a function per parameter that raises ValueError or ParameterError with what is allowed. Raises
    ParameterError with every fault at once.
    """
    declared = notebook_parameters(notebook)
    faults: list[str] = []
    values: dict[str, Value] = {name: parameter.default for name, parameter in declared.items()}
    for name, value in given.items():
        try:
            if name not in declared:
                raise ValueError(_unknown(name, list(declared)))
            values[name] = _typed(declared[name], value)
            if checks and name in checks:
                checks[name](values[name])
        except (ValueError, ParameterError) as error:
            faults.append(str(error))
    if faults:
        raise ParameterError("\n".join(f"{notebook.name}: {fault}" for fault in faults))
    return values


def checked_for_each(notebooks: Sequence[Path], given: Mapping[str, object]) -> list[dict[str, Value]]:
    """The same for several notebooks that are run together: each gets those of the parameters that it declares.

    Raises ParameterError with every fault at once, a parameter that none of them declares among them. What several
    notebooks say of the same parameter is told once, with the first one's name.
    """
    declared = [notebook_parameters(notebook) for notebook in notebooks]
    known = {name for parameters in declared for name in parameters}
    faults = [_unknown(name, sorted(known)) for name in given if name not in known]
    values = []
    for notebook, parameters in zip(notebooks, declared, strict=True):
        own = {name: value for name, value in given.items() if name in parameters}
        try:
            values.append(checked_parameters(notebook, own))
        except ParameterError as error:
            for line in str(error).split("\n"):
                told = line.removeprefix(f"{notebook.name}: ")
                faults += [] if any(fault.endswith(told) for fault in faults) else [line]
    if faults:
        raise ParameterError("\n".join(faults))
    return values


def _declared(statement: ast.stmt, comments: dict[int, str], notebook_name: str) -> Parameter:
    line = statement.lineno
    if not (
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and isinstance(statement.annotation, ast.Name)
        and statement.annotation.id in TYPES
        and statement.value is not None
    ):
        raise PortfoljError(
            f"{notebook_name}, parametercellen, rad {line}: varje rad ska vara en tilldelning med typ, "
            f'till exempel: period: str = ""  # år. Typer: {", ".join(TYPES)}.'
        )
    kind = TYPES[statement.annotation.id]
    default: object
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        default = None
    if kind is float and type(default) is int:
        default = float(default)
    if not isinstance(default, Value) or type(default) is not kind:
        raise PortfoljError(
            f"{notebook_name}, parametercellen, rad {line}: {statement.target.id} ska vara {TYPE_NAMES[kind]}."
        )
    comment = comments.get(statement.end_lineno or line, "")
    listed = _ALLOWED_LIST.search(comment)
    allowed = tuple(part.strip(" .") for part in listed["values"].split("|")) if listed else ()
    explanation = comment[: listed.start()].rstrip(" ;,") if listed else comment
    return Parameter(statement.target.id, kind, default, explanation, allowed)


def _comments_by_line(source: str) -> dict[int, str]:
    """Comment of each line that has code, with the comment-only lines right below it joined on."""
    comments: dict[int, str] = {}
    last_line = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        text = token.string.lstrip("# ").rstrip()
        if token.line.lstrip().startswith("#"):
            if last_line and token.start[0] == last_line + 1:
                owner = max(comments)
                comments[owner], last_line = f"{comments[owner]} {text}", token.start[0]
        else:
            comments[token.start[0]], last_line = text, token.start[0]
    return comments


def _unknown(name: str, declared: list[str]) -> str:
    close = difflib.get_close_matches(name, declared, n=1)
    nearest = f" Menade du {close[0]}?" if close else ""
    names = f"Parametrar: {', '.join(declared)}." if declared else "Notebooken har inga parametrar."
    return f"parametern {name!r} finns inte.{nearest} {names}"


def _typed(parameter: Parameter, value: object) -> Value:
    try:
        typed = _as_type(value, parameter.type)
    except ValueError:
        wanted = " | ".join(parameter.allowed) or TYPE_NAMES[parameter.type]
        raise ValueError(f"{parameter.name} är {value!r}. Tillåtet: {wanted}.") from None
    if parameter.allowed and str(typed) not in parameter.allowed and typed != parameter.default:
        close = difflib.get_close_matches(str(typed), parameter.allowed, n=1)
        nearest = f" Menade du {close[0]}?" if close else ""
        raise ValueError(f"{parameter.name} är {value!r}.{nearest} Tillåtet: {' | '.join(parameter.allowed)}.")
    return typed


def _as_type(value: object, kind: type) -> Value:
    if kind is str and isinstance(value, str):
        return value
    if kind is bool:
        if isinstance(value, bool):
            return value
        word = value.strip().casefold() if isinstance(value, str) else ""
        if word in TRUE_WORDS | FALSE_WORDS:
            return word in TRUE_WORDS
    elif kind is int and not isinstance(value, bool):
        if isinstance(value, int):
            return value
        if isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d+\s*", value):
            return int(value)
    elif kind is float and not isinstance(value, bool) and isinstance(value, int | float | str):
        number = float(value.replace(",", ".") if isinstance(value, str) else value)
        if math.isfinite(number) and "_" not in str(value):
            return number
    raise ValueError(value)
