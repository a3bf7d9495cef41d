"""The conda way and the pip way are one environment: every range admits the version that the lock pins."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from rattler import MatchSpec, Version, VersionSpec

ROOT = Path(__file__).parents[2]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
SPECS = [spec for spec in ENVIRONMENT["dependencies"] if isinstance(spec, str)]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", LOCK, flags=re.MULTILINE)
PYPI_NAME = {"matplotlib-base": "matplotlib"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def admits(spec: str, version: str) -> bool:
    return VersionSpec(str(MatchSpec(spec).version)).matches(Version(version))


def name_of(spec: str) -> str:
    return re.split(r"[<>=!~ ]", spec)[0]


def test_only_conda_forge_is_asked() -> None:
    assert ENVIRONMENT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("spec", [spec for spec in SPECS if name_of(spec) not in ("python", "pip")])
def test_the_range_admits_the_locked_version(spec: str) -> None:
    name = name_of(spec)
    versions = [version for pinned, version in PINS if pinned == PYPI_NAME.get(name, name)]
    assert versions, f"{name} is not in requirements.lock"
    for version in versions:
        assert admits(spec, version), f"{spec} does not admit {version}"


def test_a_range_that_is_too_narrow_would_be_found() -> None:
    # The check above can fail: a wrong range does not admit the pin.
    version = dict(PINS)["pandas"]
    assert not admits("pandas <2", version)


def test_every_dependency_of_the_package_is_in_the_environment() -> None:
    wanted = {re.split(r"[<>=!~ \[]", requirement)[0] for requirement in PROJECT["dependencies"]}
    given = {PYPI_NAME.get(name_of(spec), name_of(spec)) for spec in SPECS}
    assert wanted <= given


def test_python_has_the_same_range() -> None:
    (python,) = (spec for spec in SPECS if name_of(spec) == "python")
    assert python.split()[1] == PROJECT["requires-python"]


def test_every_pin_has_a_hash_and_no_index_is_named() -> None:
    requirements = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)
    pinned = [block for block in requirements if "==" in block.split("\n")[0]]
    assert len(pinned) == len(PINS)
    assert [block.split("\n")[0] for block in pinned if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://|--index|--extra-index|--find-links", LOCK) == []
