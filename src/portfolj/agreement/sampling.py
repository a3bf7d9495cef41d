"""A federation's sample: drawn from all of its ledger's interventions and written for two coders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolj import coding
from portfolj.agreement.sample import draw_sample
from portfolj.agreement.sample_file import About, write_sample
from portfolj.federation import known_federation
from portfolj.ledger.personal_numbers import MASK, mask_personal_numbers
from portfolj.places import Places
from portfolj.prepare import prepare

SAMPLES = "samples"  # beside raw/ and processed/: what people filled in can't be made again


@dataclass(frozen=True)
class Drawn:
    """The files written, how the sample was drawn in words, and whether the federation has codes of its own."""

    paths: list[Path]
    sentences: list[str]
    has_own_codes: bool


def sample_federation(federation: str, *, n: int, seed: int, places: Places, folder: Path | None = None) -> Drawn:
    """``n`` of the federation's interventions, drawn with ``seed`` and written to ``folder`` (``data/samples/KEY``).

    Raises PortfoljError for an unknown federation, an ``n`` less than 1 or files that are there already, InputRefused
    where the ledger can't be read right.
    """
    settings = known_federation(federation, places=places)
    prepared = prepare(settings, places=places)
    codebook = coding.codebook_of(settings)
    sample = draw_sample(prepared.interventions, n=n, seed=seed)
    of_all = len(prepared.interventions)
    strata = sample["stratum"].nunique()
    groups = "en grupp" if strata == 1 else f"{strata} grupper"
    sentences = [f"{len(sample)} av liggarens {of_all} insatser, dragna i {groups} med frö {seed}."]
    if n > of_all:
        sentences.append(f"Liggaren har färre än {n} insatser, så alla är med.")
    if sample.astype("str").apply(lambda column: column.str.contains(MASK[:-1], regex=False)).any(axis=None):
        sentences.append("Personnummer i texterna är borttagna.")
    notice = settings.notice
    about = About(
        title=mask_personal_numbers(settings.name),
        sentences=(
            *([f"{notice.title}. {notice.text}"] if notice else []),
            *sentences,
            f"Kodboken är {codebook.version}.",
        ),
    )
    folder = folder or places.data / SAMPLES / settings.key
    paths = write_sample(sample, folder, stem=f"urval-{n}-{seed}", about=about, codebook=codebook)
    return Drawn(paths, sentences, (settings.folder / coding.ADDITIONS_FILE).is_file())
