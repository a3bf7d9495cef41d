"""Kolada's open interface, version 3, over plain HTTP: pages, many ids at a time, patience that ends.

The standard library does it. The one client there is for this version waits as long as the server asks it to, builds
the address of the next page itself, and gives frames where a page must be able to show the answer as it was received.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final

ADDRESS_VARIABLE: Final = "PORTFOLJ_KOLADA"
ADDRESS: Final = "https://api.kolada.se/v3"
MOST_IDS: Final = 25  # in one part of an address
PER_PAGE: Final = 5000
MOST_PAGES: Final = 100
MOST_BYTES: Final = 50_000_000
TRIES: Final = 3
LONGEST_WAIT_SECONDS: Final = 10.0  # a server that asks for more is left for another day
_PIECE: Final = 1 << 20
_PASSING: Final = (429, 500, 502, 503, 504)


class KoladaError(Exception):
    """Kolada could not be asked, or its answer can't be read. ``kind`` is one of ``KINDS``; the text is Swedish."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


KINDS: Final[Mapping[str, str]] = {
    "network": "nätet svarade inte",
    "timeout": "Kolada svarade inte i tid",
    "status": "Kolada svarade med ett fel",
    "unreadable": "svaret gick inte att läsa",
    "address": "adressen går inte att använda",
}


@dataclass
class Client:
    """Asks Kolada. ``timeout_seconds`` is for each answer, ``deadline_seconds`` for everything that is asked.

    The same question is asked once: its answer is kept for as long as the client is.
    """

    address: str = ""
    timeout_seconds: float = 20.0
    deadline_seconds: float = 300.0
    sleep: Callable[[float], None] = time.sleep
    _answers: dict[str, Any] = field(default_factory=dict, repr=False)
    _until: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.address = (self.address or os.environ.get(ADDRESS_VARIABLE, "") or ADDRESS).rstrip("/")
        self._until = time.monotonic() + self.deadline_seconds

    def pages(self, path: str) -> Iterator[tuple[str, Any]]:
        """Each page of the answer to ``path``, as the question asked and the JSON received. Raises KoladaError."""
        if urllib.parse.urlsplit(self.address).scheme not in ("http", "https"):
            raise KoladaError("address", f"{self.address} är inte en adress som börjar med http:// eller https://")
        question: str | None = f"{path}?per_page={PER_PAGE}"
        seen: set[str] = set()
        while question is not None:
            if question in seen or len(seen) == MOST_PAGES:
                raise KoladaError("unreadable", f"sidorna efter {question} tar inte slut")
            seen.add(question)
            if question not in self._answers:
                self._answers[question] = self._ask(question)
            body = self._answers[question]
            if not isinstance(body, dict) or not isinstance(body.get("values"), list):
                raise KoladaError("unreadable", f"svaret på {question} har ingen lista med värden")
            yield question, body
            # Only what follows the question mark: behind a proxy the server doesn't know its own address.
            following = body.get("next_url")
            query = urllib.parse.urlsplit(following).query if isinstance(following, str) else ""
            question = f"{path}?{query}" if query else None

    def pages_of(self, *parts: str | Sequence[str]) -> Iterator[tuple[str, Any]]:
        """The pages of an address with lists of ids in it, so many ids at a time as Kolada takes."""
        for path in _paths(parts):
            yield from self.pages(path)

    def _ask(self, question: str) -> Any:
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(question)
            except urllib.error.HTTPError as error:
                with error:
                    wait = _wait_of(error, attempt)
                if error.code not in _PASSING or attempt == TRIES or wait > min(LONGEST_WAIT_SECONDS, self._left()):
                    raise KoladaError("status", f"svarskod {error.code} på {question}") from None
                self.sleep(wait)
        raise AssertionError("every attempt returns or raises")

    def _once(self, question: str) -> Any:
        headers = {"Accept": "application/json", "User-Agent": "portfolj"}
        request = urllib.request.Request(self.address + question, headers=headers)
        until = time.monotonic() + self.timeout_seconds
        try:
            with urllib.request.urlopen(request, timeout=min(self.timeout_seconds, self._left())) as answer:
                content = self._read(answer, question, until)
        except urllib.error.HTTPError:
            raise
        except TimeoutError:
            raise KoladaError("timeout", f"inget svar inom {self.timeout_seconds:g} sekunder på {question}") from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise KoladaError(
                    "timeout", f"inget svar inom {self.timeout_seconds:g} sekunder på {question}"
                ) from None
            raise KoladaError("network", f"{self.address} går inte att nå ({error.reason})") from None
        except (OSError, HTTPException) as error:
            raise KoladaError("network", f"förbindelsen bröts ({type(error).__name__})") from None
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise KoladaError("unreadable", f"svaret på {question} är inte JSON") from None

    def _read(self, answer: Any, question: str, until: float) -> bytes:
        content = b""
        while piece := answer.read1(_PIECE):
            content += piece
            self._left()
            if time.monotonic() > until:  # a server that drips gives every piece in time, and is never done
                raise TimeoutError
            if len(content) > MOST_BYTES:
                raise KoladaError("unreadable", f"svaret på {question} är större än {MOST_BYTES // 1_000_000} MB")
        return content

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise KoladaError("timeout", f"det tog mer än {self.deadline_seconds:g} sekunder i allt")
        return left


def _paths(parts: Sequence[str | Sequence[str]]) -> Iterator[str]:
    """Every address that the parts give: each list of ids in batches, in all combinations."""
    if not parts:
        yield ""
        return
    first, *rest = parts
    batches = [first]
    if not isinstance(first, str):
        batches = [",".join(first[n : n + MOST_IDS]) for n in range(0, len(first), MOST_IDS)]
    for batch in batches:
        for path in _paths(rest):
            yield f"/{batch}{path}"


def _wait_of(error: urllib.error.HTTPError, attempt: int) -> float:
    """How long the server wants to be left alone, in seconds; a little longer each time where it does not say."""
    stated = (error.headers.get("Retry-After") or "").strip()
    return float(stated) if stated.isdigit() else 0.5 * 2 ** (attempt - 1)
