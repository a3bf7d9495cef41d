"""``portfolj review`` as it is typed: a few useful lines, exit codes, no traceback."""

from __future__ import annotations

import pytest
from review_books import decisions, decisions_at, fill

from portfolj import cli
from portfolj.errors import EXIT_USER_ERROR
from portfolj.places import Places


@pytest.fixture
def typed(prov: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Types a command about the federation's data; gives exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[object, str, str]:
        elsewhere = ["--data", str(prov.data), "--out", str(prov.out)]
        monkeypatch.setattr("sys.argv", ["portfolj", *arguments, *elsewhere])
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_writing_tells_what_waits_where_the_workbook_is_and_what_to_do_next(typed, prov: Places) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = typed("review", "prov")
    assert code in (None, 0)
    path = prov.processed("prov") / "review.xlsx"
    assert path.is_file()
    # Interventions 2 (200 kr) and 3 (300 kr) have an answer in doubt.
    assert "2 av 3 insatser i rapporten har ett osäkert svar; de har beviljats 500\u00a0kr." in told
    assert str(path) in told
    assert f"portfolj review prov --apply --data {prov.data}" in told


def test_applying_tells_what_was_decided_and_where(typed, prov: Places) -> None:  # type: ignore[no-untyped-def]
    typed("review", "prov")
    fill(prov.processed("prov") / "review.xlsx", {("2", "Huvudman: beslut"): "Kommun"})
    code, told, _ = typed("review", "prov", "--apply")
    assert code in (None, 0)
    assert f"prov: 1 nytt beslut i {decisions_at(prov)}" in told
    assert "portfolj run prov" in told
    assert len(decisions(prov)) == 1
    code, told, _ = typed("review", "prov", "--apply")
    assert (code in (None, 0), "Inget att föra in" in told, "portfolj run" in told) == (True, True, False)


def test_faults_end_with_exit_code_2_every_address_and_no_traceback(typed, prov: Places) -> None:  # type: ignore[no-untyped-def]
    typed("review", "prov")
    addresses = fill(
        prov.processed("prov") / "review.xlsx", {("2", "Huvudman: beslut"): "x", ("3", "Inriktning: beslut"): "y"}
    )
    code, _, told = typed("review", "prov", "--apply")
    assert code == EXIT_USER_ERROR
    for address in addresses.values():
        assert f"review.xlsx, blad Insatser, cell {address}: " in told
    assert "Traceback" not in told
    assert not decisions_at(prov).exists()
    code, _, told = typed("review", "prov")
    assert code == EXIT_USER_ERROR
    assert "skrivs inte över" in told


def test_a_federation_that_does_not_exist_is_told_with_the_nearest_name(typed) -> None:  # type: ignore[no-untyped-def]
    code, _, told = typed("review", "prv")
    assert (code, "Menade du prov?" in told) == (EXIT_USER_ERROR, True)


def test_the_period_decides_what_is_in_the_report(typed, prov: Places) -> None:  # type: ignore[no-untyped-def]
    _, told, _ = typed("review", "prov", "--period", "2020")
    assert "0 av 1 insatser i rapporten har ett osäkert svar" in told
