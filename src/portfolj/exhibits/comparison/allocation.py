"""What the state's allocation model gives each federation, step by step, and by which parameters."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, bullets, details, finding, paragraph

if TYPE_CHECKING:
    from portfolj.comparison.allocation.model import Allocation, Share
    from portfolj.comparison.view import AllocationView, ComparisonView

LONGEST_OPEN: Final = 12
NOT_ASKED: Final = (
    "Förbundet har ingen tabell över förbund att fördela statens pengar på. Lägg en i mappen och skriv dess namn under "
    "[allocation] i federation.toml."
)
STEPS: Final = {
    "base": "Grundtilldelning", "by_support": "Efter försörjningsmått", "by_population": "Efter invånare",
    "model": "Formeln", "brake_added": "Bromsen ger", "brake_paid": "Bromsen kostar", "capped": "Begärs inte",
    "redistributed": "Får av andras", "final": "Tilldelning",
}  # fmt: skip
SOURCES: Final = {
    "frame_sek": "finsam.se om statens fördelningsmodell: ramen de senaste åren",
    "base_grant_sek": "finsam.se om statens fördelningsmodell, gäller tills vidare",
    "support_weight_pct": "finsam.se om statens fördelningsmodell, gäller tills vidare",
    "brake_pct": "Nationella rådets beslut 2015-01-22, för 2016 och 2017",
}


def allocation(view: ComparisonView) -> Html:
    """The own federation's steps, and the table of all that sums to the frame."""
    found = view.allocation
    if found is None:
        return paragraph(NOT_ASKED)
    if found.allocation is None:
        return paragraph(f"Det går inte att fördela: {found.why_none}.")
    table = _all_of_them(found, found.allocation).html()
    count = len(found.allocation.members)
    shown = table if count <= LONGEST_OPEN else details(f"Alla {count} förbund, steg för steg", table)
    if not found.own:
        return Html(
            paragraph(
                f"Inget av förbunden i tabellen heter {_asked_name(view)}. Skriv vilket som är förbundets eget under "
                "[allocation] i federation.toml: federation."
            ),
            shown,
        )
    return Html(finding(allocation_finding(found)), _own(found, found.allocation), _financing(found), shown)


def allocation_finding(found: AllocationView) -> str:
    """What the model gives one's own federation, of how much, and what it had before; empty without an own one."""
    if found.allocation is None or not found.own:
        return ""
    final, frame = found.allocation.shares[found.own].final, found.rules.frame_sek
    told = (
        f"Modellen ger {found.own} {swedish.kronor(final)}, {swedish.number(100 * final / frame, decimals=2)} procent "
        f"av ramen {swedish.kronor(frame)}."
    )
    before = next(m.last_year_sek for m in found.allocation.members if m.name == found.own)
    if before is None:
        return told
    more = final - before
    if not more:
        return f"{told} Det är lika mycket som året före."
    return f"{told} Det är {swedish.kronor(abs(more))} {'mer' if more > 0 else 'mindre'} än året före."


def allocation_rules(view: ComparisonView) -> Html:
    """The parameters, where each is from, and what the model does not know."""
    found = view.allocation
    if found is None:
        return left_out("Utan en tabell över förbund används inga parametrar.")
    settings, rules = view.portfolio.federation.allocation, found.rules
    own = settings.source or "förbundets inställning"
    brake = f"{rules.brake_pct} procent" if rules.brake_pct < 100 else "ingen broms"
    rows = [
        (name, text, own if field in settings.model_fields_set else SOURCES[field])
        for field, name, text in (
            ("frame_sek", "Ram", swedish.kronor(rules.frame_sek)),
            ("base_grant_sek", "Grundtilldelning per förbund", swedish.kronor(rules.base_grant_sek)),
            ("support_weight_pct", "Av resten efter försörjningsmått", f"{rules.support_weight_pct} procent"),
            ("support_weight_pct", "Av resten efter invånare 16–64 år", f"{100 - rules.support_weight_pct} procent"),
            ("brake_pct", "Bromsen: minskar högst", brake),
        )
    ]
    table = Table(
        name="fordelningens-regler",
        caption="Vad fördelningen räknas med",
        frame=pd.DataFrame(rows, columns=["name", "value", "source"]),
        columns=[Column("name", "Parameter"), Column("value", "Värde"), Column("source", "Källa")],
    )
    return Html(table.html(), bullets(_said_of_rules(found)))


