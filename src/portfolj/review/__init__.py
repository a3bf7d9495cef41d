"""A person's review of the coding: the workbook out, the decisions in, and what is still open."""
