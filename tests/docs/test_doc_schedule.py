"""The pages on schedules and letters: settings, the crontab's line, and the files for Airflow and JupyterLab."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any, ClassVar

import pytest
from doc_pages import ROOT, blocks
from test_doc_commands import parse

from portfolj.mail.settings import MailSettings, load_settings
from portfolj.schedule.crontab import crontab_line
from portfolj.schedule.job import Job
from portfolj.schedule.times import When

PAGE = ROOT / "docs" / "how-to" / "schemalagg.md"
REFERENCE = ROOT / "docs" / "reference" / "brev-toml.md"
EXAMPLES = ROOT / "docs" / "how-to" / "exempel"
DAGS = sorted(EXAMPLES.glob("*.py"))
HOME = Path("/home/anna")
# The parameters that Airflow's documentation gives the operator, of its own and of every task.
BASH_OPERATOR = {"bash_command", "env", "append_env", "output_encoding", "skip_on_exit_code", "cwd", "output_processor",
                 "task_id", "execution_timeout", "trigger_rule"}  # fmt: skip
DAG = {"dag_id", "schedule", "start_date", "catchup", "max_active_runs"}


def after_mark(mark: str) -> str:
    """The content of the page's block below an HTML comment."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    first = lines.index(f"<!-- {mark} -->") + 2
    (block,) = [block for block in blocks(PAGE) if block.first == first]
    return "\n".join(block.lines)


def _in_words(default: object) -> str:
    if isinstance(default, float):
        return f"{default:g}"
    return "inga" if default == [] else "tomt"


def test_the_reference_of_the_settings_is_the_settings_themselves() -> None:
    wanted = []
    for name, field in MailSettings.model_fields.items():
        default = "måste anges" if field.is_required() else _in_words(field.default)
        wanted.append(f"| `{field.alias or name}` | {field.description} | {default} |")
    text = REFERENCE.read_text(encoding="utf-8")
    head = "| inställning | betydelse | förval |\n|---|---|---|\n"
    before, _, rest = text.partition(head)
    shown, _, after = rest.partition("\n\n") if rest.startswith("|") else ("", "", rest.lstrip("\n"))
    if os.environ.get("UPDATE_DOCS") and shown.split("\n") != wanted:
        REFERENCE.write_text(before + head + "\n".join(wanted) + "\n\n" + after, encoding="utf-8")
        return
    assert shown.split("\n") == wanted


def test_the_settings_shown_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "brev.toml").write_text(after_mark("inställningar: brev"), encoding="utf-8")
    (tmp_path / "brev.losen").write_text("hemligt\n", encoding="utf-8")
    (tmp_path / "brev.losen").chmod(0o600)
    settings, password = load_settings(tmp_path / "brev.toml")
    assert (settings.server_port, password.get_secret_value()) == (587, "hemligt")
    assert len(settings.on_failure) == 2


def test_the_line_shown_is_the_one_that_is_installed() -> None:
    job = Job(
        name="natt", when=When(2, 0), folder=HOME / "portfolj", log=HOME / ".local" / "state" / "portfolj" / "natt.log",
        command=(str(HOME / "portfolj" / ".venv" / "bin" / "python"), "-m", "portfolj", "run", "--all"),
    )  # fmt: skip
    assert crontab_line(job) == after_mark("rad: crontab")


class _Recorded:
    """Stands in for one of Airflow's classes: remembers what it was called with."""

    made: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    def __init__(self, **given: Any) -> None:
        self.made.append((type(self).__name__, given))

    def __enter__(self) -> _Recorded:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def __rshift__(self, other: _Recorded) -> _Recorded:
        return other


def read_by_a_stand_in(dag: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The DAG and the tasks that the file makes."""
    operator, group = type("BashOperator", (_Recorded,), {"made": []}), type("DAG", (_Recorded,), {"made": []})
    modules = {
        "airflow.sdk": {"DAG": group},
        "airflow.providers.standard.operators.bash": {"BashOperator": operator},
        "pendulum": {"datetime": lambda *parts, tz: (*parts, tz)},
    }
    for name in modules:
        for n in range(1, name.count(".") + 1):
            above = ".".join(name.split(".")[:n])
            monkeypatch.setitem(sys.modules, above, types.ModuleType(above))
    for name, content in modules.items():
        module = types.ModuleType(name)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    exec(compile(dag.read_text(encoding="utf-8"), dag.name, "exec"), {})
    return [*group.made, *operator.made]


@pytest.mark.parametrize("dag", DAGS, ids=lambda path: path.stem)
def test_a_dag_uses_what_airflow_has_and_a_command_that_portfolj_has(
    dag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = ast.parse(dag.read_text(encoding="utf-8"))
    imported = {
        f"{node.module}.{a.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names
    }
    assert {"airflow.sdk.DAG", "airflow.providers.standard.operators.bash.BashOperator"} <= imported
    (_, group), (_, run), *_ = made = read_by_a_stand_in(dag, monkeypatch)
    assert set(group) <= DAG
    assert all(set(task) <= BASH_OPERATOR for kind, task in made if kind == "BashOperator")
    assert group["dag_id"] == dag.stem
    program, *arguments = run["bash_command"].split()
    assert program.endswith("/portfolj")
    parse(arguments)
    assert run["cwd"] == str(HOME / "portfolj")


def test_one_dag_takes_a_refusal_for_a_failure_and_the_other_for_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    skips = {dag.stem: read_by_a_stand_in(dag, monkeypatch)[1][1]["skip_on_exit_code"] for dag in DAGS}
    assert skips == {"portfolj_natt": None, "portfolj_natt_hoppa": 2}


def test_the_notebook_for_jupyterlabs_scheduler_runs_portfolj_and_fails_where_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = json.loads((EXAMPLES / "kor_alla.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"  # the scheduler runs nothing without it
    (cell,) = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert (cell["outputs"], cell["execution_count"]) == ([], None)
    code = "".join(cell["source"])
    (listed,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.List)]
    words = [word.value for word in listed.elts if isinstance(word, ast.Constant)]
    assert words[:2] == ["-m", "portfolj"]
    parse(words[2:])
    code = code.replace(str(HOME / "portfolj"), str(tmp_path))
    program = tmp_path / "program"
    monkeypatch.setattr("sys.executable", str(program))
    for ending in (0, 2):
        program.write_text(f'#!/bin/sh\necho "$*"\nexit {ending}\n', encoding="utf-8")
        program.chmod(0o755)
        if ending:
            with pytest.raises(subprocess.CalledProcessError):
                exec(code, {})
        else:
            exec(code, {})
        assert capsys.readouterr().out == "-m portfolj run --all\n \n"


def test_every_example_file_is_linked_from_the_page() -> None:
    linked = set(re.findall(r"\(exempel/([^)]+)\)", PAGE.read_text(encoding="utf-8")))
    assert linked == {path.name for path in EXAMPLES.iterdir() if path.is_file()}
