"""Which themes those concerned raise, as strengths and as areas to develop, and in which roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.figures import BLUE, VERMILION, Series, stacked
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import Shown, known, people_column, shown_value, whole
from portfolj.exhibits.markup import Column, Html, Table, details, finding, paragraph
from portfolj.exhibits.stakeholders.not_told import themes_not_told
from portfolj.exhibits.stakeholders.words import INVENTED, KINDS, legend, nothing

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView

SERIES = (Series("strength", "Styrka", BLUE), Series("develop", "Utvecklingsområde", VERMILION, "////"))
MOST_BARS = 12


def themes(view: StakeholdersView) -> Html:
    """A row per theme, most sources first, with a figure of strengths beside areas to develop."""
    frame = view.themes.frame
    if frame.empty:
        return nothing(
            "inga kodade utsagor",
            "vilka styrkor och utvecklingsområden de berörda ser",
            "Det som behövs är en rad för varje utsaga: källa, roll, tema, styrka eller utvecklingsområde, och om den "
            "får citeras. Filen anges under stakeholders i federation.toml.",
        )
    if view.themes.silent:
        return left_out(themes_not_told(view))
    rows = _rows(view)
    columns = [
        Column("theme", "Tema"),
        *([people_column("sources", "Källor")] if view.themes.has_sources else []),
        *(
            [people_column(f"sources_{kind}", f"Källor, {KINDS[kind].lower()}") for kind in ("strength", "develop")]
            if view.themes.has_sources
            else []
        ),
        *(people_column(f"statements_{kind}", f"Utsagor, {KINDS[kind].lower()}") for kind in ("strength", "develop")),
    ]
    notes = [
        "En källa är en person. Den som säger flera saker om ett tema är en källa. Den som ser både en styrka och ett "
        "utvecklingsområde står i båda kolumnerna."
    ]
    if not view.themes.has_sources:
        notes = ["Alla utsagor säger inte vem de kommer från. Därför går det inte att veta hur många källor de har."]
    table = Table(
        name="teman",
        caption="Teman, och om de nämns som styrka eller utvecklingsområde",
        frame=pd.DataFrame(rows),
        columns=columns,
        notes=[*_legend(view, frame), *notes],
        base=base(view),
    )
    told = [finding(text)] if (text := themes_finding(view)) else []
    warning = [paragraph(INVENTED)] if view.invented else []
    return Html(*warning, *told, *_figure(view, rows), table.html())


def themes_finding(view: StakeholdersView) -> str:
    """The theme that most sources raise, and those that lead as strength and as area to develop; empty where hidden."""
    if view.themes.frame.empty or not view.themes.has_sources or view.themes.silent:
        return ""
    rows, total = _rows(view), view.themes.number("sources", ("", "", ""))
    told = [row for row in rows if known(row["sources"])]
    if not told or total is None:
        return ""
    most_sources = swedish.number(whole(told[0]["sources"]))
    text = f"Flest källor tar upp {_in(told[0]['theme'])}: {most_sources} av {swedish.number(total)}."
    leads = []
    for kind, what in (("strength", "styrka"), ("develop", "utvecklingsområde")):
        of_kind = [row for row in rows if known(row[f"sources_{kind}"])]
        most = max((whole(row[f"sources_{kind}"]) for row in of_kind), default=0)
        named = [_in(row["theme"]) for row in of_kind if whole(row[f"sources_{kind}"]) == most]
        if most and len(named) == 1 and len(of_kind) == len(rows):
            leads.append(f"som {what} {named[0]} ({swedish.number(most)} källor)")
    return f"{text} Oftast nämns {swedish.listed(leads)}." if leads else text


def themes_by_role(view: StakeholdersView) -> Html:
    """How many sources of each role raise each theme; closed below, the same for strengths and areas to develop."""
    frame, roles = view.themes.frame, _roles(view)
    if view.themes.silent:
        return left_out(themes_not_told(view))
    if not roles:
        why = "Utsagorna kommer inte från två roller med tillräckligt många källor, eller så har bara några få källor"
        return left_out(f"{why} kommit till eller försvunnit i en roll sedan en tidigare rapport.")
    column = "sources" if view.themes.has_sources else "statements"
    told = [theme for theme in _themes(view) if frame[frame["theme"].eq(theme) & frame["role"].ne("")].size]
    heads = [Column("theme", "Tema"), *(people_column(role, swedish.sentence(role)) for role in roles)]
    sizes = {role: _number(view, column, ("", role, "")) for role in roles}
    what = "Källor" if view.themes.has_sources else "Utsagor"
    table = Table(
        name="teman-per-roll",
        caption=f"{what} i varje roll som tar upp temat",
        columns=heads,
        base=base(view),
        frame=pd.DataFrame(
            [{"theme": theme, **{role: _number(view, column, (theme, role, "")) for role in roles}} for theme in told]
        ).astype("object"),
        extra=[{"theme": f"{what} i allt", **sizes}],
        notes=[*_legend(view, frame[frame["role"].ne("")]), *_merged(view)],
    )
    by_kind = [
        theme for theme in told if len(frame[frame["theme"].eq(theme) & frame["role"].ne("") & frame["kind"].ne("")])
    ]
    rows = [
        {
            "theme": f"{theme}: {KINDS[kind].lower()}",
            **{role: _number(view, column, (theme, role, kind)) for role in roles},
        }
        for theme in by_kind
        for kind in ("strength", "develop")
    ]
    parts = [table.html()]
    if rows:
        split = Table(
            name="teman-per-roll-och-slag",
            caption=f"{what} i varje roll, styrkor och utvecklingsområden för sig",
            frame=pd.DataFrame(rows).astype("object"),
            columns=heads,
            base=base(view),
            notes=_legend(view, frame[frame["theme"].isin(by_kind) & frame["role"].ne("")]),
        )
        parts.append(details(split.caption, split.html()))
    if view.themes.left_out:
        parts.append(
            paragraph(
                "Styrkor och utvecklingsområden visas inte per roll för "
                f"{swedish.listed([_in(theme) for theme in view.themes.left_out])}: för många av antalen är små, "
                "eller har ändrats lite sedan en tidigare rapport."
            )
        )
    return Html(*parts)


def base(view: StakeholdersView) -> str:
    """``284 utsagor från 54 källor (intervju, workshop)``, as far as it may be told."""
    statements, sources = (view.themes.number(name, ("", "", "")) for name in ("statements", "sources"))
    how = f" ({', '.join(view.source_kinds)})" if view.source_kinds else ""
    if statements is None:
        return ""
    told = swedish.counted(statements, "utsaga", "utsagor")
    return f"{told} från {swedish.counted(sources, 'källa', 'källor')}{how}" if sources is not None else f"{told}{how}"


def _rows(view: StakeholdersView) -> list[dict[str, Any]]:
    rows = [
        {
            "theme": theme,
            "sources": _number(view, "sources", (theme, "", "")),
            **{
                f"{column}_{kind}": _number(view, column, (theme, "", kind))
                for column in ("sources", "statements")
                for kind in ("strength", "develop")
            },
        }
        for theme in _themes(view)
    ]
    order = "sources" if view.themes.has_sources else "statements_strength"
    return sorted(rows, key=lambda row: -float(row[order]) if known(row[order]) else 0.0)


def _number(view: StakeholdersView, column: str, place: tuple[str, str, str]) -> Shown:
    frame = view.themes.frame
    own = frame[frame["theme"].eq(place[0]) & frame["role"].eq(place[1]) & frame["kind"].eq(place[2])]
    return None if own.empty else shown_value(own.iloc[0].to_dict(), column)


def _figure(view: StakeholdersView, rows: list[dict[str, Any]]) -> list[Html]:
    drawn = [row for row in rows if known(row["statements_strength"], row["statements_develop"])][:MOST_BARS]
    if len(drawn) < 2:
        return []
    frame = pd.DataFrame(
        [
            {
                "theme": row["theme"],
                "strength": whole(row["statements_strength"]),
                "develop": whole(row["statements_develop"]),
            }
            for row in drawn
        ]
    )
    told = "; ".join(f"{r['theme']}: {r['strength']} och {r['develop']}" for r in frame.to_dict("records"))
    without = len(rows) - len(drawn)
    more = (
        f" {swedish.sentence(swedish.in_words(without, neuter=True))} "
        f"{'tema' if without == 1 else 'teman'} är inte med: talen är dolda."
        if without
        else ""
    )
    return [
        stacked(
            frame,
            labels="theme",
            series=SERIES,
            written=lambda size: swedish.number(size),
            alt=f"Utsagor per tema, styrkor och utvecklingsområden: {told}.",
            caption=f"Antal utsagor per tema, styrkor och utvecklingsområden.{more}",
        )
    ]


def _legend(view: StakeholdersView, frame: pd.DataFrame) -> list[Any]:
    if not frame["suppressed"].any():
        return []
    return [legend(view, zeros_hidden=view.themes.zeros_hidden, who="källor")]


def _merged(view: StakeholdersView) -> list[str]:
    together = sorted(role for role, of in view.themes.roles.items() if of != role)
    if not together:
        return []
    return [f"Roller med få källor är sammanlagda till övriga: {swedish.listed(together)}."]


def _themes(view: StakeholdersView) -> list[str]:
    return [theme for theme in dict.fromkeys(view.themes.frame["theme"]) if theme]


def _roles(view: StakeholdersView) -> list[str]:
    return sorted((role for role in dict.fromkeys(view.themes.frame["role"]) if role), key=lambda r: (r == "övriga", r))


def _in(theme: str) -> str:
    return f"”{theme}”"
