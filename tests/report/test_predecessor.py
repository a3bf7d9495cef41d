"""With which report a new one is compared, and that making it once more never changes what it says."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from report_tables import ENTRY, interventions, report, table, write_report, write_report_tables

from portfolj.report.cells import Change
from portfolj.report.changed import Report, changes_of, frame_of
from portfolj.report.predecessor import CHANGES_FILE, Compared, Since, changes_since, read_changes, write_changes


def with_amount(amount: object, **made_of: dict[str, object]) -> Report:
    entries = table(ENTRY, ("a", 2018, "Finsam", "counted", amount, 1))
    return report(made_of, interventions=interventions(), entries=entries)


def published(folder: Path, one: Report, *, created: str) -> Since:
    """The report made in the place of the one that stands in ``folder``, and put there."""
    new = folder.with_name(f"{folder.name}-{created}")
    write_report_tables(new, one)
    since = changes_since(folder, new, about=one.manifest, k=5)
    write_report(new, one, created=created, changes=since.for_manifest)
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-before-{created}"))
    new.rename(folder)
    return since


def moved(since: Since) -> list[Decimal | None]:
    return [change.difference for change in changes_of(since.frame)]


def test_the_first_report_has_nothing_to_be_compared_with_and_an_empty_file_of_changes(tmp_path: Path) -> None:
    since = published(tmp_path / "r", with_amount(100), created="2026-11-01")
    assert since.compared == Compared.FIRST
    assert read_changes(tmp_path / "r" / "tables" / CHANGES_FILE).empty


def test_a_report_is_compared_with_the_one_that_stands(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    since = published(tmp_path / "r", with_amount(150), created="2026-11-02")
    assert moved(since) == [Decimal(50)]
    assert since.created.startswith("2026-11-01")


def test_a_report_made_once_more_says_what_it_said_the_first_time(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    second = published(tmp_path / "r", with_amount(150), created="2026-11-02")
    file = (tmp_path / "r" / "tables" / CHANGES_FILE).read_bytes()
    for created in ("2026-11-03", "2026-11-04"):
        again = published(tmp_path / "r", with_amount(150), created=created)
        assert changes_of(again.frame) == changes_of(second.frame)
        assert again.for_manifest == second.for_manifest
        assert (tmp_path / "r" / "tables" / CHANGES_FILE).read_bytes() == file
    later = published(tmp_path / "r", with_amount(170), created="2026-11-05")
    assert moved(later) == [Decimal(20)]
    assert later.created.startswith("2026-11-04")  # the last that was published


def test_a_first_report_made_once_more_is_still_the_first(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    assert published(tmp_path / "r", with_amount(100), created="2026-11-02").compared == Compared.FIRST


def test_other_bytes_of_the_inputs_and_another_library_are_no_change(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    second = published(tmp_path / "r", with_amount(150), created="2026-11-02")
    again = published(tmp_path / "r", with_amount("150.0", versions={"pandas": "4.0"}), created="2026-11-03")
    assert again.for_manifest == second.for_manifest


def test_another_parameter_alone_is_a_change(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    since = published(tmp_path / "r", with_amount(100, parameters={"basis": "named"}), created="2026-11-02")
    assert [(c.kind, c.column) for c in changes_of(since.frame)] == [("parameter", "basis")]


def test_beside_a_report_from_before_changes_were_told_the_same_content_is_said_to_be_the_same(tmp_path: Path) -> None:
    write_report(tmp_path / "r", with_amount(100), created="2026-11-01", changes=None)
    since = published(tmp_path / "r", with_amount(100), created="2026-11-02")
    assert (since.compared, since.frame.empty, since.created[:10]) == (Compared.COMPARED, True, "2026-11-01")
    assert published(tmp_path / "r", with_amount(100), created="2026-11-03").for_manifest == since.for_manifest


@pytest.mark.parametrize("damage", ["manifest", "table", "changes"])
def test_a_standing_report_that_cannot_be_read_is_said_to_be_that_and_stops_nothing(
    damage: str, tmp_path: Path
) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    name = {"manifest": "manifest.json", "table": "tables/entries.csv", "changes": "tables/changes.csv"}[damage]
    (tmp_path / "r" / name).write_bytes(b"" if damage == "table" else b"{ \xff")
    since = published(tmp_path / "r", with_amount(150), created="2026-11-02")
    assert since.compared == Compared.UNREADABLE
    assert since.frame.empty


def test_the_file_gives_back_the_changes_and_holds_no_formula(tmp_path: Path) -> None:
    changes = [
        Change("figure", "payback", "2019 | af", "result_1y_sek", "-500", "1000.50", Decimal("1500.50")),
        Change("ledger_row", "entries", "a | 2018 | ESF | external", "granted_sek", "", "9", Decimal(9), "added", "=1"),
        Change("code", "interventions", "å", "owner", "kommun", "af", None, "rule", 'Med "citat", komma\noch rad'),
    ]  # fmt: skip
    write_changes(frame_of(changes), tmp_path / CHANGES_FILE)
    back = changes_of(read_changes(tmp_path / CHANGES_FILE))
    assert back == [changes[0], changes[1]._replace(name="'=1"), changes[2]]
    write_changes(frame_of(back), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / CHANGES_FILE).read_bytes()


def test_the_manifest_says_which_report_was_compared_with(tmp_path: Path) -> None:
    published(tmp_path / "r", with_amount(100), created="2026-11-01")
    since = published(tmp_path / "r", with_amount(150), created="2026-11-02")
    told = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))["changes"]
    assert told == {"compared": "compared", "since": since.created, "digest": since.digest}
    assert len(since.digest) == 64
