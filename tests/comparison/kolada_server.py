"""A local server that plays Kolada: pages, at most 25 ids, and whatever goes wrong when a test asks for it.

Its municipalities are those of ``demo/invented_comparison.py``.
"""

from __future__ import annotations

import importlib.util
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit


def _world() -> ModuleType:
    path = Path(__file__).parents[2] / "demo" / "invented_comparison.py"
    spec = importlib.util.spec_from_file_location("invented_comparison", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WORLD = _world()


@dataclass
class Kolada:
    """What the server does. ``page_size``: rows a page at most; ``failures``: status codes that the next questions get
    first, with what Retry-After they say; ``broken``: text instead of JSON; ``slow_seconds``: before each answer;
    ``drips``: a piece of the answer at a time, each soon, for as long as somebody listens."""

    address: str = ""
    page_size: int = 5000
    failures: list[tuple[int, str]] = field(default_factory=list)
    broken: str = ""
    slow_seconds: float = 0.0
    drips: bool = False
    titles: dict[str, str] = field(default_factory=lambda: dict(WORLD.TITLES))
    asked: list[str] = field(default_factory=list)

    def values(self, path: str) -> list[Any] | None:
        """Every element of the answer to a path; None for one that Kolada refuses."""
        parts = path.strip("/").split("/")
        lists = [part.split(",") for part in parts]
        if any(len(ids) > 25 for ids in lists):
            return None
        if parts[0] == "kpi":
            return [{"id": each, "title": self.titles[each]} for each in lists[1] if each in self.titles]
        if parts[0] == "municipality":
            return list(WORLD.municipalities())
        years = [int(year) for year in lists[-1]]
        codes = lists[4] if "municipality" in parts else ["0000", *WORLD.CODES]
        known = {"0000", *WORLD.CODES}
        cells = [WORLD.cell(i, code, y) for i in lists[2] for code in codes if code in known for y in years]
        return [cell for cell in cells if cell is not None]


@contextmanager
def kolada_server() -> Iterator[Kolada]:
    """The server, for as long as the context lasts."""
    kolada = Kolada()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kolada.asked.append(self.path)
            time.sleep(kolada.slow_seconds)
            if kolada.drips:
                self.send_response(200)
                self.end_headers()
                with suppress(OSError):
                    while True:
                        self.wfile.write(b" ")
                        time.sleep(0.02)
            if kolada.failures:
                status, retry_after = kolada.failures.pop(0)
                self._send(status, b"{}", {"Retry-After": retry_after} if retry_after else {})
                return
            url = urlsplit(self.path)
            query = parse_qs(url.query)
            values = kolada.values(url.path)
            if values is None:
                self._send(400, b"{}", {})
                return
            page, size = int(query.get("page", ["1"])[0]), min(int(query["per_page"][0]), kolada.page_size)
            more = page * size < len(values)
            # Behind a proxy Kolada knows only its own name.
            following = f"https://kolada.invalid/v3{url.path}?page={page + 1}&per_page={size}" if more else None
            body = WORLD.answer(values[(page - 1) * size : page * size], following)
            self._send(200, (kolada.broken or json.dumps(body)).encode(), {})

        def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(content)
            except ConnectionError:
                return  # the client had no patience left

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    kolada.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield kolada
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
