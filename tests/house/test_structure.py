"""The house stays easy to see: imports go downwards, modules are small, notebooks are thin and clean."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "portfolj"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# From the top of the house to its ground. A room imports itself and rooms below it.
FLOORS = ("__main__", "cli", "schedule", "mail", "fleet", "report", "exhibits", "checking", "why", "start",
          "evaluation", "earlier", "review", "agreement", "comparison", "stakeholders", "logic", "strategy",
          "documentation", "forms", "goals", "economics", "followup", "portfolio", "prepare", "coding",
          "ledger", "disclosure", "federation", "places", "files", "errors")  # fmt: skip


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "portfolj":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("portfolj.")}
    return found


@pytest.mark.parametrize(
    "module", [m for m in MODULES if room(m) != "__init__"], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_imports_go_downwards_only(module: Path) -> None:
    below = FLOORS[FLOORS.index(room(module)) :]
    assert imported_rooms(module) <= set(below)


def test_every_room_has_its_floor() -> None:
    assert {room(module) for module in MODULES} - {"__init__"} == set(FLOORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_a_module_is_one_subject(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300
    assert not re.fullmatch(r"(utils?|helpers?|common|misc)", module.stem)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_a_notebook_is_committed_without_outputs_definitions_or_figures(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code if cell["outputs"]] == []
    assert [cell["execution_count"] for cell in code if cell["execution_count"]] == []
    for cell in code:
        source = "".join(cell["source"])
        if "parameters" not in cell["metadata"].get("tags", []):
            tree = ast.parse(source)
            numbers = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and not isinstance(n.value, str)]
            assert numbers == []
            assert not any(isinstance(n, ast.FunctionDef | ast.Lambda | ast.ClassDef) for n in ast.walk(tree))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_a_notebook_begins_with_its_question_and_has_one_parameters_cell(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert cells[0]["cell_type"] == "markdown"
    assert "".join(cells[0]["source"]).startswith("# ")
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1


def test_nothing_in_the_project_reaches_outside_it() -> None:
    texts = [p for p in ROOT.rglob("*") if p.suffix in (".py", ".toml", ".yml", ".md") and ".venv" not in p.parts]
    outside = "../" + "shared"
    assert [str(p.relative_to(ROOT)) for p in texts if outside in p.read_text(encoding="utf-8")] == []
