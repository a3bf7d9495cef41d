"""What was said, in the words of those who may be quoted, and what the statements can't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Html, bullets, definitions, note, paragraph
from portfolj.exhibits.stakeholders.not_told import themes_not_told
from portfolj.exhibits.stakeholders.words import INVENTED, KINDS

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def quotes(view: StakeholdersView) -> Html:
    """Quotes by theme, strengths first, each with its role."""
    frame = view.quotes.frame
    if view.themes.silent:
        return left_out(themes_not_told(view))
    if frame.empty:
        return left_out("Ingen utsaga får citeras, eller så kommer de från roller med för få källor.")
    pairs = []
    for theme, own in frame.groupby("theme", sort=False):
        ordered = sorted(own.to_dict("records"), key=lambda row: row["kind"] != "strength")
        said = Markup("").join(
            Markup("<li>”{}” ({}, {})</li>").format(r["text"].strip('”"“'), KINDS[r["kind"]].lower(), r["role"])
            for r in ordered
        )
        pairs.append((str(theme), Markup("<ul>{}</ul>").format(said)))
    shown = len(frame)
    told = [
        f"{swedish.number(shown)} av {swedish.counted(view.quotes.allowed, 'utsaga', 'utsagor')} som får citeras "
        "visas, några för varje tema, roll och slag. De är exempel, och inte valda för att väga lika."
    ]
    if view.quotes.small_roles:
        told.append(f"Ingen citeras ur en roll med färre än {swedish.number(view.k)} källor.")
    warning = [paragraph(INVENTED)] if view.invented else []
    return Html(*warning, definitions(pairs), note(" ".join(told)))


def statements_limits(view: StakeholdersView) -> Html:
    """What the statements can't tell."""
    if view.themes.frame.empty:
        return left_out("Det finns inga kodade utsagor.")
    items = [
        "Hur många fler som hade sagt detsamma. Att en källa inte tar upp ett tema betyder inte att den saknar åsikt.",
        "Hur temat vägs: ett antal säger hur många som tar upp det, inte hur viktigt det är.",
        "Om en annan hade kodat utsagorna till samma teman. Filen har bara en kodning.",
    ]
    if not view.themes.has_sources:
        items.insert(0, "Hur många personer som ligger bakom utsagorna. Alla utsagor har inte en källa.")
    return Html(paragraph("Utsagorna säger inte:"), bullets(items))
