"""An executed notebook as it is published: what was found, nothing of the machine that ran it.

Same inputs and same code give the same bytes. Times, durations, machine paths and memory addresses go; what the
notebook wrote to stderr goes too (library warnings name files). Sources, outputs, tags and parameters stay.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

INJECTED_TAG = "injected-parameters"
HIDDEN_PATH = "…"
_ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_MEMORY_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")


def normalised(node: Any, *, parameters: Mapping[str, object], private_paths: Iterable[str]) -> Any:
    """A copy of the executed notebook without traces of the machine, with ``metadata.portfolj.parameters`` set.

    ``private_paths`` are folders whose names must not be published; the longest is replaced first.
    """
    clean = copy.deepcopy(node)
    paths = _path_spellings(private_paths)
    clean.metadata = type(clean.metadata)(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
        portfolj={"parameters": dict(parameters)},
    )
    for cell in clean.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in cell.metadata.get("tags", ()):
            cell.id = INJECTED_TAG  # papermill draws a new id for each run
        if cell.cell_type == "code":
            cell.outputs = [_clean_output(o, paths) for o in cell.outputs if o.get("name") != "stderr"]
    return clean


def without_colours(text: str) -> str:
    """The text without terminal colour codes."""
    return _ANSI_COLOUR.sub("", text)


def _path_spellings(paths: Iterable[str]) -> list[str]:
    """Each folder as given, with forward slashes and with doubled backslashes; longest first."""
    folders = {str(Path(p)) for p in [*paths, str(Path.home())] if Path(p).is_absolute() and len(Path(p).parts) > 1}
    spellings = folders | {f.replace("\\", "/") for f in folders} | {f.replace("\\", "\\\\") for f in folders}
    return sorted(spellings, key=lambda folder: (-len(folder), folder))


def _clean_output(output: Any, paths: list[str]) -> Any:
    if "text" in output:
        output.text = _clean_text(output.text, paths)
    for kind, content in output.get("data", {}).items():
        if kind.startswith("text/") and isinstance(content, str):
            output.data[kind] = _clean_text(content, paths)
    return output


def _clean_text(text: str, paths: list[str]) -> str:
    for path in paths:
        # Whole paths only: the same letters inside an encoded picture are not a path.
        text = re.sub(rf"(?<![\w+/=])(?:file://)?{re.escape(path)}(?![\w+=-])", HIDDEN_PATH, text)
    return _MEMORY_ADDRESS.sub("at 0x…", text)
