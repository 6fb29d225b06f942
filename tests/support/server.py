"""The real server of this repo: gunicorn on a port of its own, that a test may stop or kill."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.database import Database
from tests.support.paths import ROOT

HOST = "127.0.0.1"
GUNICORN = ("-m", "gunicorn", "--config=scripts/gunicorn_conf.py", "elearning.wsgi")


class Server:
    """One gunicorn; it keeps its port and its database through stop(), kill() and start()."""

    def __init__(
        self,
        database: Database,
        *,
        workers: int = 2,
        port: int | None = None,
        env: dict[str, str] | None = None,
        log: Path | None = None,
        command: Sequence[str] = GUNICORN,
    ) -> None:
        self.database = database
        self.workers = workers
        self.port = port or free_port()
        self.env = env or {}
        self.log = log or database.var / "server.log"
        self.command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def processes(self) -> list[int]:
        """Of the master and all that it has started: they share its session."""
        master = self._process.pid if self._process else 0
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(ProcessLookupError):
                if os.getsid(int(path.name)) == master:
                    found.append(int(path.name))
        return found

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self, *, seconds: float = 30) -> Self:
        """Start and wait until /healthz answers 200."""
        env = {"BIND": f"{HOST}:{self.port}", "WORKERS": str(self.workers), **self.env}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=self.database.environment(**env),
                stdout=log,
                stderr=subprocess.STDOUT,
                # Its workers must die with it, and only they.
                start_new_session=True,
            )
        self._wait_until_well(time.monotonic() + seconds)
        return self

    def stop(self) -> None:
        """As an operator stops it: requests under way are finished."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut stops it: master and workers at once, in the middle of anything."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sign is signal.SIGKILL:
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        wait_until(lambda: not listens(self.port), seconds=10, what="the port to be free")

    def _wait_until_well(self, deadline: float) -> None:
        said = "nothing"
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=10):
                    return
            except urllib.error.HTTPError as error:
                said = error.read().decode(errors="replace")
            except OSError as error:
                said = str(error)
            time.sleep(0.05)
        self.kill()
        tail = self.log.read_text(errors="replace")[-4000:]
        raise RuntimeError(f"The server did not come up; /healthz said {said}.\n{tail}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds} s for {what}.")
        time.sleep(0.02)
