"""Opening a file of any supported kind: what it is decides, not what its name ends with."""

from __future__ import annotations

from pathlib import Path

from portfolj.errors import Fault, InputRefused, Reason, cause_of
from portfolj.ledger.cells import Sheet
from portfolj.ledger.plain_workbooks import read_plain_xlsx
from portfolj.ledger.text_files import read_text_file
from portfolj.ledger.workbooks import read_calamine, read_xlsx

SUPPORTED = "CSV (.csv, .txt, .tsv), Excel (.xlsx, .xlsm, .xls) eller OpenDocument (.ods)"

_TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".tab", ""})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_file(path: Path, *, values_only: bool = False) -> list[Sheet]:
    """Every sheet of the file; a text file is one sheet without title.

    ``values_only``: for those who need cells and what is merged only; formats, formulas and hidden rows may be left
    out, which makes large workbooks quicker to open.

    Raises InputRefused with one fault where the file is missing, locked, protected, damaged, empty or of another kind.
    """
    content = read_bytes(path)
    suffix = path.suffix.lower()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise _refused(path, Reason.FILE_UNREADABLE, "Filen är tom", "", "Lägg dit liggaren på nytt")
    if content.startswith(b"PK"):
        return _open_zip(path, content, values_only=values_only)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            found, action = "Arbetsboken är skyddad med lösenord", "Öppna den i Excel, ta bort lösenordet och spara"
            raise _refused(path, Reason.FILE_UNREADABLE, found, "", action)
        return read_calamine(path, content)
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<?xml", b"<style")):
        found = "Filen är en webbsida eller XML" + (
            f" fast den heter {suffix}" if suffix not in (".html", ".xml") else ""
        )
        raise _refused(path, Reason.FORMAT_UNKNOWN, found, SUPPORTED, "Öppna den i Excel och spara som .xlsx")
    if start.startswith(b"%pdf"):
        raise _refused(path, Reason.FORMAT_UNKNOWN, "Filen är en pdf", SUPPORTED, "Be om liggaren som Excel eller CSV")
    if suffix not in _TEXT_SUFFIXES:
        if suffix in (".xlsx", ".xlsm", ".xls", ".ods") and b"\x00" not in content and b"\n" in content:
            found, action = (
                f"Filen heter {suffix} men innehåller vanlig text",
                "Döp om den till .csv eller spara om den i Excel som .xlsx",
            )
        elif suffix in (".xlsx", ".xlsm", ".xls", ".ods"):
            raise _refused(
                path,
                Reason.FILE_UNREADABLE,
                "Arbetsboken är skadad eller inte en arbetsbok",
                "",
                "Öppna den i Excel eller LibreOffice och spara den på nytt som .xlsx",
            )
        else:
            found, action = f"Filer som slutar på {suffix} går inte att läsa", "Spara liggaren som .xlsx eller .csv"
        raise _refused(path, Reason.FORMAT_UNKNOWN, found, SUPPORTED, action)
    return [read_text_file(path, content)]


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises InputRefused where it is missing, a folder, or held open by another program."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, Reason.FILE_MISSING, "Filen finns inte", "", "Kontrollera namnet och mappen") from None
    except IsADirectoryError:
        raise _refused(
            path, Reason.FORMAT_UNKNOWN, "Det är en mapp, inte en fil", SUPPORTED, "Ange liggarens fil"
        ) from None
    except PermissionError:
        found = "Filen går inte att öppna: ett annat program håller den, eller så saknas läsrättighet"
        raise _refused(path, Reason.FILE_LOCKED, found, "", "Stäng den i Excel och försök igen") from None
    except OSError as error:
        found = f"Filen går inte att läsa: {cause_of(error)}"
        raise _refused(
            path, Reason.FILE_UNREADABLE, found, "", "Kopiera den till datorns egen disk och försök igen"
        ) from None


def _open_zip(path: Path, content: bytes, *, values_only: bool) -> list[Sheet]:
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        if b"opendocument.spreadsheet" not in content[:200]:
            raise _refused(
                path,
                Reason.FORMAT_UNKNOWN,
                "Filen är ett OpenDocument men inget kalkylblad",
                SUPPORTED,
                "Spara liggaren som .ods eller .xlsx",
            )
        return read_calamine(path, content)
    if b"xl/workbook.bin" in content:
        raise _refused(
            path, Reason.FORMAT_UNKNOWN, "Filen är en binär arbetsbok (.xlsb)", SUPPORTED, "Spara den i Excel som .xlsx"
        )
    if b"xl/" in content or path.suffix.lower() in (".xlsx", ".xlsm"):
        sheets = read_plain_xlsx(path, content) if values_only else None
        return read_xlsx(path, content) if sheets is None else sheets
    if b"word/document.xml" in content:
        action = "För över svaren till Excelblanketten, eller spara tabellen som .xlsx"
        raise _refused(path, Reason.FORMAT_UNKNOWN, "Filen är ett Worddokument", SUPPORTED, action)
    found = (
        "Filen är ett Numbers-dokument"
        if path.suffix.lower() == ".numbers"
        else "Filen är ett zip-arkiv, inte en arbetsbok"
    )
    raise _refused(path, Reason.FORMAT_UNKNOWN, found, SUPPORTED, "Exportera liggaren som .xlsx eller .csv")


def _refused(path: Path, reason: Reason, found: str, allowed: str, action: str) -> InputRefused:
    return InputRefused(path.name, [Fault(path.name, "", "", reason, found, allowed, action)])
