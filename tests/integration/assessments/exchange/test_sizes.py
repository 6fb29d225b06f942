"""However much a file of another server holds, little of it is in memory."""

import hashlib
import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from assessments.exchange import taking
from assessments.models import Attachment, SetAside, Statement
from tests.integration.assessments.exchange.conftest import World, seal_log
from tests.support.disk import storage_in

SIZE = 500_000


def attached(count: int, size: int = SIZE) -> dict[str, bytes]:
    contents = (random.Random(number).randbytes(size) for number in range(count))
    return {hashlib.sha256(each).hexdigest(): each for each in contents}


def naming(made: dict[str, Any], contents: dict[str, bytes]) -> dict[str, Any]:
    described = [
        {
            "usageType": "https://example.org/photo",
            "display": {"en": "photo"},
            "contentType": "image/png",
            "length": len(content),
            "sha2": name,
        }
        for name, content in contents.items()
    ]
    return made | {"attachments": described}


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_of_all_that_is_attached_to_one_statement_one_is_in_memory_at_a_time(
    world: World, tmp_path: Path
) -> None:
    contents = attached(40)
    (made,) = world.answers(1)
    world.as_centre()
    seal_log(world, json.dumps([naming(made, contents)]), **contents)
    with storage_in(tmp_path / "media"):
        peak = peak_of(world.take)
        for name in contents:
            assert (tmp_path / "media" / Attachment(sha2=name).path).stat().st_size == SIZE
    assert Statement.objects.count() == 1
    assert Attachment.objects.count() == len(contents)
    assert peak < 8 * SIZE


def test_an_attachment_that_no_request_could_have_brought_is_not_taken(
    world: World, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = SIZE - 1
    large, small = attached(1), attached(1, SIZE - 1)
    made = world.answers(2)
    world.as_centre()
    said = [naming(made[0], large), naming(made[1], small)]
    seal_log(world, json.dumps(said), **large, **small)
    assert "1 statements stored, 0 known already, 1 set aside" in world.take()
    assert SetAside.objects.get().code == "missing-attachment"
    assert Attachment.objects.get().sha2 in small


def test_a_batch_that_is_small_only_because_it_is_packed_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LARGEST", 1_000_000)
    world.as_centre()
    seal_log(world, "[" + " " * 50_000_000 + "]")
    assert peak_of(lambda: world.fails("import_log", world.file())) < 10_000_000
    assert not Statement.objects.exists()
