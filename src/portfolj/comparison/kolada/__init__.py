"""Kolada's open data on municipalities: fetched, kept as received with its date, and compared."""
