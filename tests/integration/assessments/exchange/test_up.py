"""The log of a site reaches the centre by file, and the centre's receipt the site."""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from assessments.exchange import archive, sealed, up
from assessments.models import Attachment, Partner, SetAside, Statement
from tests.integration.assessments.exchange.conftest import World, log, seal_log


def test_what_a_site_has_the_centre_has_after_any_number_of_imports(world: World) -> None:
    world.answers(7)
    before = log()
    world.export()
    world.as_centre()
    said = [world.take() for _time in range(3)]
    assert log() == before
    assert "7 statements stored, 0 known already, 0 set aside" in said[0]
    assert said[1] == said[2]
    assert "0 statements stored, 7 known already, 0 set aside" in said[1]
    assert not SetAside.objects.exists()


def test_the_centre_keeps_who_vouched_and_notes_who_passed_it_on(world: World) -> None:
    world.answers(1)
    authority = json.loads(Statement.objects.get().payload)["authority"]
    world.export()
    world.as_centre()
    world.take()
    row = Statement.objects.get()
    assert json.loads(row.payload)["authority"] == authority
    assert row.source == world.site.public.id


def test_batches_of_any_size_arrive_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up, "MOST", 3)
    world.answers(10)
    before = log()
    world.export()
    world.as_centre()
    world.take()
    assert log() == before


def test_without_a_receipt_the_same_goes_out_again(world: World) -> None:
    world.answers(3)
    world.export("first")
    world.answers(2)
    assert "5 statements" in world.export("second")
    world.as_centre()
    world.take("second")
    world.take("first")
    assert len(log()) == 5


def test_with_a_receipt_only_what_is_new_goes_out(world: World) -> None:
    world.answers(3)
    kept = list(Statement.objects.values())
    world.export()
    world.as_centre()
    world.take()
    back_at_the_site(world, kept)
    assert "it has our log up to" in world.note()
    assert world.mark == kept[-1]["seq"]
    assert "nothing new" in world.export("second")
    assert not (world.stick / "second").exists()
    world.answers(2)
    assert "2 statements" in world.export("second")
    assert "5 statements" in world.export("third", "--all")


def back_at_the_site(world: World, kept: list[dict[str, Any]]) -> None:
    world.as_centre()
    Statement.objects.bulk_create(Statement(**row) for row in kept)
    world.as_site()


def test_receipts_move_the_mark_forward_only(world: World) -> None:
    world.answers(2)
    world.export("early")
    world.answers(2)
    world.export("late")
    kept = list(Statement.objects.order_by("seq").values())
    world.as_centre()
    world.take("early", "early-receipt")
    world.take("late", "late-receipt")
    back_at_the_site(world, kept)
    for name in ("late-receipt", "early-receipt", "late-receipt"):
        world.note(name)
        assert world.mark == kept[-1]["seq"]
    assert "older receipt" in world.note("early-receipt")


def test_a_receipt_of_a_log_that_was_lost_here_moves_nothing(world: World) -> None:
    """The site came back from a backup: under those numbers stand other statements now."""
    world.answers(3)
    kept = list(Statement.objects.order_by("seq").values())
    world.export()
    world.as_centre()
    world.take()
    kept[-1]["id"] = uuid.uuid4()
    back_at_the_site(world, kept)
    assert "another log" in world.note()
    assert world.mark == 0


def test_a_receipt_for_another_site_moves_nothing(world: World) -> None:
    world.answers(3)
    world.export()
    world.as_centre()
    world.take()
    assert "another server" in world.fails("import_receipt", world.file("receipt"))
    assert world.mark == 0


def test_a_conflict_is_kept_aside_once_and_the_rest_is_stored(world: World) -> None:
    made = world.answers(5)
    world.export()
    world.as_centre()
    other = made[2] | {"result": {"response": "b", "success": False, "score": {"scaled": 0}}}
    world.stores(other)
    said = [world.take(), world.take()]
    assert "4 statements stored, 0 known already, 1 set aside" in said[0]
    assert "0 statements stored, 4 known already, 1 set aside" in said[1]
    aside = SetAside.objects.get()
    assert (str(aside.statement), aside.code, aside.times) == (made[2]["id"], "conflict", 2)
    assert aside.source == world.site.public.id
    assert Statement.objects.count() == 5


def test_what_is_no_statement_is_kept_aside_and_the_rest_is_stored(world: World) -> None:
    made = world.answers(3)
    world.as_centre()
    nameless = {name: value for name, value in made[0].items() if name != "id"}
    broken: list[Any] = [
        nameless, 7, None, {}, "x", {"id": 5}, {"id": "x" * 100}, made[1] | {"verb": {}},
        made[2] | {"id": str(uuid.uuid4()), "attachments": 5, "object": {"id": [], "\0": "\ud800"}},
    ]  # fmt: skip
    seal_log(world, json.dumps([broken[0], made[0], *broken[1:], made[2]]))
    for _time in range(2):
        assert f"{len(broken)} set aside" in world.take()
    assert Statement.objects.count() == 2
    assert SetAside.objects.count() == len(broken)


