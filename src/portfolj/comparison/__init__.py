"""Municipalities beside others like them, and what the state's allocation model gives a federation."""
