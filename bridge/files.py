"""The files of the page: what a path leads to, as the standard library's file server has it.

Links in the site are followed: the demo's is made of them. Directories are not listed.
"""

from __future__ import annotations

from collections.abc import Generator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from typing import BinaryIO

from bridge.request import PIECE_BYTES, Head


class Lookup(SimpleHTTPRequestHandler):
    """One path of the site: `status`, `fields`, and `file` where there is one to send.

    Of the base class only what finds a file, and says what it is; it has no connection.
    """

    # The machine's own table of types may say otherwise, and a wrong one stops wasm and modules.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        '.css': 'text/css; charset=utf-8',
        '.html': 'text/html; charset=utf-8',
        '.js': 'text/javascript; charset=utf-8',
        '.json': 'application/json',
        '.map': 'application/json',
        '.mjs': 'text/javascript; charset=utf-8',
        '.svg': 'image/svg+xml',
        '.wasm': 'application/wasm',
    }

    def __init__(self, directory: str, head: Head) -> None:
        self.directory = directory
        self.path = head.target
        self.headers = head.headers
        self.status = HTTPStatus.NOT_FOUND
        self.fields: list[tuple[str, str]] = []
        self.file: BinaryIO | None = None
        if '\0' not in self.translate_path(self.path):
            self.file = self.send_head()

    def blocks(self) -> Generator[bytes, None, None]:
        """The file, piece by piece."""
        while self.file is not None and (block := self.file.read(PIECE_BYTES)):
            yield block

    def list_directory(self, path: str) -> None:
        """Not to be seen."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Called by the base class: keep it."""
        self.status = HTTPStatus(code)

    def send_header(self, keyword: str, value: str) -> None:
        """The same."""
        self.fields.append((keyword, value))

    def end_headers(self) -> None:
        """Nothing: others write them."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Keep it."""
        self.status = HTTPStatus(code)
        self.fields.clear()
