"""Which of the facts that a board needs are on file for each intervention, and which are missing."""
