"""Versions of items, with their keys, come down to a site: added, never changed."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from assessments.models import ItemVersion
from courses.exchange import items
from courses.exchange.counts import Count
from courses.exchange.down import dump
from elearning.errors import ServiceError
from modules.editions import canonical
from tests.integration.courses.exchange.conftest import Site

ITEM = uuid.UUID(int=7)


def version(number: int, text: str = "Which?", item: uuid.UUID = ITEM) -> dict[str, Any]:
    content = {
        "id": str(item), "version": number, "kind": "short", "text": text, "key": {"accepted": ["a"]},
        "explanation": "So it is.",
    }  # fmt: skip
    digest = canonical.sha256(canonical.to_bytes(content))
    return {"item": str(item), "number": number, "content": content, "digest": digest}


def test_the_site_has_what_the_centre_has(site: Site) -> None:
    site.data["items"] = [version(1), version(2, "Which of them?")]
    assert site.takes().items == Count(added=2)
    assert dump() == site.data
    assert site.takes().items == Count(unchanged=2)


def test_what_the_site_has_of_its_own_stays(site: Site) -> None:
    ItemVersion.objects.create(**version(1, item=uuid.UUID(int=8)))
    site.data["items"] = [version(1)]
    site.takes()
    assert ItemVersion.objects.count() == 2


def test_an_older_centre_that_names_none_is_understood(site: Site) -> None:
    del site.data["items"]
    assert site.takes().items == Count()


@pytest.mark.parametrize(
    "odd",
    [
        {"number": True}, {"number": -1}, {"number": 2**31}, {"content": []}, {"content": {}}, {"digest": "x"},
        {"digest": None}, {"item": "x"}, {"item": str(uuid.UUID(int=9))}, {"content": version(1)["content"] | {"text": "a\0"}},
        {"content": version(1)["content"] | {"text": ["\ud800"]}}, {"content": version(2)["content"]},
    ],
)  # fmt: skip
def test_what_is_no_version_is_refused(site: Site, odd: dict[str, Any]) -> None:
    site.data["items"] = [version(1) | odd]
    with pytest.raises(ServiceError) as refused:
        site.takes()
    assert refused.value.code == "damaged-data"
    assert not ItemVersion.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "riddle"}, "unknown-kind"),
        ({"key": {"accepted": []}}, "The right answer is not complete"),
        ({"key": {"accepted": ["a"], "scoring": "some"}}, "Choose how it is scored"),
        ({"text": " "}, "text-missing"),
        ({"key": []}, "its shape is not that of its kind"),
        ({"key": {}}, "its shape is not that of its kind"),
        ({"kind": []}, "its shape is not that of its kind"),
        (
            {"kind": "order", "steps": [1], "key": {"order": [2]}},
            "its shape is not that of its kind",
        ),
        ({"kind": "number", "key": {"value": "twelve"}}, "Write numbers with a point, as in 12.5"),
        (
            {"kind": "single", "choices": [{"id": "a", "text": "A"}], "key": {"right": ["b"]}},
            "There is too little to choose from, or the text has nothing but gaps",
        ),
    ],
)
def test_a_version_that_could_not_be_marked_is_not_taken(
    site: Site, change: dict[str, Any], reason: str
) -> None:
    bad = version(2, item=uuid.UUID(int=9))
    bad["content"] |= change
    site.data["items"] = [version(1), bad]
    (wrong,) = items.wrong(items.read(site.data)).values()
    assert (wrong.item, wrong.problem) == (uuid.UUID(int=9), reason)
    assert site.takes().items == Count(added=1)
    assert [row.item for row in ItemVersion.objects.all()] == [ITEM]


def test_one_version_twice_is_refused(site: Site) -> None:
    site.data["items"] = [version(1), version(1)]
    with pytest.raises(ServiceError):
        site.takes()


def test_no_tablet_and_no_visitor_is_given_a_key(site: Site) -> None:
    site.data["items"] = [version(1)]
    site.takes()
    assert Client().get("/sync/down").status_code == 401
    index = Client().get("/editions/index.json").content
    assert b"accepted" not in index and json.loads(index)["editions"]
