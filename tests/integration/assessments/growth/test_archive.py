"""Closed months are copied to the storage, whole or not at all, and come back as they were."""

import gzip
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from assessments.growth import archive as archives
from assessments.growth.archive import Damaged, archive, archive_closed, manifest_of, read_archive
from assessments.growth.months import Month
from assessments.models import Statement
from assessments.statements import services
from elearning.errors import ServiceError
from tests.integration.assessments.conftest import Clock, Tablet
from tests.integration.assessments.growth.conftest import columns
from tests.support.disk import storage_in, synced

SEPTEMBER, OCTOBER, NOVEMBER = (Month(2026, number) for number in (9, 10, 11))


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small parts, read in small pieces, and an empty storage before and after."""
    monkeypatch.setattr(archives, "ROWS_IN_A_PART", 4)
    monkeypatch.setattr(archives, "ROWS", 3)
    yield
    for month in (SEPTEMBER, OCTOBER, NOVEMBER, Month(2026, 12), Month(1970, 1)):
        for name in ("manifest.json", *(f"{number:04}.jsonl.gz" for number in range(1, 9))):
            default_storage.delete(path(month, name))


def path(month: Month, name: str) -> str:
    return f"xapi/archive/{month}/{name}"


def content(month: Month, name: str) -> bytes:
    with default_storage.open(path(month, name)) as file:
        return bytes(file.read())


def put(month: Month, name: str, content: bytes) -> None:
    default_storage.delete(path(month, name))
    default_storage.save(path(month, name), ContentFile(content))


def say(tablet: Tablet, number: int, **more: Any) -> None:
    services.store(
        client=tablet.client, statements=[tablet.says(**more) for _number in range(number)]
    )


@pytest.fixture
def log(tablet: Tablet, clock: Clock, storage: None) -> None:
    """Ten in October, up to its last moment, and two on each side."""
    for moment, number in [
        ("2026-09-30T23:59:59.999999", 2),
        ("2026-10-01T00:00:00", 5),
        ("2026-10-31T23:59:59.999999", 5),
        ("2026-11-01T00:00:00", 2),
    ]:
        clock.set(moment)
        say(tablet, number, response="ćao, ශ්‍රී “x”")
    clock.set("2026-11-03T00:00:00")


def test_a_month_comes_back_as_it_was(log: None) -> None:
    rows = columns(OCTOBER.statements().order_by("seq"))
    assert len(rows) == 10
    archive(OCTOBER)
    assert columns(read_archive(OCTOBER)) == rows
    OCTOBER.statements().delete()
    Statement.objects.bulk_create(read_archive(OCTOBER))
    assert columns(OCTOBER.statements().order_by("seq")) == rows


def test_the_manifest_says_what_is_there(log: None) -> None:
    made = archive(OCTOBER)
    assert made == manifest_of(OCTOBER)
    seqs = list(OCTOBER.statements().order_by("seq").values_list("seq", flat=True))
    assert (made.rows, made.first, made.last) == (10, seqs[0], seqs[-1])
    assert [part.rows for part in made.parts] == [4, 4, 2]
    lines = gzip.decompress(content(OCTOBER, "0003.jsonl.gz")).splitlines()
    assert [json.loads(line)["seq"] for line in lines] == seqs[8:]
    assert set(json.loads(lines[0])) == {field.attname for field in Statement._meta.concrete_fields}


def test_an_archive_is_on_the_disk_whatever_happens_to_the_power(
    log: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody may take its rows out of the log."""
    found = synced(monkeypatch)
    with storage_in(tmp_path):
        archive(OCTOBER)
    files = list((tmp_path / path(OCTOBER, "")).iterdir())
    assert len(files) == 4
    for each in (*files, *files[0].parents[:4]):
        assert found[each.stat().st_ino] == each.stat().st_size


def test_every_closed_month_is_archived_once(log: None) -> None:
    assert [made.month for made in archive_closed()] == ["2026-09", "2026-10"]
    assert list(archive_closed()) == []
    assert manifest_of(NOVEMBER) is None


def test_the_same_rows_give_the_same_bytes(log: None) -> None:
    assert archive(OCTOBER) == archive(OCTOBER)


def test_a_month_is_closed_an_hour_after_its_end(log: None, clock: Clock) -> None:
    clock.set("2026-12-01T00:59:59")
    with pytest.raises(ServiceError, match="an hour after its end"):
        archive(NOVEMBER)
    clock.set("2026-12-01T01:00:00")
    assert archive(NOVEMBER).rows == 2


