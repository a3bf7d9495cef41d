"""What must be said wherever the shipped codebook's figures are shown: when, of what, and whether they still hold."""

from __future__ import annotations

from portfolj.agreement.shipped import NOT_MEASURED, HalfQuality

IN_SAMPLE = (
    "Kodbokens regler skrevs och den statistiska andra läsningen tränades med de insatserna i sikte. "
    "Text som kodningen inte har sett ger lägre siffror."
)
UNSEEN = "De insatserna var undanlagda när kodningen gjordes."
EARLIER = "Kodningen har ändrats sedan dess. Siffrorna gäller en tidigare kodbok eller ett tidigare program."


def quality_sentence(half: HalfQuality) -> str:
    """When and with which codebook a half was measured, whether that text was in view, and whether it was long ago.

    ``Inte mätt än.`` where it was not.
    """
    if half.measured_on is None:
        return f"{NOT_MEASURED.capitalize()}."
    measured = f"Mätt {half.measured_on.isoformat()} med kodboken {half.codebook_version}."
    return " ".join([measured, UNSEEN if half.is_unseen else IN_SAMPLE, *([] if half.is_current else [EARLIER])])
