"""A statement whose id is taken is refused, kept aside and counted."""

import json
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import SetAside, Statement
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System, said
from tests.support.asked import longest_list


def test_what_conflicts_is_kept_aside_and_the_log_stays_as_it_was(tablet: Tablet) -> None:
    made = tablet.says(response="a")
    tablet.posts([made])
    other = json.loads(json.dumps(made))
    other["result"]["response"] = "b"
    for _time in range(3):
        assert tablet.posts([other]).status_code == 409
    kept = SetAside.objects.get()
    assert str(kept.statement) == made["id"]
    assert kept.code == "conflict"
    assert kept.times == 3
    assert kept.source == tablet.grant.device
    assert json.loads(kept.payload)["result"]["response"] == "b"
    assert json.loads(Statement.objects.get().payload)["result"]["response"] == "a"


def test_each_of_several_contents_is_kept(system: System) -> None:
    made = said()
    system.stores(made)
    for name in ("bob", "cid"):
        assert system.posts([made | {"actor": said(name)["actor"]}]).status_code == 409
    assert SetAside.objects.count() == 2


def test_a_put_under_a_taken_id_is_a_conflict_and_the_same_again_is_not(system: System) -> None:
    """Part three, 2.1.1."""
    made = said()
    assert system.puts(made["id"], made).status_code == 204
    assert system.puts(made["id"], made).status_code == 204
    assert system.puts(made["id"], made | {"actor": said("bob")["actor"]}).status_code == 409
    assert Statement.objects.count() == 1


def test_a_put_takes_its_id_from_the_address(system: System) -> None:
    made = said()
    name = made.pop("id")
    assert system.puts(name, made).status_code == 204
    assert system.finds() == [name]
    assert system.puts(name, said()).status_code == 400
    assert system.puts("7", said()).status_code == 400
    assert system.puts(name, [said()]).status_code == 400


def test_without_an_id_the_server_makes_one(system: System) -> None:
    """Part two, 2.4.1."""
    made = said()
    del made["id"]
    (name,) = system.stores(made)
    assert system.asks(statementId=name).json()["object"] == made["object"]


def test_a_duration_is_compared_to_a_hundredth_of_a_second_and_kept_as_it_came(
    system: System,
) -> None:
    """2.0, 4.2.7."""
    made = said(result={"duration": "PT1.2345S"})
    system.stores(made)
    assert system.posts([made | {"result": {"duration": "PT1.23S"}}]).status_code == 200
    assert system.posts([made | {"result": {"duration": "PT1.24S"}}]).status_code == 409
    found = system.asks(statementId=made["id"]).json()
    assert found["result"]["duration"] == "PT1.2345S"


def test_a_repeat_of_what_an_older_version_stored_is_a_repeat(tablet: Tablet) -> None:
    """Its digest was made by another rule."""
    timeless = tablet.says()
    del timeless["timestamp"]
    batch = [tablet.says(), timeless]
    assert tablet.posts(batch).status_code == 200
    Statement.objects.update(digest=bytes(32))
    assert tablet.posts(batch).status_code == 200
    other = batch[0] | {"result": {"response": "b"}}
    assert tablet.posts([other]).status_code == 409


def test_to_know_a_repeat_what_is_stored_is_read_only_where_the_digests_differ(
    tablet: Tablet,
) -> None:
    """One by one: what is stored may have 5 MB each."""
    batch = [tablet.says() for _number in range(5)]
    assert tablet.posts(batch).status_code == 200
    for older in range(3):
        Statement.objects.filter(id__in=[each["id"] for each in batch[:older]]).update(
            digest=bytes(32)
        )
        with CaptureQueriesContext(connection) as asked:
            assert tablet.posts(batch).status_code == 200
        reads = [
            each["sql"] for each in asked if re.match(r'SELECT .*"payload".* FROM', each["sql"])
        ]
        assert len(reads) == older
        assert longest_list([{"sql": each} for each in reads]) == 0
