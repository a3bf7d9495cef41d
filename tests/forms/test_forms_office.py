"""A form opened and saved by LibreOffice, before and after it is filled in, reads the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from filled_forms import APPLICATION, BUDGET, DECISION, GOALS, GRANTS, PARTIES, application, blank, federation_of, fill

from portfolj.ledger import read_ledger

SOFFICE = shutil.which("soffice")
AS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}


def saved(path: Path, ending: str = "xlsx") -> Path:
    """The workbook opened and saved by LibreOffice."""
    assert SOFFICE is not None
    out = path.parent / "saved"
    home = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    subprocess.run(
        [SOFFICE, home, "--headless", "--convert-to", AS[ending], "--outdir", out, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = path.with_suffix(f".{ending}")
    (out / made.name).replace(made)
    return made


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: no round trip through it")
def test_a_form_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    whole = read_ledger(federation_of(tmp_path, application(tmp_path / "hel.xlsx").name))
    path = saved(blank(tmp_path / "ansokan.xlsx"))
    tables = {"Mål som går att mäta": GOALS, "Samverkande parter": PARTIES, "Kostnad per år": BUDGET}
    fill(path, APPLICATION | DECISION, tables | {"Beviljat per år": GRANTS})
    found = read_ledger(federation_of(tmp_path, saved(path, "ods").name))
    beside = ["file", "cell", "row"]
    assert found.rows.drop(columns=beside).to_dict("list") == whole.rows.drop(columns=beside).to_dict("list")
    assert found.remarks == ()
    assert found.set_aside["reason"].tolist() == whole.set_aside["reason"].tolist()
