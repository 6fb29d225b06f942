"""Ctrl-C and `make run` again: the port is free at once, and nothing under way is cut."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import database
from tests.support.paths import ROOT
from tests.support.server import HOST, Server, free_port, listens, wait_until

pytestmark = pytest.mark.own_databases


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(database.fresh("sqlite", tmp_path, pages=False)) as running:
        yield running


def press_ctrl_c(server: Server) -> None:
    """As a terminal does it: to the whole group."""
    assert server._process is not None
    os.killpg(server._process.pid, signal.SIGINT)


def test_ctrl_c_does_not_wait_for_connections_that_browsers_keep_open(server: Server) -> None:
    kept = [http.client.HTTPConnection(HOST, server.port) for _connection in range(4)]
    for connection in kept:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    unused = [socket.create_connection((HOST, server.port)) for _connection in range(8)]
    # Long enough to be taken up by a worker.
    time.sleep(0.5)
    process = server._process
    assert process is not None
    press_ctrl_c(server)
    # Left to itself it takes 10 seconds and then SIGKILL; a busy machine needs more than the usual half.
    process.wait(timeout=8)
    assert not listens(server.port)
    assert "SIGKILL" not in server.log.read_text()
    for connection in [*kept, *unused]:
        connection.close()


def test_ctrl_c_cuts_no_request_that_is_under_way(server: Server) -> None:
    connection = http.client.HTTPConnection(HOST, server.port)
    connection.putrequest("POST", "/learn/api/sign-in")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "2")
    connection.endheaders(b"{")
    time.sleep(0.5)
    press_ctrl_c(server)
    time.sleep(0.5)
    connection.send(b"}")
    assert connection.getresponse().status in (400, 401)


def port_script(port: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "scripts/port.py", HOST, str(port)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def test_make_run_waits_for_a_port_that_is_being_given_up() -> None:
    with socket.create_server((HOST, free_port())) as other:
        port = other.getsockname()[1]
        asked = port_script(port)
        threading.Timer(1.5, other.close).start()
        assert asked.wait(timeout=10) == 0


def test_make_run_names_another_port_when_this_one_stays_taken() -> None:
    with socket.create_server((HOST, free_port())) as other:
        asked = port_script(other.getsockname()[1])
        wait_until(lambda: asked.poll() is not None, seconds=20, what="the answer")
        assert asked.returncode == 1
        assert asked.stderr is not None
        assert "make run PORT=" in asked.stderr.read()
