"""manage.py pull_from_upstream against a server that answers as the test wants."""

import gzip
import io
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from courses.exchange import down
from courses.exchange.down import load
from courses.exchange.items import VersionRow
from courses.exchange.left import LeftOut
from courses.models import Cohort, LastPull
from elearning.users.models import User
from tests.integration.courses import world
from tests.integration.courses.exchange.conftest import Site
from tests.support.server import free_port

CREDENTIAL = "name:secret"
Act = Callable[["Handler"], None]


class Above(ThreadingHTTPServer):
    """The centre: `asked` are the paths; `acts` is what it does instead of answering well."""

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site
        self.asked: list[str] = []
        self.acts: Act | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Above

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        (self.server.acts or Handler.answers_well)(self)

    def answers_well(self) -> None:
        if self.path == "/sync/down":
            assert self.headers["Authorization"] == "Basic bmFtZTpzZWNyZXQ="
            self.down(json.dumps(self.server.site.data).encode())
        else:
            assert self.headers["Authorization"] is None
            self.answer(200, self.server.site.store[self.path.split("/")[-1].partition(".")[0]])

    def down(self, content: bytes) -> None:
        etag = f'W/"{hash(content)}"'
        if self.headers["If-None-Match"] == etag:
            self.answer(304, b"")
        else:
            packed = gzip.compress(content)
            self.answer(200, packed, ETag=etag, **{"Content-Encoding": "gzip"})

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Nothing to say."""


@pytest.fixture
def above(site: Site) -> Iterator[Above]:
    with Above(site) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        with override_settings(UPSTREAM_URL=server.url, UPSTREAM_CREDENTIAL=CREDENTIAL):
            yield server
        server.shutdown()
        thread.join()


def pull(*arguments: str) -> str:
    said = io.StringIO()
    call_command("pull_from_upstream", *arguments, stdout=said)
    return said.getvalue()


def refused(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as caught:
        pull(*arguments)
    assert "\n" not in str(caught.value)
    assert not User.objects.filter(username="officer2").exists()
    return caught.value.returncode, str(caught.value)


def test_it_says_what_was_done_and_asks_for_no_file_twice(above: Above) -> None:
    said = pull().splitlines()
    assert said[0] == "people: 3 added, 0 unchanged"
    assert said[-1] == f"files: {len(above.site.store)} added, 0 unchanged"
    above.asked.clear()
    assert pull() == "Nothing has changed there.\n"
    assert above.asked == ["/sync/down"]


def test_all_undoes_what_was_changed_here_since(above: Above) -> None:
    pull()
    Cohort.objects.update(name="Renamed")
    pull()
    assert Cohort.objects.get().name == "Renamed"
    assert "cohorts: 1 changed, 0 unchanged" in pull("--all")
    assert Cohort.objects.get().name == "Border course A"


def test_what_came_by_another_way_meanwhile_is_looked_at_again(above: Above) -> None:
    pull()
    load(above.site.data, above.site.fetch)
    assert not LastPull.objects.exists()
    assert "people: 3 unchanged" in pull()


def test_a_module_that_was_left_as_it_is_here_is_told_at_every_pull(
    above: Above, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {"text": "What is it called?"}
    row = VersionRow(above.site.module, 2, content, "0" * 64, "")
    left = {above.site.module: LeftOut(above.site.module, "Borders", row)}
    monkeypatch.setattr(down, "left_out", lambda *_given: left)
    for _time in range(2):
        with pytest.raises(CommandError, match="The module “Borders” was left") as caught:
            pull()
        assert caught.value.returncode == 1
    assert User.objects.filter(username="officer2").exists()
    monkeypatch.undo()
    assert "editions: 2 added" in pull()


def test_after_a_cut_only_what_is_missing_is_fetched(above: Above) -> None:
    def cuts_the_second_file(handler: Handler) -> None:
        if len(above.asked) < 3:
            handler.answers_well()
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b"half")

    above.acts = cuts_the_second_file
    code, said = refused()
    assert code == 75
    assert "Try again later" in said
    above.acts = None
    above.asked.clear()
    pull()
    assert len(above.asked) == len(above.site.store)  # the roster, and all files but the first


@pytest.mark.parametrize(
    ("status", "code", "what_to_do"),
    [
        (401, 1, "--scope forward --scope roster"),
        (403, 1, "--scope forward --scope roster"),
        (404, 1, "Check UPSTREAM_URL"),
        (500, 75, "Try again later"),
        (503, 75, "Try again later"),
    ],
)
def test_a_refusal_says_what_to_do(above: Above, status: int, code: int, what_to_do: str) -> None:
    above.acts = lambda handler: handler.answer(status, b"<html>")
    found, said = refused()
    assert found == code
    assert what_to_do in said


def test_the_credential_is_not_carried_to_another_address(above: Above) -> None:
    above.acts = lambda handler: handler.answer(302, b"", Location=f"{above.url}/elsewhere")
    assert refused() == (1, "UPSTREAM_URL leads to another address. Set it to that address.")
    assert above.asked == ["/sync/down"]


@pytest.mark.parametrize("content", [b"<html>", b"[]", b'{"format": 1}', b"\xff"])
def test_an_answer_of_something_else_is_refused(above: Above, content: bytes) -> None:
    above.acts = lambda handler: handler.answer(200, content)
    assert refused()[0] == 1


def test_a_user_name_of_somebody_else_stops_it(above: Above) -> None:
    world.person("officer1")
    code, said = refused()
    assert code == 1
    assert "another user name" in said


@pytest.mark.parametrize(
    ("url", "credential"),
    [
        ("", CREDENTIAL),
        ("https://learn.example.org", ""),
        ("http://learn.example.org", CREDENTIAL),
        ("file:///etc/passwd", CREDENTIAL),
        ("https://[", CREDENTIAL),
    ],
)
def test_wrong_settings_are_refused_before_anything_is_sent(
    db: None, url: str, credential: str
) -> None:
    with override_settings(UPSTREAM_URL=url, UPSTREAM_CREDENTIAL=credential):
        code, said = refused()
    assert code == 1
    assert "UPSTREAM_URL" in said


def test_a_server_that_is_not_there_is_tried_later(db: None) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    with override_settings(UPSTREAM_URL=away, UPSTREAM_CREDENTIAL=CREDENTIAL):
        assert refused()[0] == 75
