"""Cells of an XLS workbook that calamine reads as empty though they are not: errors, formulas without a value.

Reads the two record types that hold them (BOOLERR and FORMULA of BIFF8, see [MS-XLS]) straight from the workbook's
stream in its OLE container (see [MS-CFB]). Anything odd in the container gives nothing: calamine says what is wrong.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from portfolj.ledger.cells import UNCACHED, Value

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOF, _EOF, _BOUNDSHEET, _FORMULA, _BOOLERR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_EMPTY_TEXT = b"\x17\x00\x00"  # the token of "" in a formula
_END_OF_CHAIN = 0xFFFFFFFC  # and above: free, end, FAT and DIFAT sectors
_ERROR_RESULT, _EMPTY_RESULT = 2, 3


def hidden_values(content: bytes) -> list[dict[tuple[int, int], Value]]:
    """Per sheet in the workbook's order: (row, column) -> error value, or UNCACHED for a formula with a number to give.

    A formula is listed as UNCACHED where its result is a number, which the caller keeps only where no value was read,
    and where it is an empty text though the formula has none to give: so it stands where the writer computes nothing.
    """
    try:
        stream = _workbook_stream(content)
        return [dict(_cells(stream, start)) for start in _sheet_starts(stream)]
    except (struct.error, IndexError, ValueError, KeyError):
        return []


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheet_starts(stream: bytes) -> list[int]:
    starts = []
    for kind, data in _records(stream, 0):
        if kind == _BOUNDSHEET and data[5] == 0:  # worksheets only, not charts or macros
            starts.append(struct.unpack_from("<I", data)[0])
        if kind == _EOF:
            break
    return starts


def _cells(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], Value]]:
    depth = 0
    for kind, data in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if kind == _BOOLERR and data[7]:
            yield struct.unpack_from("<HH", data), _ERRORS.get(data[6], "#N/A")
        elif kind == _FORMULA:
            cell, special = struct.unpack_from("<HH", data), data[12:14] == b"\xff\xff"
            if special and data[6] == _ERROR_RESULT:
                yield cell, _ERRORS.get(data[8], "#N/A")
            elif not special or (data[6] == _EMPTY_RESULT and _EMPTY_TEXT not in data[20:]):
                yield cell, UNCACHED


def _workbook_stream(content: bytes) -> bytes:
    """The stream ``Workbook`` of the OLE container."""
    sector, small = (1 << n for n in struct.unpack_from("<HH", content, 30))
    fat_count, directory = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
    limit, small_fat_start = struct.unpack_from("<II", content, 56)
    fat_sectors = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    while more < _END_OF_CHAIN:
        block = struct.unpack_from(f"<{sector // 4}I", content, (more + 1) * sector)
        fat_sectors += block[:-1]
        more = block[-1]
    fat: list[int] = []
    for number in fat_sectors[:fat_count]:
        fat += struct.unpack_from(f"<{sector // 4}I", content, (number + 1) * sector)

    def chain(start: int) -> bytes:
        return b"".join(content[(n + 1) * sector : (n + 2) * sector] for n in _chain(fat, start))

    entries = chain(directory)
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries), 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        found[name] = struct.unpack_from("<II", entries, at + 116)
    start, size = found.get("Workbook") or found["Book"]
    if size >= limit:
        return chain(start)[:size]
    container = chain(found["Root Entry"][0])
    small_fat = [n for (n,) in struct.iter_unpack("<I", chain(small_fat_start))]
    return b"".join(container[n * small : (n + 1) * small] for n in _chain(small_fat, start))[:size]


def _chain(table: list[int], start: int) -> Iterator[int]:
    seen = 0
    while start < _END_OF_CHAIN:
        yield start
        start, seen = table[start], seen + 1
        if seen > len(table):
            raise ValueError("the chain of sectors never ends")
