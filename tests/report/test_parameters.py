from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolj.errors import ParameterError, PortfoljError
from portfolj.report.parameters import checked_for_each, checked_parameters, notebook_parameters, parse_parameters

CELL = """period: str = ""  # år, till exempel 2014-2019; tomt = alla år
basis: str = ""  # vad ett svar minst ska vila på; något av: stated | described | named
largest: int = 5
share: float = 1
postcode: str = "00120"  # text, not a number
derive: bool = False
rule: str = "once"  # one of: once | split |
# overlapping
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "2_portfolio.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": CELL.splitlines(keepends=True)}
    path.write_text(json.dumps({"cells": [{"metadata": {}, "source": ["x"]}, cell]}), encoding="utf-8")
    return path


def test_the_cell_gives_name_type_default_explanation_and_allowed_values() -> None:
    declared = parse_parameters(CELL, notebook_name="n.ipynb")
    assert list(declared) == ["period", "basis", "largest", "share", "postcode", "derive", "rule"]
    assert declared["period"].explanation == "år, till exempel 2014-2019; tomt = alla år"
    assert declared["basis"].allowed == ("stated", "described", "named")
    assert declared["basis"].explanation == "vad ett svar minst ska vila på"
    assert declared["rule"].allowed == ("once", "split", "overlapping")
    assert (declared["share"].type, declared["share"].default) == (float, 1.0)


def test_what_is_not_given_keeps_the_value_of_the_cell(notebook: Path) -> None:
    values = checked_parameters(notebook, {"period": "2014-2019"})
    assert values == {
        "period": "2014-2019", "basis": "", "largest": 5, "share": 1.0, "postcode": "00120", "derive": False,
        "rule": "once",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("largest", "0012", 12),
        ("postcode", "0012", "0012"),
        ("postcode", "1_000", "1_000"),
        ("share", "0,25", 0.25),
        ("derive", "ja", True),
        ("derive", "FALSE", False),
        ("basis", "described", "described"),
        ("basis", "", ""),
    ],
)
def test_a_text_is_read_as_the_declared_type(notebook: Path, name: str, given: str, value: object) -> None:
    read = checked_parameters(notebook, {name: given})[name]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("largest", "abc"), ("largest", "1_000"), ("largest", "1.5"), ("largest", True), ("largest", None),
        ("share", "nan"), ("share", "inf"), ("share", "1_0"), ("derive", "kanske"), ("derive", 1), ("period", 2019),
        ("basis", "guessed"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused(notebook: Path, name: str, given: object) -> None:
    with pytest.raises(ParameterError, match=name):
        checked_parameters(notebook, {name: given})


def test_an_unknown_parameter_is_refused_with_the_nearest_right_name(notebook: Path) -> None:
    with pytest.raises(ParameterError) as refused:
        checked_parameters(notebook, {"peroid": "2019"})
    assert "Menade du period?" in str(refused.value)
    assert "largest" in str(refused.value)  # the whole list


def test_all_faults_come_at_once(notebook: Path) -> None:
    def never(_: object) -> None:
        raise ValueError("perioden går inte att tolka")

    given = {"peroid": "2019", "basis": "statd", "largest": "x", "period": "när som helst"}
    with pytest.raises(ParameterError) as refused:
        checked_parameters(notebook, given, checks={"period": never})
    message = str(refused.value)
    assert len(message.splitlines()) == 4
    assert "Menade du stated? Tillåtet: stated | described | named" in message
    assert "perioden går inte att tolka" in message


@pytest.mark.parametrize("line", ["period = 2019", "import os", 'period: list = ["x"]', 'year: int = "2019"', "x: int"])
def test_a_cell_that_holds_more_than_typed_assignments_is_named_with_its_line(line: str) -> None:
    with pytest.raises(PortfoljError, match="rad 2"):
        parse_parameters(f'first: str = ""\n{line}\n', notebook_name="n.ipynb")


def test_a_file_that_is_no_notebook_is_a_user_error(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    with pytest.raises(PortfoljError, match="finns inte"):
        notebook_parameters(path)
    path.write_text("{}")
    with pytest.raises(PortfoljError, match="inte en notebook"):
        notebook_parameters(path)


def test_a_notebook_without_parameters_takes_none(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"cells": []}))
    assert checked_parameters(path, {}) == {}
    with pytest.raises(ParameterError, match="inga parametrar"):
        checked_parameters(path, {"period": "2019"})


@pytest.fixture
def notebooks(tmp_path: Path) -> list[Path]:
    """Two that are run together: both have a period, each one parameter of its own."""
    made = []
    for name, own in (
        ("2_portfolio", 'basis: str = ""  # något av: stated | named'),
        ("4_economics", "rate: float = -1"),
    ):
        source = f'period: str = ""  # något av: 2019 | 2020\n{own}\n'
        cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
        made.append(path)
    return made


def test_of_notebooks_that_run_together_each_gets_the_parameters_that_it_declares(notebooks: list[Path]) -> None:
    assert checked_for_each(notebooks, {"period": "2019", "rate": "3,5"}) == [
        {"period": "2019", "basis": ""}, {"period": "2019", "rate": 3.5},
    ]  # fmt: skip
    assert checked_for_each(notebooks, {}) == [{"period": "", "basis": ""}, {"period": "", "rate": -1.0}]


def test_a_parameter_that_none_of_them_declares_is_refused_with_those_of_all(notebooks: list[Path]) -> None:
    with pytest.raises(ParameterError) as refused:
        checked_for_each(notebooks, {"peroid": "2019"})
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    assert "Menade du period?" in message
    assert [name for name in ("basis", "period", "rate") if name not in message] == []


def test_all_faults_of_all_notebooks_come_at_once_and_each_is_told_once(notebooks: list[Path]) -> None:
    with pytest.raises(ParameterError) as refused:
        checked_for_each(notebooks, {"period": "2018", "basis": "stted", "rate": "hög", "colour": "red"})
    lines = str(refused.value).splitlines()
    assert len(lines) == 4
    assert "'colour'" in lines[0]
    assert [line.split(":")[0] for line in lines[1:]] == ["2_portfolio.ipynb", "2_portfolio.ipynb", "4_economics.ipynb"]
    assert sum("period är" in line for line in lines) == 1  # not once for each notebook
    assert "Menade du stated?" in str(refused.value)


def test_no_notebooks_take_no_parameters() -> None:
    assert checked_for_each([], {}) == []
    with pytest.raises(ParameterError, match="finns inte"):
        checked_for_each([], {"period": "2019"})
