import pytest

from modules.rules.kinds import accepted


@pytest.mark.parametrize(
    ("name", "head", "family"),
    [
        ("a.mp4", b"\0\0\0\x20ftypisom", "video"),
        ("A.WEBM", b"\x1a\x45\xdf\xa3", "video"),
        ("a.mp3", b"ID3\x04", "audio"),
        ("a.mp3", b"\xff\xfb\x90", "audio"),
        ("a.ogg", b"OggS", "audio"),
        ("a.vtt", b"\xef\xbb\xbfWEBVTT", "captions"),
    ],
)
def test_a_file_that_tablets_play_is_accepted(name: str, head: bytes, family: str) -> None:
    assert accepted(name, head, family)


@pytest.mark.parametrize(
    ("name", "head", "family"),
    [
        ("a.mp4", b"<html>", "video"),
        ("a.mp3", b"ID3\x04", "video"),
        ("a.exe", b"MZ", "video"),
        ("a.vtt", b"1\n00:00", "captions"),
        ("mp4", b"", "video"),
    ],
)
def test_a_file_of_another_kind_is_not(name: str, head: bytes, family: str) -> None:
    assert not accepted(name, head, family)
