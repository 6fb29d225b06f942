"""The encrypted body of a sealed file: chunks that can't be cut, moved or swapped. No Django in this file.

Chunk n is ChaCha20-Poly1305 of up to 64 KiB under a key that no other file has, with the nonce
`n (11 bytes, big-endian) · 1 for the last chunk, else 0`. All but the last are full, so that the
place of each is known and the body can be read from anywhere in it.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from assessments.exchange.errors import Damaged

CHUNK = 64 * 1024
TAG = 16
SEALED = CHUNK + TAG


def nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Takes plain bytes and hands encrypted chunks to `write_out`; close() makes the last one."""

    def __init__(self, cipher: ChaCha20Poly1305, write_out: Callable[[bytes], object]) -> None:
        self._cipher = cipher
        self._write_out = write_out
        self._waiting = bytearray()
        self._number = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        self._waiting += view
        # A full chunk waits: it may be the last.
        while len(self._waiting) > CHUNK:
            self._seal(CHUNK, last=False)
        return view.nbytes

    def finish(self) -> None:
        self._seal(len(self._waiting), last=True)

    def _seal(self, size: int, *, last: bool) -> None:
        plain = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._write_out(self._cipher.encrypt(nonce(self._number, last=last), plain, None))
        self._number += 1


@dataclass(frozen=True)
class Body:
    """Where the chunks lie in the file; raises Damaged for a size that no body has."""

    start: int
    size: int

    def __post_init__(self) -> None:
        if self.size < TAG or 0 < self.size % SEALED < TAG:
            raise Damaged

    @property
    def chunks(self) -> int:
        return -(-self.size // SEALED)

    @property
    def plain(self) -> int:
        """The size of what is inside, in bytes."""
        return self.size - self.chunks * TAG

    def place(self, number: int) -> tuple[int, int]:
        """Where chunk `number` begins, and its size."""
        offset = number * SEALED
        return self.start + offset, min(SEALED, self.size - offset)

    def decrypt(self, cipher: ChaCha20Poly1305, number: int, sealed: bytes) -> bytes:
        """Raises Damaged."""
        try:
            return cipher.decrypt(nonce(number, last=number == self.chunks - 1), sealed, None)
        except InvalidTag as error:
            raise Damaged from error


class Opening(io.RawIOBase):
    """What is inside, readable from anywhere, one chunk in memory; raises Damaged for a chunk that changed."""

    def __init__(self, file: BinaryIO, body: Body, cipher: ChaCha20Poly1305) -> None:
        self._file = file
        self._body = body
        self._cipher = cipher
        self._at = 0
        self._chunk: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._body.plain}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        number, within = divmod(self._at, CHUNK)
        if not view.nbytes or self._at >= self._body.plain:
            return 0
        piece = self._plain(number)[within : within + view.nbytes]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _plain(self, number: int) -> bytes:
        if self._chunk[0] != number:
            offset, size = self._body.place(number)
            self._file.seek(offset)
            sealed = self._file.read(size)
            self._chunk = number, self._body.decrypt(self._cipher, number, sealed)
        return self._chunk[1]
