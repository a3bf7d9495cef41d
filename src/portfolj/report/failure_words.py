"""What happened when there was no new report, in the same words on the failure page and in the letter."""

from __future__ import annotations

from portfolj.report.execute import Failure

REFUSED = "refused"
BUG = "bug"
HAPPENED = {
    REFUSED: "Körningen stannade på något som går att rätta.",
    Failure.KERNEL_DIED: "Processen som räknade dog innan den var klar, till exempel för att datorns minne tog slut.",
    Failure.TIMED_OUT: "Räkningen tog längre tid än den fick och avbröts.",
    Failure.STOPPED: "Körningen avbröts innan den var klar.",
    BUG: "Programmet stannade på ett fel i sig självt.",
}


def kind_of(failure: str) -> str:
    """The key in ``HAPPENED`` of a failure: REFUSED or a value of ``Failure``; anything else is a bug."""
    return failure if failure in HAPPENED else BUG
