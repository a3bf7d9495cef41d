"""The federation's logic models, read and checked: one in each file."""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.coding.source import parse_toml, read_text
from portfolj.errors import Fault, InputRefused, PortfoljError, Reason
from portfolj.federation import SETTINGS_FILE, Federation
from portfolj.federation.setting_faults import named_twice
from portfolj.ledger import mask_personal_numbers
from portfolj.logic.model import Model
from portfolj.logic.model_file import ModelReader
from portfolj.logic.remarks import remarks_of

SUBJECT = "De logiska modellerna"


@dataclass(frozen=True, eq=False)
class LogicFiles:
    """``models``: in the order of the settings; ``remarks``: what is weak in them, as ``portfolj check`` tells it."""

    models: tuple[Model, ...] = ()
    remarks: tuple[Fault, ...] = ()


def read_logic(federation: Federation) -> LogicFiles:
    """The federation's logic models. Raises InputRefused with every fault of every file at once."""
    names = federation.logic.files
    faults = named_twice({"logic.files": names})
    models = []
    for name in dict.fromkeys(names):
        try:
            models.append(_model_in(federation, name))
        except InputRefused as refused:
            faults += refused.faults
    if faults:
        raise InputRefused(SUBJECT, faults)
    remarks = [remark.as_fault(model.file) for model in models for remark in remarks_of(model)]
    return LogicFiles(tuple(models), tuple(remarks))


def model_of(text: str, *, file: str) -> Model:
    """The model that a TOML text describes. Raises InputRefused with every fault at once."""
    try:
        table, lines = parse_toml(text, file=file)
    except InputRefused as refused:
        raise InputRefused(SUBJECT, refused.faults) from None
    reader = ModelReader(mask_personal_numbers(file), lines)
    model = reader.model(table)
    if reader.told:
        raise InputRefused(SUBJECT, reader.faults)
    return model


def _model_in(federation: Federation, name: str) -> Model:
    path = federation.folder / name
    if not path.is_file():
        fault = Fault(
            SETTINGS_FILE, "", "logic.files", Reason.FILE_MISSING, f"Filen {name!r} finns inte",
            "en fil bredvid federation.toml", "Lägg filen i mappen eller rätta namnet",
        )  # fmt: skip
        raise InputRefused(SUBJECT, [fault])
    try:
        text = read_text(path)
    except PortfoljError as error:
        if isinstance(error, InputRefused):
            raise
        fault = Fault(name, "", "", Reason.FILE_UNREADABLE, "Filen går inte att läsa", "", "Stäng den i andra program")
        raise InputRefused(SUBJECT, [fault]) from None
    return model_of(text, file=name)
