"""Names of what lies in the folder of reports, so that who writes a file and who links to it mean the same.

``<out>/<federation>/<period>/`` is a report that stands, with its own ``index.html`` and ``manifest.json``.
"""

from __future__ import annotations

INDEX_FILE = "index.html"  # of one report, and in <out> of all
OVERVIEW_FILE = "oversikt.html"  # in <out>
OVERVIEW_TABLE_FILE = "oversikt.csv"  # in <out>, with the same figures
FAILURE_FILE = "fel.html"  # in <out>/<federation>: its last run made no report
HISTORY_FOLDER = "historik"  # <out>/<federation>/historik/<period>/<when it was made>/ is an earlier report
