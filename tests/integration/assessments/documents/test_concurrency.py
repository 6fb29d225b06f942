"""No change of what the client has not seen (xAPI 1.0.3, part three, 3.1; 2.0, 4.1.4)."""

import threading

import pytest

from assessments.models import Document, Scope
from tests.integration.assessments.documents.shelves import (
    ACTIVITY_PROFILE,
    NEW,
    STATE,
    Shelf,
    shelf,
)
from tests.integration.assessments.systems import make_system
from tests.support.threads import beside

V1, V2 = "1.0.3", "2.0.0"
WRONG = '"1111111111111111111111111111111111111111"'


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_change_of_another_version_than_the_one_seen_is_refused(
    any_shelf: Shelf, method: str, version: str
) -> None:
    """3.1.s4.b4 to b12: 412, and nothing is changed."""
    any_shelf = any_shelf.speaking(version)
    any_shelf.posts("n", {"a": 1})
    for header in (WRONG, "nonsense", ""):
        response = any_shelf.sends(method, "n", b'{"a": 2}', **{"If-Match": header})
        assert response.status_code == 412
    assert any_shelf.holds("n") == {"a": 1}


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("form", ["{}", "W/{}", f"{WRONG}, {{}}", "*"])
def test_a_change_of_the_version_seen_is_made(
    any_shelf: Shelf, method: str, version: str, form: str
) -> None:
    """A tag that the server's own gzip has made weak is good too."""
    any_shelf = any_shelf.speaking(version)
    any_shelf.posts("n", {"a": 1})
    headers = {"If-Match": form.format(any_shelf.etag("n"))}
    assert any_shelf.sends(method, "n", b'{"a": 2}', **headers).status_code == 204
    after = any_shelf.gets("n")
    assert after.status_code == (404 if method == "DELETE" else 200)
    assert method == "DELETE" or after.json() == {"a": 2}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_is_not_there_matches_nothing(any_shelf: Shelf, method: str) -> None:
    for header in (WRONG, "*"):
        response = any_shelf.sends(method, "n", b"{}", **{"If-Match": header})
        assert response.status_code == 412
    assert not Document.objects.exists()


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_new_document_never_replaces_one(any_shelf: Shelf, method: str, version: str) -> None:
    """If-None-Match: * (3.1.s4.b5 and b8)."""
    any_shelf = any_shelf.speaking(version)
    assert any_shelf.sends(method, "n", b'{"a": 1}', **NEW).status_code == 204
    assert any_shelf.sends(method, "n", b'{"a": 2}', **NEW).status_code == 412
    assert any_shelf.holds("n") == {"a": 1}


def test_one_version_can_be_left_alone(states: Shelf) -> None:
    states.posts("n", {"a": 1})
    seen = {"If-None-Match": states.etag("n")}
    assert states.puts("n", {"a": 2}, **seen).status_code == 412
    states.puts("n", {"a": 3})
    assert states.puts("n", {"a": 2}, **seen).status_code == 204


@pytest.mark.parametrize("version", [V1, V2])
def test_a_profile_is_not_overwritten_unseen(profiles: Shelf, version: str) -> None:
    """3.1.s4.b13 to b15: 409, and the answer says what to do."""
    profiles = profiles.speaking(version)
    profiles.posts("n", {"a": 1})
    response = profiles.puts("n", {"a": 2})
    assert response.status_code == 409
    assert "If-Match" in response.json()["message"]
    assert profiles.holds("n") == {"a": 1}


def test_a_new_profile_needs_a_condition_in_version_1(profiles: Shelf) -> None:
    """3.1.s3.b1."""
    response = profiles.puts("n", {"a": 1})
    assert response.status_code == 400
    assert "If-None-Match" in response.json()["message"]
    assert not Document.objects.exists()
    assert profiles.speaking(V2).puts("n", {"a": 1}).status_code == 204


def test_a_state_is_overwritten_unseen_in_version_1_only(states: Shelf) -> None:
    """3.1.s3: state conflicts are unlikely; 2.0, 4.1.4 wants a condition for states too."""
    assert states.speaking(V2).puts("n", {"a": 1}).status_code == 204
    assert states.puts("n", {"a": 2}).status_code == 204
    assert states.speaking(V2).puts("n", {"a": 3}).status_code == 409
    assert states.holds("n") == {"a": 2}


def writer(resource: str) -> Shelf:
    """Made when the database allows transactions of its own."""
    system = make_system(Scope.WRITE, Scope.READ)
    return shelf(resource, system.headers["Authorization"])


def at_once(place: Shelf, method: str, headers: dict[str, str]) -> list[int]:
    """The answers to four clients that change one document at the same moment."""
    together, answers = threading.Barrier(4), []

    def change(number: int) -> None:
        together.wait(20)
        content = f'{{"{number}": {number}}}'.encode()
        answers.append(place.sends(method, "n", content, **headers).status_code)

    with (
        beside(lambda: change(1)),
        beside(lambda: change(2)),
        beside(lambda: change(3)),
        beside(lambda: change(4)),
    ):
        pass
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_of_several_who_have_seen_the_same_one_makes_its_change(method: str) -> None:
    place = writer(ACTIVITY_PROFILE)
    place.posts("n", {"a": 1})
    headers = {"If-Match": place.etag("n")}
    assert at_once(place, method, headers) == [204, 412, 412, 412]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_of_several_who_make_a_new_document_one_does(method: str) -> None:
    place = writer(ACTIVITY_PROFILE)
    assert at_once(place, method, NEW) == [204, 412, 412, 412]
    assert len(place.holds("n")) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_merges_at_once_none_is_lost() -> None:
    place = writer(STATE)
    assert at_once(place, "POST", {}) == [204] * 4
    assert place.holds("n") == {"1": 1, "2": 2, "3": 3, "4": 4}
