"""`make run` does by itself, once a minute, what a real server has timers for."""

import threading
import uuid
from pathlib import Path

import pytest

from scripts import due
from tests.support import database
from tests.support.log import Log
from tests.support.server import Server, wait_until
from tests.support.statements import statement, store

pytestmark = pytest.mark.own_databases


def test_the_readers_catch_up_with_the_log_without_being_asked(tmp_path: Path) -> None:
    made = database.fresh("sqlite", tmp_path, pages=False)
    log = Log(made)
    officer = log.user_id("officer1")
    said = [statement(officer, module=uuid.uuid4())]
    store(made, said)
    assert log.rows("SELECT * FROM assessments_progress") == []
    with Server(made, command=["scripts/serve.py"]) as server:
        wait_until(
            lambda: len(log.rows("SELECT * FROM assessments_progress")) == 1,
            seconds=20,
            what="the reader",
        )
    assert "Traceback" not in server.log.read_text()


def test_one_worker_does_it_and_not_each(tmp_path: Path) -> None:
    did, once = [], threading.Event()

    def job() -> None:
        did.append(threading.get_ident())
        once.set()

    for _worker in range(2):
        due.start(tmp_path / "due.lock", job)
    assert once.wait(5)
    # The other one would have come as well by now.
    threading.Event().wait(0.5)
    assert len(did) == 1