def _said_of_rules(found: AllocationView) -> list[str]:
    rules, members = found.rules, found.file.members
    lines = []
    if rules.brake_pct < 100:
        held = sum(rules.is_protected(member) for member in members)
        lines.append(
            "Bromsen beslutades för 2016 och 2017. Om den gäller i dag är inte känt; brake_pct = 100 stänger av den. "
            f"Här kan den gälla för {held} av {len(members)} förbund: de som har ett belopp för året före och inte har "
            "för stort eget kapital. De andra betalar för den i förhållande till sin rörliga del."
        )
    if rules.equity_steps:
        (_, first), *others = rules.equity_steps
        steps = [
            f"{first} procent av årsbudgeten",
            *(f"{pct} procent när den är över {swedish.kronor(above)}" for above, pct in others),
        ]
        lines.append(
            f"Skäligt eget kapital är {swedish.listed(steps)}. Det är förbundets egna gränser. Den som har mer skyddas "
            "inte av bromsen. Hur mycket staten sedan drar av är inte känt och räknas inte."
        )
    else:
        lines.append("Gränser för eget kapital är inte angivna. Alla räknas som att de har skäligt eget kapital.")
    lines.append(
        "Ingen får mer än den har begärt. Formeln används då om igen på det som är kvar, för de andra. Källan "
        "förutsätter att pengarna går till andra men säger inte hur."
    )
    lines.append(
        "Kronor som blir över när beloppen avrundas går till de största resterna. Tabellen över förbund är inte "
        "kontrollerad mot statens egen."
    )
    return lines


def in_year(found: AllocationView) -> str:
    """The year that the table is about, as the end of a caption; empty where the federation has not said."""
    return "" if found.year is None else f" {found.year}"


def _own(found: AllocationView, allocation: Allocation) -> Html:
    share = allocation.shares[found.own]
    signed = {"brake_paid": -share.brake_paid, "capped": -share.capped}
    keys = [key for key in STEPS if key in ("base", "by_support", "by_population", "model") or asdict(share)[key]]
    rows = [{"step": STEPS[key], "amount": signed.get(key, asdict(share)[key])} for key in keys if key != "final"]
    return Table(
        name="fordelning-eget",
        caption=f"Så blir tilldelningen till {found.own}{in_year(found)}",
        frame=pd.DataFrame(rows),
        columns=[Column("step", "Steg"), _sek("amount", "Kronor")],
        total={"step": "Tilldelning", "amount": share.final},
        notes=["Formeln är summan av de tre raderna ovanför. Invånarnas del är det som återstår efter avrundning."],
    ).html()


def _financing(found: AllocationView) -> Html:
    assert found.allocation is not None
    state = found.allocation.shares[found.own].final
    return paragraph(
        f"Staten betalar hälften, regionen en fjärdedel och kommunerna tillsammans en fjärdedel. Betalar alla sin del "
        f"får förbundet {swedish.kronor(2 * state)}: {swedish.kronor(state)} av staten, {swedish.kronor(state / 2)} av "
        f"regionen och {swedish.kronor(state / 2)} av kommunerna."
    )


def _all_of_them(found: AllocationView, allocation: Allocation) -> Table:
    shares = allocation.shares
    names = sorted(shares, key=swedish.alphabetical)
    used = [
        key for key in STEPS if key in ("base", "by_support", "by_population", "final") or _any(shares.values(), key)
    ]
    frame = pd.DataFrame([{"name": name, **_signed(shares[name])} for name in names])
    sums = {key: int(frame[key].sum()) for key in used}
    frame_text = swedish.kronor(found.rules.frame_sek)
    line = f"{swedish.kronor(sums['final'])} = ramen {frame_text}."
    if allocation.unused:
        unused = swedish.kronor(allocation.unused)
        line = f"{swedish.kronor(sums['final'])} + {unused} som ingen begär = ramen {frame_text}."
    return Table(
        name="fordelning",
        caption=f"Statens fördelning på förbunden{in_year(found)}, kronor",
        frame=frame,
        columns=[Column("name", "Förbund"), *(_sek(key, STEPS[key]) for key in used)],
        total={"name": "Summa", **sums},
        reconciles=[line],
    )


def _signed(share: Share) -> dict[str, int]:
    amounts = asdict(share)
    return {**amounts, "brake_paid": -share.brake_paid, "capped": -share.capped}


def _any(shares: object, key: str) -> bool:
    return any(asdict(share)[key] for share in shares) and key != "model"  # type: ignore[attr-defined]


def _sek(key: str, heading: str) -> Column:
    return Column(key, heading, lambda value: swedish.number(int(value)), numeric=True)


def _asked_name(view: ComparisonView) -> str:
    federation = view.portfolio.federation
    return federation.allocation.federation or federation.name
