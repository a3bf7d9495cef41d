"""From a federation's folder to what notebooks read: the ledger checked, its interventions coded, written once.

``data/processed/<federation>/`` holds the entries, the interventions with their codes and evidence, what was set
aside and the remarks, as Parquet for notebooks; ``interventions.xlsx`` for people; and ``prepared.json``, which says
by content what it was all made from. When nothing of that has changed, nothing is done again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from portfolj import coding, ledger
from portfolj.coding import same
from portfolj.errors import Fault, InputRefused, PortfoljError, Reason, cause_of
from portfolj.federation import Federation
from portfolj.federation.inputs import DECISIONS_FILE, input_hashes
from portfolj.files import replace_whole
from portfolj.places import Places

FAULTS_FILE = "faults.xlsx"
STATE_FILE = "prepared.json"
MANY_ROWS = 500_000  # entries that are not read one by one unless somebody asks for them
FRAMES = ("rows", "interventions", "set_aside", "sources", "decisions")


@dataclass(frozen=True)
class Prepared:
    """What was read and coded. ``inputs`` maps each input file's name to its SHA-256.

    ``interventions``: one per intervention over the whole ledger, with the coding columns of ``coding.classify``;
    ``set_aside``, ``sources``: see ``ledger.Ledger``; ``decisions``: what each row of decisions.csv is about, see
    ``coding.same.Resolved``, with ``text_changed``; ``remarks``: things that do not stop a run; ``columns``: field ->
    heading as it stands in the ledger. ``kept``: the entries, or the file that holds them where there are very many:
    they are then read when they are asked for one by one, which tables never do.
    """

    kept: pd.DataFrame | Path
    interventions: pd.DataFrame
    set_aside: pd.DataFrame
    sources: pd.DataFrame
    decisions: pd.DataFrame
    remarks: tuple[Fault, ...]
    columns: dict[str, str]
    inputs: dict[str, str]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The ledger's entries, one by one."""
        return self.kept if isinstance(self.kept, pd.DataFrame) else pd.read_parquet(self.kept)

    @cached_property
    def sums(self) -> pd.DataFrame:
        """The ledger's entries by intervention, year, type and financing: see ``ledger.summed``."""
        return ledger.summed(self.part_of_rows(*ledger.SUMMED_BY, "amount_sek"))

    def part_of_rows(self, *columns: str) -> pd.DataFrame:
        """Some columns of the entries; repeated texts may be categories."""
        kept = self.kept
        return kept[list(columns)] if isinstance(kept, pd.DataFrame) else ledger.read_columns_of(kept, columns)

    @property
    def row_counts(self) -> tuple[int, int, int]:
        """Rows in, used and set aside, over all files and sheets."""
        rows_in, used, aside = (
            int(self.sources[column].fillna(0).sum()) for column in ("rows_in", "rows_used", "rows_set_aside")
        )
        return rows_in, used, aside


def prepare(federation: Federation, *, places: Places) -> Prepared:
    """The federation's ledger, read and coded; from ``data/processed`` where that is still true.

    Raises InputRefused with every fault of the ledger and of decisions.csv; they are then in ``faults.xlsx`` too.
    """
    folder = places.processed(federation.key)
    inputs = input_hashes(federation)
    state = _read_state(folder)
    if state is not None and state.get("inputs") == inputs and state.get("versions") == _versions():
        loaded = _load(folder, state)
        if loaded is not None:
            return loaded
    try:
        prepared = read_and_code(federation, inputs=inputs)
    except InputRefused as refused:
        write_faults(refused, folder)
        raise
    remove_faults(folder)
    with _writing(folder):
        _write(prepared, folder)
    return prepared


def read_and_code(federation: Federation, *, inputs: dict[str, str]) -> Prepared:
    """The federation's ledger read, checked and coded, without writing anything."""
    decisions_file = federation.folder / DECISIONS_FILE
    try:
        codebook = coding.codebook_of(federation)
    except InputRefused as refused:
        raise InputRefused(federation.name, [*_ledger_faults(federation), *refused.faults]) from None
    try:
        read = ledger.read_ledger(federation)
    except InputRefused as refused:
        raise InputRefused(federation.name, [*refused.faults, *_decision_faults(decisions_file, codebook)]) from None
    decisions = coding.read_decisions(decisions_file, codebook=codebook)
    as_kept = ledger.interventions_of(read.rows)
    try:
        resolved = same.resolve_decisions(decisions, as_kept, codebook=codebook)
    except InputRefused as refused:
        raise InputRefused(federation.name, refused.faults) from None
    # Put together before anything is counted or coded, so that every table sees one intervention.
    rows = same.put_together(read.rows, resolved.same)
    interventions = ledger.interventions_of(rows)
    decided = same.with_text_changes(resolved.decisions, interventions)
    esf_names = sorted(set(rows.loc[rows["financing"] == "ESF", "name"]))
    coded = coding.classify(interventions, codebook=codebook, decisions=decided.assign(name=""), esf_names=esf_names)
    about_decisions = [
        *coding.decision_remarks(decisions_file),
        *coding.unused_decisions(decisions, as_kept, codebook=codebook),
        *resolved.remarks,
        *same.changed_text_remarks(decided, interventions, codebook=codebook),
    ]
    return Prepared(
        kept=rows,
        interventions=interventions.join(coded),
        set_aside=read.set_aside,
        sources=read.sources,
        decisions=decided,
        remarks=(*same.without_answered(read.remarks, resolved, as_kept), *about_decisions),
        columns=dict(read.columns),
        inputs=inputs,
    )


