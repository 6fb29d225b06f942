"""What a server said over the line, unpacked: for tests that look for what must never be said."""

import gzip
import io
from collections.abc import Callable, Iterable
from http.client import HTTPResponse, IncompleteRead
from typing import Any

import brotli

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


class Connection(io.BytesIO):
    """Outlives each of its responses, which close what they have read."""

    def makefile(self, *_arguments: Any) -> "Connection":
        return self

    def close(self) -> None:
        """Not yet."""


def texts(heard: Iterable[bytes]) -> list[str]:
    """The bodies of all responses of these connections; of one that was cut, what came of it."""
    return [text for said in heard for text in _of_one(bytes(said))]


def _of_one(said: bytes) -> list[str]:
    connection, found = Connection(said), []
    while connection.tell() < len(said):
        response = HTTPResponse(connection)  # type: ignore[arg-type]
        response.begin()
        try:
            body = response.read()
        except IncompleteRead as cut:
            body = cut.partial
        unpack = UNPACK[response.headers.get("Content-Encoding", "")]
        found.append(unpack(body).decode(errors="replace") if body else "")
    return found
