"""Single files: told by their content, and replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's content as hexadecimal text. Raises OSError where it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``. The old file stands until the new one is complete; a link keeps pointing at it.

    Raises OSError, which names ``path``, where the place or a write-protected file refuses it.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not os.access(target, os.W_OK):
            # A folder lets a protected file be replaced; whoever protected it did not mean that.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        part.write_bytes(content)
        os.replace(part, target)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
