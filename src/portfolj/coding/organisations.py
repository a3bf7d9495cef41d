"""Names of municipalities, regions and federations, for terms such as ``{municipality} stad``.

``reference/organisations.csv`` has one row per organisation: ``kind,name,aliases`` (aliases separated by ``|``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping

KINDS = ("municipality", "region", "federation")
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Organisations = Mapping[str, tuple[str, ...]]


def parse_organisations(lines: Iterable[str]) -> Organisations:
    """Kind -> every name and alias of that kind, with the genitive of each. Raises ValueError on an unknown kind."""
    names: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in csv.DictReader(lines):
        if row["kind"] not in names:
            raise ValueError(f"organisations.csv: {row['kind']!r} är ingen sort; tillåtet: {', '.join(KINDS)}")
        aliases = [alias for alias in (row["aliases"] or "").split("|") if alias]
        for name in (row["name"], *aliases):
            names[row["kind"]] += [name, genitive(name)]
    return {kind: tuple(dict.fromkeys(found)) for kind, found in names.items()}


def genitive(name: str) -> str:
    """The Swedish genitive of a name: an s is added unless it ends in s, x or z, or is written in capitals.

    >>> genitive("Flen"), genitive("Borås"), genitive("Region Skåne")
    ('Flens', 'Borås', 'Region Skånes')
    """
    return name if name.lower().endswith(("s", "x", "z")) else name + "s"


def expand(term: str, *, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The terms that a term with a placeholder stands for, one per name; the term itself where it has none.

    ``names``: organisations by kind, and the codebook's own lists of words. Raises ValueError, in Swedish, on an
    unknown placeholder or more than one.
    """
    found = PLACEHOLDER.findall(term)
    if not found:
        return (term,)
    if len(found) > 1 or found[0] not in names:
        raise ValueError(f"högst ett av {', '.join('{' + name + '}' for name in names)} får stå i en term")
    return tuple(term.replace(f"{{{found[0]}}}", name) for name in names[found[0]])
