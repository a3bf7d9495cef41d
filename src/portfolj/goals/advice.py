"""One plain sentence on what would make a goal measurable, from what it lacks."""

from __future__ import annotations


def advice_on(goal_class: str, *, indicator: bool, level: bool, time: bool) -> str:
    """What to add, in Swedish; empty for an outcome with measure, level and time."""
    if goal_class == "missing":
        return "Skriv vad som ska bli annorlunda för deltagarna, för hur många och när det mäts."
    if goal_class == "activity":
        return "Säg vilken förändring det ska leda till, för vem, och hur den mäts."
    if goal_class == "volume":
        return "Säg vad som ska bli av deltagarna, till exempel hur stor andel som ska nå arbete eller studier, och när det mäts."
    if goal_class == "outcome_measurable":
        return "" if time else "Säg när det mäts, till exempel vid avslut eller sex månader efter."
    if indicator and level:
        return "Säg hur det mäts." if time else "Säg hur det mäts och när."
    if indicator:
        return (
            "Säg hur stor andel som ska nå dit."
            if time
            else "Säg hur stor andel av deltagarna som ska nå dit och när det mäts."
        )
    if level:
        return (
            "Säg vad som visar att målet är nått." if time else "Säg vad som visar att målet är nått, och när det mäts."
        )
    return "Säg vad som visar förändringen, hur stor den ska vara" + ("." if time else " och när den mäts.")
