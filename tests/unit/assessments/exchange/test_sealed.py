"""A sealed file arrives as it was sent, for whom it was sent, or not at all."""

import dataclasses
import errno
import hashlib
import io
import resource
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange import sealed
from assessments.exchange.chunks import CHUNK, SEALED
from assessments.exchange.errors import (
    Damaged,
    ForAnother,
    NotOurs,
    TooNew,
    UnknownSender,
    Unreadable,
    WrongKind,
)
from assessments.exchange.keys import Identity
from tests.unit.assessments.exchange.conftest import Post

SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17)


def content(size: int) -> bytes:
    return hashlib.shake_128(b"content").digest(size)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_is_what_is_opened(post: Post, size: int) -> None:
    post.seal(content(size))
    assert post.open() == content(size)


def test_nothing_inside_can_be_read_from_outside(post: Post) -> None:
    data = post.seal(b"officer seven answered b" * 100)
    assert b"officer seven" not in data


def test_two_files_with_the_same_content_share_nothing_but_the_front(post: Post) -> None:
    first, second = post.seal(bytes(1000)), post.seal(bytes(1000))
    assert first[-1080:] != second[-1080:]


def test_every_flipped_byte_is_found(post: Post) -> None:
    data = post.seal(b"twelve answers")
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(Unreadable):
            post.open(bytes(changed))


def test_a_file_cut_at_any_byte_is_refused(post: Post) -> None:
    data = post.seal(b"twelve answers")
    for size in range(len(data)):
        with pytest.raises(Unreadable):
            post.open(data[:size])


def test_something_behind_the_end_is_found(post: Post) -> None:
    data = post.seal(b"twelve answers")
    with pytest.raises(Damaged):
        post.open(data + b"\0")


@pytest.mark.parametrize("size", [0, 1, 16, SEALED - 1, SEALED, SEALED + 1, 2 * SEALED])
def test_a_long_file_cut_from_behind_is_refused(post: Post, size: int) -> None:
    data = post.seal(content(2 * CHUNK + 100))
    with pytest.raises(Damaged):
        post.open(data[: len(data) - size - 1])


def test_chunks_that_changed_places_are_found_even_when_the_sender_signed_them(post: Post) -> None:
    """The chunks themselves know their place: the signature is not all there is."""
    data = post.seal(content(3 * CHUNK))
    start = front(data)
    one, two, rest = (
        data[start : start + SEALED],
        data[start + SEALED : start + 2 * SEALED],
        data[start + 2 * SEALED : -64],
    )
    assert post.open(signed(post, data[:start] + one + two + rest)) == content(3 * CHUNK)
    for body in (
        two + one + rest,
        one + two,
        one + rest,
        one + one + rest,
        one + two + rest + rest,
    ):
        with pytest.raises(Damaged):
            post.open(signed(post, data[:start] + body))


def test_a_chunk_of_another_file_is_found_even_when_the_sender_signed_it(post: Post) -> None:
    first, second = post.seal(content(2 * CHUNK)), post.seal(content(2 * CHUNK))
    start = front(first)
    mixed = first[: start + SEALED] + second[front(second) + SEALED : -64]
    with pytest.raises(Damaged):
        post.open(signed(post, mixed))


def test_another_trusted_server_cannot_put_its_name_on_the_file(post: Post) -> None:
    data = post.seal(b"twelve answers")
    other = Identity.generate()
    renamed = data.replace(str(post.site.public.id).encode(), str(other.public.id).encode())
    thief = dataclasses.replace(post, site=other)
    with pytest.raises(Damaged):
        thief.open(signed(thief, renamed[:-64]))


def front(data: bytes) -> int:
    """Where the chunks begin."""
    return sealed.FRONT.size + struct.unpack_from(">I", data, 10)[0]


def signed(post: Post, unsigned: bytes) -> bytes:
    return unsigned + post.site.signer.sign(sealed.SIGNED + hashlib.sha256(unsigned).digest())