def test_an_id_that_stands_twice_is_stored_once(world: World) -> None:
    made = world.answers(1)
    world.as_centre()
    seal_log(world, json.dumps([made[0], made[0]]))
    assert "1 statements stored" in world.take()
    assert Statement.objects.count() == 1


def test_a_log_in_a_newer_form_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.answers(1)
    with monkeypatch.context() as newer:
        newer.setattr(up, "FORMAT", 2)
        world.export()
    world.as_centre()
    assert "format 2" in world.fails("import_log", world.file())


@pytest.mark.parametrize("content", ["", "7", "{}", "[", "[" * 100_000])
def test_a_file_that_holds_no_list_is_refused(world: World, content: str) -> None:
    world.as_centre()
    seal_log(world, content)
    assert "damaged" in world.fails("import_log", world.file())


def with_attachment(made: dict[str, Any], content: bytes) -> dict[str, Any]:
    return made | {
        "id": str(uuid.uuid4()),
        "attachments": [
            {
                "usageType": "https://example.org/photo",
                "display": {"en": "photo"},
                "contentType": "text/plain",
                "length": len(content),
                "sha2": hashlib.sha256(content).hexdigest(),
            }
        ],
    }


@pytest.fixture
def attaching(world: World) -> dict[str, Any]:
    made = with_attachment(world.answers(1)[0], b"a photo")
    world.stores(made, **{hashlib.sha256(b"a photo").hexdigest(): b"a photo"})
    return made


def test_what_is_attached_arrives_too(world: World, attaching: dict[str, Any]) -> None:
    world.export()
    world.as_centre()
    Attachment.objects.all().delete()
    assert "0 set aside" in world.take()
    assert Attachment.objects.get().size == 7


def test_what_can_be_had_elsewhere_stays_behind_where_too_much_is_attached(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "MOST_ATTACHED", 15)
    contents = [b"photo %d" % number for number in range(5)]
    sums = {hashlib.sha256(each).hexdigest(): each for each in contents}
    made = [
        with_attachment(each, one) for each, one in zip(world.answers(5), contents, strict=True)
    ]
    world.stores(*made, **sums)
    described = [made[number]["attachments"][0] for number in range(5)]
    urls = [each | {"fileUrl": "https://example.org/photo"} for each in described[1:]]
    heavy = made[0] | {"id": str(uuid.uuid4()), "attachments": [*urls, described[0]]}
    Statement.objects.all().delete()
    world.stores(heavy, **{described[0]["sha2"]: contents[0]})
    world.export()
    world.as_centre()
    Attachment.objects.all().delete()
    assert "1 statements stored" in world.take()
    found = set(Attachment.objects.values_list("sha2", flat=True))
    assert described[0]["sha2"] in found
    assert len(found) == 2


def test_an_attachment_that_was_cut_short_stays_behind(
    world: World, attaching: dict[str, Any]
) -> None:
    """So that it is missed at the other side, not taken for another one."""
    row = Attachment.objects.get()
    default_storage.delete(row.path)
    default_storage.save(row.path, ContentFile(b"a"))
    world.export()
    with (
        sealed.opened_file(
            Path(world.file()),
            kind="log",
            receiver=world.centre,
            sender=lambda _name: world.site.public,
        ) as opened,
        archive.read(opened.content) as reader,
    ):
        assert not [name for name in reader.names() if name.startswith("attachments/")]
    default_storage.delete(row.path)


def test_an_attachment_that_is_not_what_it_is_named_is_not_taken(
    world: World, attaching: dict[str, Any]
) -> None:
    world.as_centre()
    Attachment.objects.all().delete()
    seal_log(world, json.dumps([attaching]), **{hashlib.sha256(b"a photo").hexdigest(): b"virus"})
    assert "1 set aside" in world.take()
    assert SetAside.objects.get().code == "missing-attachment"


def test_a_damaged_file_is_refused_and_nothing_of_it_is_stored(world: World) -> None:
    world.answers(20)
    world.export()
    world.as_centre()
    data = bytearray(Path(world.file()).read_bytes())
    data[-1000] ^= 1
    Path(world.file()).write_bytes(data)
    assert "damaged" in world.fails("import_log", world.file(), "--receipt", world.file("receipt"))
    assert not Statement.objects.exists()
    assert not SetAside.objects.exists()
    assert not (world.stick / "receipt").exists()


def test_a_server_that_is_trusted_no_more_is_refused(world: World) -> None:
    world.answers(1)
    world.export()
    world.as_centre()
    world.run("exchange_trust", "site", "--remove")
    assert "does not know" in world.fails("import_log", world.file())


def test_a_stick_that_is_not_there_is_said_so(world: World) -> None:
    world.answers(1)
    assert "No such file" in world.fails("import_log", "/nowhere/log")
    assert "No such file" in world.fails("export_log", "/nowhere/log", "--to", "centre")


def test_an_unknown_name_is_said_so(world: World) -> None:
    said = world.fails("export_log", world.file(), "--to", "Rome")
    assert "centre, site" in said
    assert Partner.objects.count() == 2
