"""Printed figures against each other: which sums, means, shares and repeated figures do not add up, and by how much.

Nothing here needs the ledger to find a contradiction; the ledger is asked only whether it explains one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from portfolj.coding.codebook import UNDEFINED
from portfolj.portfolio.against_ledger import Computed, signed
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.published import Comparison, Finding, Printed

# Dimensions whose categories share out the whole portfolio, so that a printed table of them sums to it.
PARTITIONS = ("owner", "target_group", "orientation", "year")
TOTALS = ("total", "all")
STAFF_OR_NONE = {"personal_beslutsfattare", UNDEFINED}


def against_each_other(figures: Sequence[Printed], *, computed: Computed) -> list[Comparison]:
    """Every check that the printed figures allow, those that hold included, in the order of the tables.

    ``computed`` in a comparison is here what the other printed figures come to."""
    checks = (_sums, _means, _shares, _repeated, _composites, _structural)
    return [comparison for check in checks for comparison in check(figures, computed)]


def _sums(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    tables: dict[tuple[str, str, str], list[Printed]] = defaultdict(list)
    for printed in figures:
        if "+" not in printed.category and printed.measure in ("count", "granted"):
            tables[(printed.table, printed.dimension, printed.measure)].append(printed)
    for (table, dimension, measure), rows in tables.items():
        parts = [row for row in rows if row.category not in TOTALS]
        total = _printed_total(figures, rows, dimension=dimension, measure=measure)
        if total is None or len(parts) < 2 or not _complete(parts, dimension=dimension, computed=computed):
            continue
        summed = sum((_in_unit(part, total.unit) for part in parts), Decimal(0))
        slack = sum((part.half_step * part.per_unit / total.per_unit for part in parts), total.half_step)
        difference = summed - total.value
        if abs(difference) <= slack:
            finding, why = Finding.AGREES, "Raderna summerar till den tryckta summan, inom tryckets avrundning."
        else:
            finding, why = _explain_sum(parts, total, difference, slack=slack, computed=computed)
        yield Comparison(table, dimension, "sum", measure, summed, total.value, finding, why, total.unit)


def _explain_sum(
    parts: Sequence[Printed], total: Printed, difference: Decimal, *, slack: Decimal, computed: Computed
) -> tuple[Finding, str]:
    sums = f"Raderna summerar till {_text(total.value + difference)} {total.unit} men summan är tryckt som"
    sums = f"{sums} {_text(total.value)}: skillnaden är {signed(difference)} {total.unit}."
    if parts[0].dimension == "target_group" and parts[0].measure == "granted":
        groups = computed.target_group
        overlap_sek = sum_sek(groups["granted_overlapping_sek"]) - sum_sek(groups["granted_once_sek"])
        overlap = Decimal(str(overlap_sek)) / total.per_unit
        if overlap and abs(difference - overlap) <= slack:
            return Finding.EXPLAINED, (
                f"{sums} Insatser med flera målgrupper står med hela beloppet i varje grupp: "
                f"{_text(overlap)} {total.unit} räknas där mer än en gång."
            )
    return Finding.CONTRADICTION, sums


def _means(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    for mean in (row for row in figures if row.measure == "mean_granted"):
        count = _first(figures, (mean.dimension, mean.category, "count"))
        granted = _first(figures, (mean.dimension, mean.category, "granted"))
        if count is None or granted is None:
            continue
        place = (mean.table, mean.dimension, mean.category, mean.measure, mean.value)
        if count.value == 0:
            yield Comparison(
                *place,
                None,
                Finding.NOT_APPLICABLE,
                "Medelvärdet av 0 insatser finns inte, fast 0 är tryckt.",
                mean.unit,
            )
            continue
        quotient = _in_unit(granted, mean.unit) / count.value
        slack = mean.half_step + granted.half_step * granted.per_unit / mean.per_unit / count.value
        arithmetic = f"{_text(granted.value)} {granted.unit} / {_text(count.value)} = {_text(quotient)} {mean.unit}"
        if abs(quotient - mean.value) <= slack:
            finding, why = Finding.AGREES, f"Summa genom antal: {arithmetic}."
        else:
            why = f"Summa genom antal: {arithmetic}, men tryckt är {_text(mean.value)}."
            if mean.value:
                implied = (_in_unit(granted, mean.unit) / mean.value).quantize(Decimal(1), ROUND_HALF_UP)
                why += f" Det tryckta medelvärdet motsvarar {implied} {'insats' if implied == 1 else 'insatser'}."
            finding = Finding.CONTRADICTION
        yield Comparison(*place, round(quotient, 6), finding, why, mean.unit)


def _shares(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    for share in (row for row in figures if row.measure == "share"):
        count = _first(figures, (share.dimension, share.category, "count"))
        whole = _first(figures, ("portfolio", "all", "count"))
        if count is None or whole is None or not whole.value:
            continue
        quotient = 100 * count.value / whole.value
        agrees = abs(quotient - share.value) <= share.half_step
        why = f"Antal genom alla insatser: {_text(count.value)} / {_text(whole.value)} = {_text(quotient)} %."
        yield Comparison(
            share.table, share.dimension, share.category, share.measure, share.value, round(quotient, 6),
            Finding.AGREES if agrees else Finding.CONTRADICTION, why, share.unit,
        )  # fmt: skip


def _repeated(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    """The same quantity printed in several places."""
    places: dict[tuple[str, str, str], list[Printed]] = defaultdict(list)
    for printed in figures:
        places[printed.quantity].append(printed)
    for first, *others in places.values():
        for other in others:
            difference = _in_unit(other, first.unit) - first.value
            where = f"Tryckt {_with_unit(first)} i {_place(first)} och {_with_unit(other)} i {_place(other)}"
            if abs(difference) <= first.half_step + other.half_step * other.per_unit / first.per_unit:
                finding, why = Finding.AGREES, f"{where}: samma tal."
            elif first.dimension == "esf" or _one_digit_misread(first.value, other.value):
                finding = Finding.CHECK
                why = f"{where}. En siffra kan vara felläst i den text vi har haft. Kontrollera mot originalet."
            else:
                finding, why = Finding.CONTRADICTION, f"{where}: skillnaden är {signed(difference)} {first.unit}."
            yield Comparison(
                other.table, other.dimension, other.category, other.measure, other.value,
                _in_unit(first, other.unit), finding, why, other.unit,
            )  # fmt: skip


def _composites(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    """A printed figure for several categories together, against the same categories printed apart."""
    for whole in (row for row in figures if "+" in row.category and row.measure in ("count", "granted")):
        parts = [_first(figures, (whole.dimension, code, whole.measure)) for code in whole.category.split("+")]
        if any(part is None for part in parts):
            continue
        printed_parts = [part for part in parts if part is not None]
        summed = sum((_in_unit(part, whole.unit) for part in printed_parts), Decimal(0))
        slack = sum((p.half_step * p.per_unit / whole.per_unit for p in printed_parts), whole.half_step)
        terms = " + ".join(_text(_in_unit(part, whole.unit)) for part in printed_parts)
        agrees = abs(summed - whole.value) <= slack
        yield Comparison(
            whole.table, whole.dimension, whole.category, whole.measure, whole.value, summed,
            Finding.AGREES if agrees else Finding.CONTRADICTION,
            f"De tryckta delarna: {terms} = {_text(summed)} {whole.unit}.",
            whole.unit,
        )  # fmt: skip


def _structural(figures: Sequence[Printed], computed: Computed) -> Iterator[Comparison]:
    """Money to staff or no group, beside money to structures: the same thing where orientation is derived so.

    Structural interventions that name another group are the whole difference, and the ledger knows them.
    """
    structural = _first(figures, ("orientation", "strukturpaverkande", "granted"))
    if structural is None or not computed.derived_orientation:
        return
    frame = computed.interventions
    primary = frame["target_groups"].astype("str").str.split(";").str[0]
    other_group = (frame["orientation"] == "strukturpaverkande") & ~primary.isin(STAFF_OR_NONE)
    explains_sek = sum_sek(frame.loc[other_group, "granted_sek"])
    for printed in figures:
        same = printed.dimension == "target_group" and printed.measure == "granted"
        if not same or set(printed.category.split("+")) != STAFF_OR_NONE:
            continue
        difference = structural.value - _in_unit(printed, structural.unit)
        slack = structural.half_step + printed.half_step * printed.per_unit / structural.per_unit
        explains = Decimal(str(explains_sek)) / structural.per_unit
        text = (
            f"{_text(printed.value)} {printed.unit} till personal eller utan målgrupp står bredvid "
            f"{_text(structural.value)} {structural.unit} till strukturpåverkande insatser."
        )
        if abs(difference) <= slack:
            finding, why = Finding.AGREES, text
        elif abs(difference - explains) <= slack:
            finding = Finding.EXPLAINED
            why = f"{text} Skillnaden är strukturpåverkande insatser med en annan målgrupp: {_text(explains)} mkr."
        else:
            finding, why = Finding.CONTRADICTION, f"{text} Skillnaden är {signed(difference)} {structural.unit}."
        yield Comparison(
            printed.table, printed.dimension, printed.category, printed.measure, printed.value,
            _in_unit(structural, printed.unit), finding, why, printed.unit,
        )  # fmt: skip


def _printed_total(
    figures: Sequence[Printed], rows: Sequence[Printed], *, dimension: str, measure: str
) -> Printed | None:
    own = next((row for row in rows if row.category in TOTALS), None)
    return own or (_first(figures, ("portfolio", "all", measure)) if dimension in PARTITIONS else None)


def _complete(parts: Sequence[Printed], *, dimension: str, computed: Computed) -> bool:
    """Whether a printed table lists every category that the ledger has interventions in: a part has no sum."""
    if dimension == "year":
        own = computed.year[(computed.year["financing"] == "Finsam") & computed.year["year"].notna()]
        return {str(int(year)) for year in own["year"]} <= {part.category for part in parts}
    if dimension not in ("owner", "target_group", "orientation"):
        return True
    frame = getattr(computed, dimension)
    count = "count_once" if dimension == "target_group" else "count"
    return set(frame.loc[frame[count] > 0, dimension]) <= {part.category for part in parts}


def _first(figures: Sequence[Printed], quantity: tuple[str, str, str]) -> Printed | None:
    return next((row for row in figures if row.quantity == quantity), None)


def _in_unit(printed: Printed, unit: str) -> Decimal:
    other = Printed(printed.table, "", "", "", Decimal(0), unit)
    return printed.value * printed.per_unit / other.per_unit


def _one_digit_misread(first: Decimal, second: Decimal) -> bool:
    """Whether the two differ in one digit by a pair that scanning is known to confuse.

    1 read as 2 is met in the text of the 2020 review (100 and 200 mkr, "1 år" as "2 år"); the others are the usual
    look-alikes of scanned print.
    """
    pairs = [pair for pair in zip(str(first), str(second), strict=False) if pair[0] != pair[1]]
    confused = {frozenset(pair) for pair in ("12", "17", "38", "56", "08", "06", "68")}
    return len(str(first)) == len(str(second)) and len(pairs) == 1 and frozenset(pairs[0]) in confused


def _place(printed: Printed) -> str:
    known = {"text": "texten", "text_summary": "sammanfattningen", "text_body": "brödtexten"}
    return known.get(printed.table, f"tabell {printed.table}")


def _with_unit(printed: Printed) -> str:
    return _text(printed.value) if printed.unit == "st" else f"{_text(printed.value)} {printed.unit}"


def _text(value: Decimal) -> str:
    """A figure as it is written in Swedish: at most two decimals, rounded half up, no needless zeros."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() if abs(value) >= Decimal("0.01") else value
    return format(rounded + 0, "f").replace(".", ",").replace("-", "−")
