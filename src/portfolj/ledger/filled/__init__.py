"""Filled forms: recognised among a workbook's sheets, read, and made into what the ledger and other files hold."""

from __future__ import annotations

from portfolj.ledger.filled.definition import Form, FormField, Section, form_of, kinds_of_forms
from portfolj.ledger.filled.form import FilledForm, Row
from portfolj.ledger.filled.marks import forms_in

__all__ = ["FilledForm", "Form", "FormField", "Row", "Section", "form_of", "forms_in", "kinds_of_forms"]