def test_a_run_that_is_cut_leaves_no_archive_and_is_done_again(
    log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = default_storage.save

    def cut(name: str, content: Any) -> str:
        if name.endswith("0002.jsonl.gz"):
            raise OSError("the network is gone")
        return save(name, content)

    with monkeypatch.context() as faulty:
        faulty.setattr(default_storage, "save", cut)
        with pytest.raises(OSError, match="gone"):
            archive(OCTOBER)
    with pytest.raises(ServiceError, match="not archived"):
        next(read_archive(OCTOBER))
    assert [made.rows for made in archive_closed()] == [2, 10]
    assert len(list(read_archive(OCTOBER))) == 10


def test_what_a_server_with_a_clock_set_back_stores_is_archived_too(
    log: None, tablet: Tablet, clock: Clock
) -> None:
    list(archive_closed())
    for moment in ("2026-10-05T00:00:00", "1970-01-01T00:00:07"):
        clock.set(moment)
        say(tablet, 1)
    clock.set("2026-11-04T00:00:00")
    assert [(made.month, made.rows) for made in archive_closed()] == [
        ("1970-01", 1),
        ("2026-10", 11),
    ]
    assert columns(read_archive(OCTOBER)) == columns(OCTOBER.statements().order_by("seq"))


def test_an_archive_that_holds_more_than_the_log_is_left_alone(log: None) -> None:
    archive(OCTOBER)
    Statement.objects.filter(seq=OCTOBER.statements().earliest("seq").seq).delete()
    assert [made.month for made in archive_closed()] == ["2026-09"]
    with pytest.raises(CommandError, match="holds 10 statements, the log only 9"):
        call_command("archive_statements", month="2026-10")
    assert len(list(read_archive(OCTOBER))) == 10


@pytest.mark.parametrize("manifest", [b"{", b'{"format": 2}', None])
def test_a_damaged_manifest_does_not_let_a_smaller_archive_replace_a_larger_one(
    log: None, manifest: bytes | None
) -> None:
    """The parts may be the only copy of what the log has no more."""
    archive(OCTOBER)
    parts = {f"{number:04}.jsonl.gz" for number in (1, 2, 3)}
    before = {name: content(OCTOBER, name) for name in parts}
    default_storage.delete(path(OCTOBER, "manifest.json"))
    if manifest is not None:
        put(OCTOBER, "manifest.json", manifest)
    Statement.objects.filter(seq=OCTOBER.statements().earliest("seq").seq).delete()
    with pytest.raises(CommandError, match="holds 10 statements, the log only 9"):
        call_command("archive_statements", month="2026-10")
    with pytest.raises(CommandError, match="2026-10"):
        call_command("archive_statements", stdout=(out := StringIO()))
    assert out.getvalue() == "2026-09: 2 statements, 1 parts\n"
    assert {name: content(OCTOBER, name) for name in parts} == before


@pytest.mark.parametrize("size", [0, 5, -5])
def test_what_can_be_read_of_a_damaged_part_counts(log: None, size: int) -> None:
    """Cut to nothing, in its head and in its sum: 6, 6 and 10 rows are left to be kept."""
    archive(OCTOBER)
    put(OCTOBER, "manifest.json", b"{")
    put(OCTOBER, "0002.jsonl.gz", content(OCTOBER, "0002.jsonl.gz")[:size])
    gone = OCTOBER.statements().order_by("seq")[: 4 if size < 0 else 6]
    Statement.objects.filter(seq__in=[row.seq for row in gone]).delete()
    left = OCTOBER.statements().count()
    with pytest.raises(ServiceError, match=rf"holds \d+ statements, the log only {left}"):
        archive(OCTOBER)


@pytest.mark.parametrize("place", [0, 30, -1])
def test_a_damaged_part_is_refused_before_the_first_row(log: None, place: int) -> None:
    archive(OCTOBER)
    damaged = bytearray(content(OCTOBER, "0002.jsonl.gz"))
    damaged[place] ^= 1
    put(OCTOBER, "0002.jsonl.gz", bytes(damaged))
    with pytest.raises(Damaged, match=r"2026-10 .* 0002.jsonl.gz was changed"):
        next(read_archive(OCTOBER))


def test_a_part_of_another_month_a_short_and_a_missing_one_are_refused(log: None) -> None:
    list(archive_closed())
    whole = content(OCTOBER, "0001.jsonl.gz")
    for wrong in (content(SEPTEMBER, "0001.jsonl.gz"), whole[:-5], b""):
        put(OCTOBER, "0001.jsonl.gz", wrong)
        with pytest.raises(Damaged, match="was changed"):
            next(read_archive(OCTOBER))
    default_storage.delete(path(OCTOBER, "0001.jsonl.gz"))
    with pytest.raises(Damaged, match="missing"):
        next(read_archive(OCTOBER))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1}', b"\xff"])
def test_a_manifest_that_cannot_be_read_is_refused(log: None, text: bytes) -> None:
    put(OCTOBER, "manifest.json", text)
    with pytest.raises(Damaged, match="manifest"):
        next(read_archive(OCTOBER))


def test_a_damaged_manifest_stops_no_other_month_and_is_mended_as_it_says(log: None) -> None:
    put(SEPTEMBER, "manifest.json", b"{")
    out = StringIO()
    with pytest.raises(CommandError, match="archive_statements --month 2026-09") as told:
        call_command("archive_statements", stdout=out)
    assert told.value.returncode == 1
    assert out.getvalue() == "2026-10: 10 statements, 3 parts\n"
    call_command("archive_statements", month="2026-09", stdout=out)
    assert len(list(read_archive(SEPTEMBER))) == 2
    assert list(archive_closed()) == []


def test_two_who_archive_at_once_do_not_mix(log: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's part appears after this one has looked."""
    archive(OCTOBER)
    with monkeypatch.context() as late:
        late.setattr(default_storage, "delete", lambda name: None)
        with pytest.raises(ServiceError, match="Somebody else"):
            archive(OCTOBER)


def test_the_commands_archive_and_print(log: None) -> None:
    out, printed = StringIO(), StringIO()
    call_command("archive_statements", stdout=out)
    assert out.getvalue() == "2026-09: 2 statements, 1 parts\n2026-10: 10 statements, 3 parts\n"
    call_command("read_archive", "2026-10", stdout=printed)
    statements = list(OCTOBER.statements().order_by("seq").values_list("payload", flat=True))
    assert printed.getvalue().splitlines() == statements
    call_command("archive_statements", month="2026-09", stdout=out)
    assert out.getvalue().count("2026-09") == 2


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("archive_statements", "--month=2026-11"), "an hour after"),
        (("archive_statements", "--month=2026-08"), "no statements"),
        (("archive_statements", "--month=October"), "like 2026-10"),
        (("read_archive", "2026-10"), "not archived"),
    ],
)
def test_the_commands_say_what_is_wrong(log: None, command: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command(*command)
