"""Which uploaded files can be played on a tablet, told by their name and their first bytes."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`family` is where it may be used: audio, video, captions or picture."""

    family: str
    mime: str
    matches: Callable[[bytes], bool]
    text: bool = False


def _mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _mp3(head: bytes) -> bool:
    return head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _vtt(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


KINDS = {
    "mp4": Kind("video", "video/mp4", _mp4),
    "webm": Kind("video", "video/webm", lambda head: head[:4] == b"\x1a\x45\xdf\xa3"),
    "mp3": Kind("audio", "audio/mpeg", _mp3),
    "m4a": Kind("audio", "audio/mp4", _mp4),
    "ogg": Kind("audio", "audio/ogg", lambda head: head[:4] == b"OggS"),
    "vtt": Kind("captions", "text/vtt", _vtt, text=True),
    "webp": Kind("picture", "image/webp", lambda head: head[8:12] == b"WEBP"),
    "json": Kind("part", "application/json", lambda head: head[:1] == b"{", text=True),
}


def extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def accepted(name: str, head: bytes, family: str) -> bool:
    """Whether a file of this name and these first bytes (16 are enough) is of the family."""
    kind = KINDS.get(extension(name))
    return kind is not None and kind.family == family and kind.matches(head)


def names(family: str) -> str:
    """ "MP4, WEBM": the extensions of a family, for a message."""
    return ", ".join(name.upper() for name, kind in KINDS.items() if kind.family == family)
