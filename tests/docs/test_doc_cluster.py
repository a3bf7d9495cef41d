"""The how-to about clusters shows programs, settings and flags that can be read by what reads them."""

from __future__ import annotations

import ast
import shlex
import shutil
import subprocess

import click
import dask
import pytest
import yaml
from distributed.cli import dask_scheduler, dask_worker
from doc_pages import ROOT, Block, blocks

PAGE = ROOT / "docs" / "how-to" / "kluster.md"
BLOCKS = blocks(PAGE)
READERS = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}


def in_language(language: str) -> list[Block]:
    found = [block for block in BLOCKS if block.language == language]
    assert found
    return found


def dask_commands() -> list[list[str]]:
    """Every ``dask …`` of the page: typed, in the script and in a container."""
    lines = [command for block in BLOCKS for command in block.commands]
    lines += [line.removeprefix("srun ").rstrip(" &") for block in in_language("bash") for line in block.lines]
    typed = [shlex.split(line) for line in lines if line.startswith("dask ")]
    cluster = next(text for block in in_language("yaml") if "replicas" in (text := "\n".join(block.lines)))
    spec = yaml.safe_load(cluster)["spec"]
    return typed + [spec[part]["spec"]["containers"][0]["args"] for part in ("worker", "scheduler")]


@pytest.mark.parametrize("command", dask_commands(), ids=" ".join)
def test_every_dask_command_has_flags_that_dask_knows(command: list[str]) -> None:
    READERS[command[1]].make_context(command[1], command[2:])


def test_a_flag_that_dask_does_not_know_would_be_found() -> None:
    assert len(dask_commands()) == 8
    with pytest.raises(click.NoSuchOption):
        READERS["worker"].make_context("worker", ["tcp://10.0.0.5:8786", "--processes", "4"])


@pytest.mark.parametrize("block", in_language("python"), ids=lambda block: str(block.first))
def test_a_python_program_can_be_read(block: Block) -> None:
    ast.parse("\n".join(block.lines))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_for_slurm_can_be_read() -> None:
    (script,) = in_language("bash")
    subprocess.run(["bash", "-n"], input="\n".join(script.lines), text=True, check=True)


def test_the_settings_for_certificates_are_dasks_own() -> None:
    (settings,) = [
        found for block in in_language("yaml") if "distributed" in (found := yaml.safe_load("\n".join(block.lines)))
    ]
    known = dask.config.get("distributed.comm.tls")
    stated = settings["distributed"]["comm"]["tls"]
    assert set(stated) <= set(known)
    assert all(set(stated[part]) <= set(known[part]) for part in ("scheduler", "worker", "client"))
    assert dask.config.get("distributed.scheduler.worker-saturation") is not None
    assert dask.config.get("distributed.scheduler.allowed-failures") == 3  # the page says four deaths