def test_a_file_of_something_else_is_named_so(post: Post) -> None:
    for data in (b"", b"PK\x03\x04 a zip file", b"\x89PNG\r\n\x1a\n" + bytes(100)):
        with pytest.raises(NotOurs):
            post.open(data)


def test_a_file_for_another_server_is_named_so(post: Post) -> None:
    post.seal(b"x")
    with pytest.raises(ForAnother):
        dataclasses.replace(post, centre=Identity.generate()).open()


def test_a_file_of_an_unknown_server_is_named_so(post: Post) -> None:
    dataclasses.replace(post, site=Identity.generate()).seal(b"x")
    with pytest.raises(UnknownSender):
        post.open()


def test_a_file_of_another_kind_is_named_so(post: Post) -> None:
    post.seal(b"x", kind="receipt")
    with pytest.raises(WrongKind, match="import_receipt"):
        post.open(kind="log")


def test_a_file_of_a_newer_release_is_named_so(post: Post) -> None:
    data = bytearray(post.seal(b"x"))
    struct.pack_into(">H", data, 8, 2)
    with pytest.raises(TooNew, match="format 2"):
        post.open(bytes(data))


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300), st.booleans())
def test_whatever_lies_on_a_stick_is_refused_in_a_sentence(
    post: Post, data: bytes, ours: bool
) -> None:
    with pytest.raises(Unreadable):
        post.open((sealed.MAGIC + b"\0\1" if ours else b"") + data)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.integers(0, 3 * CHUNK // 2), max_size=4),
    st.lists(st.tuples(st.integers(0, 5 * CHUNK), st.integers(0, 2 * CHUNK)), max_size=6),
)
def test_it_can_be_written_in_any_pieces_and_read_from_anywhere(
    post: Post, pieces: list[int], reads: list[tuple[int, int]]
) -> None:
    whole = content(sum(pieces))
    with sealed.sealed_file(
        post.path, kind="log", sender=post.site, receiver=post.centre.public
    ) as target:
        source = io.BytesIO(whole)
        for piece in pieces:
            target.write(source.read(piece))
    known = {post.site.public.id: post.site.public}
    with sealed.opened_file(
        post.path, kind="log", receiver=post.centre, sender=known.get
    ) as opened:
        for place, size in reads:
            opened.content.seek(place)
            assert opened.content.read(size) == whole[place : place + size]


def test_a_stick_that_gives_other_bytes_the_second_time_is_found(post: Post) -> None:
    post.seal(content(2 * CHUNK))
    known = {post.site.public.id: post.site.public}
    with sealed.opened_file(
        post.path, kind="log", receiver=post.centre, sender=known.get
    ) as opened:
        with post.path.open("r+b") as file:
            file.seek(-100, io.SEEK_END)
            file.write(b"other")
        opened.content.seek(0)
        with pytest.raises(Damaged):
            opened.content.read()


def test_a_large_file_needs_no_more_memory_than_a_small_one(post: Post) -> None:
    piece = bytes(1024 * 1024)
    known = {post.site.public.id: post.site.public}
    tracemalloc.start()
    try:
        with sealed.sealed_file(
            post.path, kind="bundle", sender=post.site, receiver=post.centre.public
        ) as target:
            for _piece in range(32):
                target.write(piece)
        with sealed.opened_file(
            post.path, kind="bundle", receiver=post.centre, sender=known.get
        ) as opened:
            while opened.content.read(CHUNK):
                pass
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(piece)


def test_a_full_disk_leaves_no_file(post: Post) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * CHUNK, hard))
    try:
        with pytest.raises(OSError) as caught:
            post.seal(content(5 * CHUNK))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.errno == errno.EFBIG
    assert list(post.path.parent.iterdir()) == []


def test_an_export_that_fails_leaves_the_file_that_was_there(post: Post, tmp_path: Path) -> None:
    before = post.seal(b"the first")
    with (
        pytest.raises(ZeroDivisionError),
        sealed.sealed_file(
            post.path, kind="log", sender=post.site, receiver=post.centre.public
        ) as target,
    ):
        target.write(b"the second")
        raise ZeroDivisionError
    assert post.path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [post.path]
