"""One plain sentence on what would make a goal measurable, from what it lacks and whom it is about."""

from __future__ import annotations

from typing import Final

NO_GOAL: Final = "Skriv vad som ska bli annorlunda, för vem och för hur många, och när det mäts."


def advice_on(goal_class: str, *, about: str, indicator: bool, level: bool, time: bool) -> str:
    """What to add, in Swedish; empty for an outcome with measure, level and time.

    ``about``: participants, staff, or other.
    """
    if goal_class == "activity":
        if about == "staff":
            return "Säg vad personalen ska göra annorlunda efteråt, och hur det märks för deltagarna."
        return "Säg vilken förändring det ska leda till, för vem, och hur den mäts."
    if goal_class == "volume":
        if about == "participants":
            return (
                "Säg också vad det ska bli av dem, till exempel hur stor andel som ska nå arbete eller studier"
                + _when(time, ", och när det mäts")
            )
        return "Säg också vad det ska leda till för deltagarna, och hur det mäts."
    if goal_class == "outcome_measurable":
        return "" if time else "Säg när det mäts, till exempel vid avslut eller ett halvår efter."
    if level:
        return "Säg vad som visar att målet är nått" + _when(time, ", och när det mäts")
    if not indicator:
        return "Säg vad som visar förändringen" + _when(
            time, ", hur stor den ska vara och när den mäts", " och hur stor den ska vara"
        )
    if about == "participants":
        return "Säg hur stor andel av deltagarna som ska nå dit" + _when(time, " och när det mäts")
    return "Säg hur stor förändringen ska vara" + _when(time, " och när den mäts")


def _when(time: bool, without: str, with_time: str = "") -> str:
    return (with_time if time else without) + "."
