"""The notebooks as an analyst runs them: all cells from top to bottom, from any folder, with other parameters."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from portfolj.places import DATA_VARIABLE, NOTEBOOKS_VARIABLE, OUT_VARIABLE, Places
from portfolj.portfolio.view import open_portfolio
from portfolj.review.doubt import at_stake

ROOT = Path(__file__).parents[2]


def run_all(notebook: str, *, folder: Path, changed: dict[str, str], environment: dict[str, str]) -> Any:
    """The notebook after Run All in ``folder``, its parameters cell edited as an analyst would."""
    node = nbformat.read(ROOT / "notebooks" / notebook, as_version=4)
    for cell in node.cells:
        if "parameters" in cell.metadata.get("tags", []):
            for old, new in changed.items():
                assert old in cell.source
                cell.source = cell.source.replace(old, new)
    client = NotebookClient(node, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, timeout=120)
    client.execute(env=environment)
    return node


def html_of(node: Any) -> str:
    return "\n".join(o.data["text/html"] for c in node.cells for o in c.get("outputs", []) if "data" in o)


@pytest.fixture
def environment(places: Places) -> dict[str, str]:
    return {
        **os.environ,
        DATA_VARIABLE: str(places.data),
        OUT_VARIABLE: str(places.out),
        NOTEBOOKS_VARIABLE: str(places.notebooks),
    }


def test_the_portfolio_runs_from_the_top_of_the_repository_with_another_rule(environment: dict[str, str]) -> None:
    changed = {'period: str = ""': 'period: str = "2016-2017"', '"once"': '"overlapping"'}
    html = html_of(run_all("2_portfolio.ipynb", folder=ROOT, changed=changed, environment=environment))
    assert "2016–2017" in html
    # 13 700 000 (2016) + 14 770 000 (2017) kr, from the ledger's own rows
    assert "28\u00a0470\u00a0000\u00a0kr" in html
    assert "hela beloppet räknas i var och en" in html


def test_the_review_runs_from_a_folder_deep_in_the_repository_for_another_federation(
    environment: dict[str, str],
) -> None:
    changed = {'"rar-sormland"': '"finsam-urval"'}
    deep = ROOT / "src" / "portfolj" / "ledger"
    html = html_of(run_all("1_review.ipynb", folder=deep, changed=changed, environment=environment))
    assert "finsam_urval.csv" in html


def test_the_economics_go_by_a_value_and_a_rule_that_the_analyst_changes(environment: dict[str, str]) -> None:
    changed = {
        'values: str = ""': 'values: str = "cost_per_participant:kommun=8000"',
        "deadweight_pct: float = -1.0": "deadweight_pct: float = 50.0",
    }
    html = html_of(run_all("4_economics.ipynb", folder=ROOT / "tests", changed=changed, environment=environment))
    text = html.replace("\u00a0", " ")
    assert "parametercellen" in text  # the source of the changed value
    # Half of society's 13 681 000 kr would have come anyway: 6 840 500 kr a year. A participant costs 8 000 kr less:
    # 40 667 082 - 511 x 8 000 = 36 579 082 kr, and 12 x 36 579 082 / 6 840 500 = 64.2 months.
    assert "mer än fem år" in text
    assert re.search(r"50(,0)? %", text)


def test_without_any_settings_the_repository_itself_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from portfolj.places import find_places

    for variable in (DATA_VARIABLE, OUT_VARIABLE, NOTEBOOKS_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    for folder in (ROOT, ROOT / "notebooks", ROOT / "src" / "portfolj" / "ledger"):
        monkeypatch.chdir(folder)
        assert find_places() == Places(data=ROOT / "data", out=ROOT / "reports", notebooks=ROOT / "notebooks")


def test_the_lines_that_the_review_notebook_gives_decide_what_they_say(places: Places, tmp_path: Path) -> None:
    node = nbformat.read(ROOT / "notebooks" / "1_review.ipynb", as_version=4)
    (lines,) = [found[1] for cell in node.cells if (found := re.search(r"```python\n(.*?)```", cell.source, re.DOTALL))]
    shutil.copytree(places.raw("rar-sormland"), tmp_path / "data" / "raw" / "rar-sormland")
    own = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=places.notebooks)
    before = open_portfolio("rar-sormland", places=own)
    exec(lines, {"portfolio": before})
    after = open_portfolio("rar-sormland", places=own)
    owners = [p.interventions.set_index("intervention_key").loc["2014/005", "owner"] for p in (before, after)]
    assert owners == ["ej_definierad", "forbund"]
    assert len(at_stake(before)) - len(at_stake(after)) == 1
