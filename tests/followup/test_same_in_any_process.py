"""What is hidden does not depend on the process: sets come in another order in each, and draws must not follow it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOOK = """
import hashlib, sys
from portfolj.followup.view import open_follow_up
from portfolj.portfolio import open_portfolio
view = open_follow_up(open_portfolio(sys.argv[1]))
tables = sorted((name, table.to_csv()) for name, table in view.tables.items())
print(len(view.hidden), hashlib.sha256(repr(tables).encode()).hexdigest())
"""


@pytest.mark.parametrize("federation", [pytest.param("spik", marks=pytest.mark.harness), "ratt-insats"])
def test_every_process_hides_the_same(federation: str) -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", LOOK, federation],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1
    assert int(seen.pop().split()[0]) > 0
