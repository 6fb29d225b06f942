"""When too many write much at once, the next is told to come again, and reading goes on."""

from contextlib import ExitStack

from assessments.models import Statement
from assessments.statements import busy
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System

MANY = busy.SMALL + 1


def test_one_too_many_is_told_to_send_again_and_is_then_stored(tablet: Tablet) -> None:
    said = [tablet.says() for _one in range(10)]
    with ExitStack() as others:
        for _other in range(busy.MOST):
            others.enter_context(busy.place(MANY))
        response = tablet.posts(said)
        assert (response.status_code, response.json()["error"]) == (503, "busy")
        assert not Statement.objects.exists()
    assert tablet.posts(said).status_code == 200


def test_a_refused_request_gives_its_place_back(tablet: Tablet) -> None:
    for _time in range(busy.MOST + 1):
        assert tablet.posts([{"id": "nothing"}] * 500).status_code == 400


def test_a_few_answers_need_no_place(tablet: Tablet) -> None:
    with ExitStack() as others:
        for _other in range(busy.MOST):
            others.enter_context(busy.place(MANY))
        assert tablet.posts([tablet.says()]).status_code == 200


def test_reading_needs_no_place(tablet: Tablet, system: System) -> None:
    with ExitStack() as others:
        for _other in range(busy.MOST):
            others.enter_context(busy.place(MANY))
        assert system.asks().status_code == 200
