"""Made-up federations of realistic size and mess, from a seed: see ``benchmarks/make_fleet.py``. Nobody is real."""
