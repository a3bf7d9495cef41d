"""Where roles differ most in what they raise, said of those who were heard and of nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import text_column
from portfolj.exhibits.markup import Column, Html, Table, finding
from portfolj.exhibits.stakeholders.not_told import themes_not_told

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def contrasts(view: StakeholdersView) -> Html:
    """A row per theme: the two roles that differ most."""
    frame = view.contrasts
    if view.themes.silent:
        return left_out(themes_not_told(view))
    if frame.empty:
        return left_out("Det finns inte två roller med så många källor att de går att jämföra.")
    rows = frame.assign(
        high=[_share(r["higher"], r["sources_higher"], r["of_higher"]) for r in frame.to_dict("records")],
        low=[_share(r["lower"], r["sources_lower"], r["of_lower"]) for r in frame.to_dict("records")],
        points=[points(value) for value in frame["difference"]],
        one=[points(1 / min(pair)) for pair in zip(frame["of_higher"], frame["of_lower"], strict=True)],
    )
    least = swedish.number(max(view.k, view.portfolio.federation.stakeholders.contrast_sources))
    table = Table(
        name="kontraster",
        caption="Teman där rollerna skiljer sig mest",
        frame=rows,
        columns=[
            Column("theme", "Tema"),
            Column("high", "Störst andel"),
            Column("low", "Minst andel"),
            text_column("points", "Skillnad"),
            text_column("one", "En källa betyder"),
        ],
        notes=[
            f"Bara roller med minst {least} källor är med, och bara där antalet inte är dolt. Källorna är "
            "valda för vad de vet, inte dragna med lott. Talen gäller dem som har hörts och säger inget om andra i "
            "samma roll.",
            "”En källa betyder” är hur mycket andelen hade ändrats i den minsta av de två rollerna om en källa till "
            "hade tagit upp temat. Är skillnaden inte mycket större än så kan den bero på vem som råkade tillfrågas.",
        ],
    )
    told = contrasts_finding(view)
    return Html(*([finding(told)] if told else []), table.html())


def contrasts_finding(view: StakeholdersView) -> str:
    """The largest difference; empty where it is no larger than what two sources make."""
    if view.contrasts.empty:
        return ""
    first = view.contrasts.iloc[0].to_dict()
    if first["difference"] <= 2 / min(first["of_higher"], first["of_lower"]):
        return ""
    return (
        f"Rollerna skiljer sig mest om ”{first['theme']}”: {_of(first['sources_higher'], first['of_higher'])} i rollen "
        f"{first['higher']} tar upp det, men {_of(first['sources_lower'], first['of_lower'])} i rollen "
        f"{first['lower']}."
    )


def points(share: float) -> str:
    """A difference between shares: ``36 procentenheter``."""
    number = swedish.number(100 * share)
    return f"{number}{swedish.NBSP}{'procentenhet' if number == '1' else 'procentenheter'}"


def _share(role: str, part: int, of: int) -> str:
    return f"{swedish.sentence(role)}: {_of(part, of)} ({swedish.percent(part, of)})"


def _of(part: int, of: int) -> str:
    return f"{swedish.number(part)} av {swedish.number(of)}"
