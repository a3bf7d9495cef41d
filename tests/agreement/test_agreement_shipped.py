"""The shipped figures: they are what measuring gives, or it is said that they are of an earlier coding."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from agreement_rows import CODED_SET, ROOT

from portfolj.agreement import quality_sentence, shipped_quality
from portfolj.agreement.bootstrap import DRAWS, SEED
from portfolj.agreement.measure_shipped import half_of, measured_half, quality_toml, with_half
from portfolj.agreement.shipped import (
    CODE_FIGURES,
    CODEBOOK_FILES,
    FIGURES,
    DimensionQuality,
    HalfQuality,
    Measured,
    coding_sha256,
    parse_quality,
    read_quality,
)
from portfolj.agreement.shipped_words import EARLIER, IN_SAMPLE, UNSEEN
from portfolj.coding import load_codebook
from portfolj.coding.codebook import DIMENSIONS


def odd_rows() -> pd.DataFrame:
    return half_of(pd.read_csv(CODED_SET, dtype=str, keep_default_na=False), "odd")


def test_the_halves_are_the_odd_and_the_even_id_numbers() -> None:
    rows = pd.DataFrame({"id": ["F001", "F002", "F010", "F113"]})
    assert list(half_of(rows, "odd")["id"]) == ["F001", "F113"]
    assert list(half_of(rows, "even")["id"]) == ["F002", "F010"]


def test_the_shipped_figures_of_the_odd_half_are_what_measuring_gives() -> None:
    shipped = shipped_quality()
    if not shipped.odd.is_current:
        pytest.skip("the coding has changed since the figures were measured: run make agreement")
    measured = measured_half(odd_rows(), "odd", measured_on=shipped.odd.measured_on)
    again = with_half(parse_quality(""), "odd", measured, coded_set=shipped.coded_set)
    assert parse_quality(quality_toml(again)).odd == shipped.odd
    assert (shipped.draws, shipped.seed, shipped.coded_set) == (DRAWS, SEED, CODED_SET.name)


@pytest.mark.parametrize("half", ["odd", "even"])
def test_figures_of_another_coding_than_the_shipped_are_said_to_be_so(half: str) -> None:
    quality: HalfQuality = getattr(shipped_quality(), half)
    is_told = EARLIER in quality_sentence(quality)
    assert is_told == (quality.is_measured and quality.coding_sha256 != coding_sha256())


def test_every_figure_has_its_interval_or_the_reason_why_not() -> None:
    quality = shipped_quality()
    measured = [half for half in (quality.odd, quality.even) if half.is_measured]
    assert quality.odd in measured
    for half in measured:
        for scope, rows in (("described", (52, 57)), ("all", (127, 126))):
            for dimension in DIMENSIONS:
                found = half.of(dimension, scope=scope)
                assert found.rows <= rows[half.is_unseen]
                figures = [
                    *found.figures.values(),
                    *(f for code in found.codes.values() for f in code.figures.values()),
                ]
                assert len(figures) > 7
                for figure in figures:
                    assert (figure.low is None) == (figure.high is None) == bool(figure.why_not)
                    if figure.low is not None:
                        assert figure.low <= figure.value <= figure.high


def test_the_file_holds_all_that_was_measured(tmp_path: Path) -> None:
    few = odd_rows()[lambda rows: rows["description"] != ""].iloc[:12]
    measured = measured_half(few, "odd", measured_on=date(2026, 5, 6))
    quality = with_half(read_quality(tmp_path / "none.toml"), "odd", measured, coded_set="few.csv")
    file = tmp_path / "quality.toml"
    file.write_text(quality_toml(quality), encoding="utf-8")
    again = read_quality(file)
    assert quality_toml(again) == file.read_text(encoding="utf-8")
    assert (again.odd.measured_on, again.coded_set) == (date(2026, 5, 6), "few.csv")
    assert (again.odd.codebook_version, again.odd.coding_sha256) == (load_codebook().version, coding_sha256())
    owner = again.odd.of("owner")
    assert owner.rows == 12
    assert set(owner.figures) == {name for name in FIGURES if "micro" not in name}
    assert set(again.odd.of("target_groups").figures) == {name for name in FIGURES if "kappa" not in name} - {
        name for name in FIGURES if name.startswith("agreement") and name != "agreement_coders"
    }
    assert sum(code.rows for code in owner.codes.values()) == 12
    assert all(set(code.figures) == set(CODE_FIGURES) for code in owner.codes.values())


@pytest.fixture
def accuracy(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``benchmarks/accuracy.py`` as a module."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("accuracy")


def test_the_table_of_accuracy_is_printed_and_only_the_half_that_was_asked_for_is_renewed(
    accuracy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Some odd rows with even id numbers in place of their own: the even half itself is not looked at here.
    rows = odd_rows()[lambda rows: rows["description"] != ""].iloc[:10]
    disguised = rows.assign(id=[f"F{2 * number:03d}" for number in range(1, 11)])
    disguised.to_csv(tmp_path / "coded.csv", index=False)
    quality = tmp_path / "quality.toml"
    monkeypatch.setattr(accuracy, "CODED_SET", tmp_path / "coded.csv")
    monkeypatch.setattr(accuracy, "QUALITY", quality)
    monkeypatch.setattr(accuracy, "ROOT", tmp_path)
    monkeypatch.setattr(accuracy, "SEEDS", range(1))
    monkeypatch.setattr("sys.argv", ["accuracy.py", "--even", "--write"])
    accuracy.main()
    printed = capsys.readouterr().out
    assert "Rows with a description: 10." in printed
    assert "In sample" not in printed
    assert set(accuracy.ALL_KINDS) <= {line.split(" ")[0] for line in printed.splitlines()}
    again = read_quality(quality)
    assert (again.even.of("owner").rows, again.even.is_unseen, again.odd.is_measured) == (10, True, False)
    right = f"{again.even.of('owner')['right'].value:.3f}"
    (line,) = [line for line in printed.splitlines() if line.startswith("intact")]
    assert line.split()[1] == right


def test_a_half_that_is_not_measured_is_blank_and_stays_so_when_the_other_is_renewed() -> None:
    empty = parse_quality("")
    odd = HalfQuality(False, date(2026, 1, 2), "1", "x", {"described": {}, "all": {}})
    again = parse_quality(quality_toml(with_half(empty, "odd", odd, coded_set="a.csv")))
    assert again.odd.is_measured
    assert not again.even.is_measured
    assert again.even.of("owner")["right"] == Measured(why_not="inte mätt än")
    assert again.even.of("owner").rows == 0
    assert quality_sentence(again.even) == "Inte mätt än."


def test_the_unseen_half_is_shown_once_it_has_been_measured() -> None:
    quality = parse_quality("")
    odd = replace(quality.odd, measured_on=date(2026, 1, 2), dimensions={"all": {"owner": DimensionQuality(3, {})}})
    even = replace(quality.even, measured_on=date(2026, 1, 3))
    assert replace(quality, odd=odd).best is odd
    assert replace(quality, odd=odd, even=even).best is even


def test_the_sentence_says_when_of_what_and_whether_it_still_holds() -> None:
    now = replace(
        parse_quality("").odd, measured_on=date(2026, 1, 2), codebook_version="7", coding_sha256=coding_sha256()
    )
    assert quality_sentence(now) == f"Mätt 2026-01-02 med kodboken 7. {IN_SAMPLE}"
    assert quality_sentence(replace(now, is_unseen=True)) == f"Mätt 2026-01-02 med kodboken 7. {UNSEEN}"
    assert quality_sentence(replace(now, coding_sha256="older")).endswith(EARLIER)


def test_the_fingerprint_is_of_a_length_that_can_be_compared() -> None:
    assert len(coding_sha256()) == 64
    assert coding_sha256() == coding_sha256()


def test_the_fingerprint_takes_in_every_reference_file_that_the_coding_room_names() -> None:
    package = ROOT / "src" / "portfolj"
    program = "".join(path.read_text(encoding="utf-8") for path in sorted((package / "coding").glob("*.py")))
    named = {path.name for path in (package / "reference").iterdir() if f'"{path.name}"' in program}
    assert {"codebook.toml", "word_kinds.csv"} <= named  # the search finds what is known to be read
    assert named <= set(CODEBOOK_FILES)
