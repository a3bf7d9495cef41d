"""What came of it: participants, outcomes, step movements and goals met."""
