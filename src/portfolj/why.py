"""``portfolj codebook explain`` for a federation: why an intervention is coded, and counted, as it is."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import pandas as pd

from portfolj import coding
from portfolj.coding.codebook import DIMENSIONS, PROCESS_SUPPORT, TEXT_FIELDS, UNDEFINED
from portfolj.coding.explained import WIDTH, as_text
from portfolj.coding.explaining import explain
from portfolj.errors import PortfoljError
from portfolj.federation import known_federation
from portfolj.places import Places
from portfolj.prepare import prepare


def explain_for(
    federation: str,
    *,
    places: Places,
    fields: Mapping[str, str] | None = None,
    intervention: str = "",
    width: int = WIDTH,
) -> str:
    """An intervention explained by the federation's codebook and settings, as text for a terminal.

    ``fields``: its texts; or ``intervention``: the key or name of one in the federation's ledger, with the decisions
    about it. Below an answer stands what the federation counts, where that is something else: on too weak a basis,
    derived, folded or decided. Raises PortfoljError where there is no such intervention.
    """
    settings = known_federation(federation, places=places)
    codebook = coding.codebook_of(settings)
    prepared = prepare(settings, places=places)
    esf_names = sorted(set(prepared.rows.loc[prepared.rows["financing"] == "ESF", "name"]))
    if fields is None:
        coded = _intervention(prepared.interventions, intervention)
        texts = {field: str(coded[field].iloc[0]) for field in TEXT_FIELDS if coded[field].notna().iloc[0]}
    else:
        texts = dict(fields)
        row = pd.DataFrame([{field: texts.get(field, "") for field in TEXT_FIELDS}])
        coded = row.join(coding.classify(row, codebook=codebook, esf_names=esf_names))
    settled = coding.settle(
        coded,
        basis=settings.classification.basis,
        derive_orientation=settings.classification.derive_orientation,
        fields=set(prepared.columns),
        folds=codebook.folds,
    )
    explanation = explain(texts, codebook=codebook, esf_names=esf_names)
    more = {
        dimension: _counted(dimension, settled.iloc[0], explanation.answers[dimension].code, codebook)
        for dimension in (*DIMENSIONS, PROCESS_SUPPORT)
    }
    told = {dimension: sentence for dimension, sentence in more.items() if sentence}
    return as_text(explanation, codebook=codebook, width=width, more=told)


def _intervention(interventions: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """The one row that a key or name means."""
    for column in ("intervention_key", "name"):
        found = interventions[interventions[column].str.casefold() == wanted.strip().casefold()]
        if len(found) == 1:
            return found
        if len(found) > 1:
            keys = ", ".join(found["intervention_key"])
            raise PortfoljError(f"{len(found)} insatser heter {wanted!r}. Ange nyckeln: {keys}.")
    known = [*interventions["intervention_key"], *interventions["name"]]
    close = difflib.get_close_matches(wanted, list(dict.fromkeys(known)), n=3, cutoff=0.5)
    meant = f" Menade du {' eller '.join(repr(name) for name in close)}?" if close else ""
    raise PortfoljError(f"Ingen insats i liggaren har nyckeln eller namnet {wanted!r}.{meant}")


def _counted(dimension: str, settled: pd.Series, ruled: str, codebook: coding.Codebook) -> str:
    """What the federation counts, in words, where it is not what the rules say."""
    code, decided_by = settled[dimension], settled[f"{dimension}_decided_by"]
    if code in (ruled, "") and (ruled == UNDEFINED or code == ruled) and decided_by != coding.DecidedBy.DECISION:
        return ""
    labels = ", ".join(codebook.label(dimension, each) for each in code.split(";") if each) or "inget"
    if decided_by == coding.DecidedBy.DECISION:
        note = settled[f"{dimension}_decided_note"]
        return f"Beslutat: {labels} ({note})." if note else f"Beslutat: {labels}."
    told = f"Förbundet räknar: {labels}"
    if decided_by == coding.DecidedBy.DERIVED:
        return f"{told}. {codebook.explain(settled[f'{dimension}_rule'])}"
    reason = settled[f"{dimension}_reason"] if dimension != PROCESS_SUPPORT else ""
    return f"{told}, {codebook.label('reason', reason)}." if reason else f"{told}."
