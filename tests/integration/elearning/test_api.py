"""Requests of the learner's app that hold no JSON object."""

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import RequestFactory

from elearning.api import api, json_body


@api("POST")
def echo(request: HttpRequest) -> HttpResponse:
    return JsonResponse(json_body(request))


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[]", b"\xff\xfe", b'{"a":' * 100_000, b"[" * 100_000],
    ids=["nothing", "no JSON", "a list", "bytes of no text", "deep objects", "deep lists"],
)
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    response = echo(RequestFactory().post("/", body, content_type="application/json"))
    assert response.status_code == 400
    assert b'"bad-json"' in response.content