def _ledger_faults(federation: Federation) -> tuple[Fault, ...]:
    try:
        ledger.read_ledger(federation)
    except InputRefused as refused:
        return refused.faults
    return ()


def _decision_faults(path: Path, codebook: coding.Codebook) -> tuple[Fault, ...]:
    try:
        coding.read_decisions(path, codebook=codebook)
    except InputRefused as refused:
        return refused.faults
    return ()


def _versions() -> dict[str, str]:
    # The content of the code, not only its version: an analyst who edits the codebook must never see old answers.
    package = Path(__file__).parent
    folders = [
        path for name in ("federation", "ledger", "coding", "reference") for path in (package / name).glob("*.*")
    ]
    files = sorted([*folders, *(package / name for name in ("prepare.py", "errors.py"))])
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    libraries = ("portfolj", "pandas", "pyarrow", "openpyxl", "python-calamine", "rapidfuzz")
    return {"code": digest.hexdigest(), **{name: version(name) for name in libraries}}


def _read_state(folder: Path) -> dict[str, Any] | None:
    try:
        return json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None


def _load(folder: Path, state: dict[str, Any]) -> Prepared | None:
    """What was prepared before; None where a file of it is gone or damaged, so that it is made again."""
    try:
        frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in FRAMES if name != "rows"}
        rows = folder / "rows.parquet"
        many = pq.read_metadata(rows).num_rows > MANY_ROWS
        kept = rows if many else pd.read_parquet(rows)
        remarks = tuple(Fault(**{**remark, "reason": Reason(remark["reason"])}) for remark in state["remarks"])
        return Prepared(kept, **frames, remarks=remarks, columns=state["columns"], inputs=state["inputs"])
    except (OSError, ValueError, KeyError):  # pyarrow's own errors are of these kinds
        return None


def _write(prepared: Prepared, folder: Path) -> None:
    (folder / STATE_FILE).unlink(missing_ok=True)  # a run that is cut off here leaves nothing that looks finished
    for name in FRAMES:
        replace_whole(folder / f"{name}.parquet", getattr(prepared, name).to_parquet() or b"")
    ledger.write_table(for_people(prepared.interventions), folder / "interventions.xlsx")
    state = {
        "inputs": prepared.inputs,
        "versions": _versions(),
        "columns": prepared.columns,
        "remarks": [{**remark.__dict__, "reason": remark.reason.value} for remark in prepared.remarks],
    }
    replace_whole(folder / STATE_FILE, json.dumps(state, ensure_ascii=False, indent=1).encode())


def for_people(interventions: pd.DataFrame) -> pd.DataFrame:
    """The interventions as text for a workbook, missing values as empty cells."""
    return interventions.astype("object").where(interventions.notna(), "").astype("str")


def write_faults(refused: InputRefused, folder: Path) -> None:
    """The faults as ``faults.xlsx`` in the folder. Raises PortfoljError with the faults where it can't be written."""
    try:
        with _writing(folder):
            ledger.write_faults(refused.faults, folder / FAULTS_FILE)
    except PortfoljError as error:
        raise PortfoljError(f"{refused}\n{error}") from None  # the faults themselves must not be hidden by it


def remove_faults(folder: Path) -> None:
    """Takes ``faults.xlsx`` away when what it tells has been mended. Raises PortfoljError where it can't be."""
    with _writing(folder):
        (folder / FAULTS_FILE).unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """The folder made, and a file that can't be written there told as what the user can do about it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        what = f" filen {Path(error.filename).name}" if error.filename else ""
        raise PortfoljError(
            f"Kan inte skriva{what} i {folder}: {cause_of(error)}. Stäng filen om den är öppen i ett annat program, "
            "kontrollera att mappen går att skriva i och att disken har plats, och kör igen."
        ) from error
