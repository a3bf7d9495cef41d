"""Forms for applications and final reports, as DOCX and XLSX, written from one definition."""

from __future__ import annotations

from portfolj.forms.write import write_forms

__all__ = ["write_forms"]
