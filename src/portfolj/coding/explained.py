"""An explanation as lines for a terminal: the texts with their words marked, then what each dimension rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from portfolj.coding.answers import Answer, Evidence
from portfolj.coding.codebook import PROCESS_SUPPORT, Codebook
from portfolj.coding.explaining import Explanation, Finding
from portfolj.coding.read import shortened
from portfolj.coding.tags import Tags
from portfolj.coding.terms import REGEX_PREFIX
from portfolj.ledger.headings import label_of

COUNTS, LOST = "=", "-"
LEGEND = f"{COUNTS} räknas   {LOST} räknas inte"
WIDTH = 100


def as_text(
    explanation: Explanation, *, codebook: Codebook, width: int = WIDTH, more: Mapping[str, str] | None = None
) -> str:  # fmt: skip
    """The explanation in Swedish. ``more``: dimension -> a sentence to stand below its answer.

    Under the words of each text stands ``=`` where they count and ``-`` where they do not.
    """
    lines = _texts(explanation.fields, explanation.findings, width, explanation.mended)
    for dimension, answer in explanation.answers.items():
        found = [finding for finding in explanation.findings if finding.dimension == dimension]
        if dimension == PROCESS_SUPPORT and not found:
            continue
        lines += _wrapped(_answer(dimension, answer, codebook), width, indent=0)
        if more and dimension in more:
            lines += _wrapped(more[dimension], width, indent=2)
        lines += [*_rows(found, width, codebook.implied), ""]
    return "\n".join([*lines, LEGEND] if explanation.findings else lines).rstrip()


def tags_as_text(fields: Mapping[str, str], *, tags: Tags, width: int = WIDTH) -> str:
    """The same for a list of regular expressions: the codes of some texts (field -> text), and those taken away."""
    findings = []
    for tag in tags.tags:
        first = next(((field, found) for field, text in fields.items() if (found := tag.include.search(text))), None)
        if first:
            field, found = first
            gone = next((out for text in fields.values() if tag.exclude and (out := tag.exclude.search(text))), None)
            why = f"tas bort av uteslut, som träffar ”{gone.group()}”" if gone else ""
            evidence = Evidence(field, found.start(), found.end(), found.group())
            findings.append(Finding("tags", tag.code, tag.tag if tag.tag != tag.code else "", "", evidence, why))
    codes = ", ".join(finding.code for finding in findings if finding.counts)
    lines = [*_texts(fields, findings, width, {}), *_wrapped(f"Koder: {codes or 'inga'}.", width, indent=0)]
    return "\n".join([*lines, *_rows(findings, width, {}), *(["", LEGEND] if findings else [])])


def _texts(
    fields: Mapping[str, str], findings: Sequence[Finding], width: int, mended: Mapping[str, str]
) -> list[str]:  # fmt: skip
    """Each text under the name of its field, with its words marked."""
    lines: list[str] = []
    for field, text in fields.items():
        found = [finding for finding in findings if finding.evidence.field == field]
        lines += [label_of(field).capitalize(), *_marked(text, found, width)]
        if field in mended:
            lines += _wrapped(f"Läst som: {mended[field]}", width, indent=2)
        lines.append("")
    return lines


def _answer(dimension: str, answer: Answer, codebook: Codebook) -> str:
    name = codebook.dimension_label(dimension)
    if answer.codes:
        codes = ", ".join(f"{codebook.label(dimension, code)} ({code})" for code in answer.codes)
        return (
            f"{name}: {codes}. Grund: {codebook.label('basis', answer.basis)}." if answer.basis else f"{name}: {codes}."
        )
    return f"{name}: ej definierad, {codebook.label('reason', answer.reason)}." if answer.reason else f"{name}: inget."


def _rows(findings: Sequence[Finding], width: int, implied: Mapping[str, str]) -> list[str]:
    """What was found, first that which counts."""
    ordered = sorted(findings, key=lambda finding: not finding.counts)
    return [line for finding in ordered for line in _row(finding, width, implied)]


def _row(finding: Finding, width: int, implied: Mapping[str, str]) -> list[str]:
    words = " ".join(finding.evidence.words.split())
    said = finding.term and not finding.term.startswith(REGEX_PREFIX)  # an expression says little to who reads
    term = f"  termen {shortened(finding.term)}" if said else ""
    row = f"{COUNTS if finding.counts else LOST} {shortened(words)}  {finding.code}  {finding.rule}{term}"
    why = finding.why or ("" if finding.term else implied.get(finding.rule, ""))
    lines = _wrapped(row, width, indent=2, hanging=2)
    return [*lines, *_wrapped(why[:1].upper() + why[1:], width, indent=6)] if why else lines


def _wrapped(text: str, width: int, *, indent: int, hanging: int = 0) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text, width, initial_indent=before, subsequent_indent=before + " " * hanging, break_on_hyphens=False
    )  # fmt: skip


def _marked(text: str, findings: Sequence[Finding], width: int) -> list[str]:
    """A text in lines of a width, each with a line of marks under it where something was found."""
    marks = [" "] * len(text)
    for finding in sorted(findings, key=lambda each: each.counts):
        _mark(marks, finding.evidence, COUNTS if finding.counts else LOST)
    lines: list[str] = []
    for start, end in _pieces(text, width - 2):
        under = "".join(marks[start:end]).rstrip()
        lines += ["  " + text[start:end].replace("\t", " ").rstrip(), *(["  " + under] if under else [])]
    return lines


def _mark(marks: list[str], evidence: Evidence, mark: str) -> None:
    marks[evidence.start : evidence.end] = mark * (evidence.end - evidence.start)


def _pieces(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line begins and ends: at line breaks, and at the last space before ``width``."""
    pieces: list[tuple[int, int]] = []
    place = 0
    for line in text.splitlines(keepends=True):
        end = place + len(line.rstrip("\r\n"))
        start = place
        while end - start > width:
            space = text.rfind(" ", start, start + width)
            cut = space + 1 if space > start else start + width
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
        place += len(line)
    return pieces
