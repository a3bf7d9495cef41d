"""Schedules: a run at a time of the clock, by the system's own means."""
