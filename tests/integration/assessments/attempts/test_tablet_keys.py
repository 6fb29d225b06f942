"""A tablet tells its key to one server; the servers further on can check its seals too."""

import json
from typing import Any

import pytest

from assessments.attempts import reader
from assessments.forwarding.batches import outgoing
from assessments.models import Attempt, AttemptAnswer, Cursor, SetAside, Statement
from elearning.users.models import DeviceKey
from tests.integration.assessments.attempts.conftest import World, know
from tests.integration.assessments.systems import passes_on
from tests.support.attempts import part, right, single, wrong

ITEMS = [single(f"key {number}") for number in range(3)]
TEST = part("keys", "graded", ITEMS)
ANSWERS = {each["id"]: wrong(each) for each in ITEMS}
VERB = "http://adlnet.gov/expapi/verbs/registered"


@pytest.fixture
def sent(world: World, settings: Any) -> list[dict[str, Any]]:
    """What a site has to pass on of an attempt; this server is then the empty centre."""
    world.publish(TEST)
    know(ITEMS)
    assert world.reads(*world.sits(TEST).takes(ANSWERS)).flags == []
    rows = list(Statement.objects.order_by("seq"))
    for model in (Statement, Attempt, AttemptAnswer, Cursor, DeviceKey):
        model.objects.all().delete()
    settings.WAGTAILADMIN_BASE_URL = "https://centre.example"
    return [outgoing(row).statement for row in rows]


def is_key(statement: dict[str, Any]) -> bool:
    return bool(statement["verb"]["id"] == VERB)


@pytest.mark.parametrize("first", ["the key", "the answers"])
def test_the_centre_checks_a_seal_by_the_key_that_came_up(
    world: World, sent: list[dict[str, Any]], first: str
) -> None:
    answer = next(each for each in sent if each["verb"]["id"].endswith("answered"))
    answer["result"]["response"] = right(ITEMS[0])[0]
    for each in sorted(sent, key=lambda one: is_key(one) is (first == "the answers")):
        passes_on(each)
        reader.catch_up()
    assert (DeviceKey.objects.get().name, DeviceKey.objects.get().device) == (
        world.seal.name, world.tablet.grant.device,
    )  # fmt: skip
    row = Attempt.objects.get()
    assert (row.flags, row.missing_key) == (["chain-broken", "seal-wrong"], "")


def test_a_key_is_said_once_however_often_it_is_used(world: World) -> None:
    world.publish(TEST)
    know(ITEMS)
    for _time in range(2):
        world.sends(*world.sits(TEST).takes(ANSWERS))
        reader.catch_up()
    reader.rebuild()
    (row,) = Statement.objects.filter(verb="registered")
    assert world.seal.text in row.payload
    assert str(world.tablet.officer.pk) not in row.payload


def test_two_servers_that_one_tablet_has_told_say_the_same(
    world: World, sent: list[dict[str, Any]]
) -> None:
    passes_on(*sent)
    world.tells_key()
    world.sends(*world.sits(TEST).takes(ANSWERS))
    reader.catch_up()
    assert Statement.objects.filter(verb="registered").count() == 1
    Statement.objects.filter(verb="registered").delete()
    world.sends(world.sits(TEST).begins())
    reader.catch_up()
    passes_on(*filter(is_key, sent))
    assert Statement.objects.filter(verb="registered").count() == 1
    assert not SetAside.objects.exists()


def test_only_a_server_is_believed_whose_key_it_is(
    world: World, sent: list[dict[str, Any]]
) -> None:
    (key,) = filter(is_key, sent)
    own = world.tablet.says("initialized")
    forged = own | {each: key[each] for each in ("verb", "object", "context")}
    world.sends(forged | {"authority": key["authority"]})
    tablet = {"account": {"homePage": "https://site.example", "name": str(world.module)}}
    passes_on(key | {"authority": tablet})
    reader.catch_up()
    reader.rebuild()
    assert not DeviceKey.objects.exists()


@pytest.mark.parametrize("odd", [{}, {"public": 7}, {"public": "AAAA"}, 7, [], {"key": "x"}])
def test_what_is_no_key_stops_nobody(world: World, sent: list[dict[str, Any]], odd: Any) -> None:
    (key,) = filter(is_key, sent)
    (name,) = key["context"]["extensions"]
    passes_on(json.loads(json.dumps(key)) | {"context": {"extensions": {name: odd}}})
    passes_on(*(each for each in sent if not is_key(each)))
    reader.catch_up()
    assert not DeviceKey.objects.exists()
    assert Attempt.objects.get().standing == "marked"


def test_a_statement_in_the_place_of_a_keys_does_not_keep_it_from_going_up(
    world: World, sent: list[dict[str, Any]]
) -> None:
    (key,) = filter(is_key, sent)
    world.sends(world.tablet.says(name=key["id"]))
    world.tells_key()
    world.sends(*world.sits(TEST).takes(ANSWERS))
    reader.catch_up()
    assert Statement.objects.filter(verb="registered").exclude(id=key["id"]).count() == 1
