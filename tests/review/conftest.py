"""A small federation to review."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from review_books import federation_at, opened

from portfolj.places import Places


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The federation read and coded once; tests work in copies of it."""
    places = federation_at(tmp_path_factory.mktemp("prepared"))
    opened(places)
    return places


@pytest.fixture
def prov(prepared: Places, tmp_path: Path) -> Places:
    """Three interventions: one sure, one without owner and target group, one with two owners."""
    shutil.copytree(prepared.data, tmp_path / "data")
    return replace(prepared, data=tmp_path / "data")
