"""`manage.py forward_statements --loop` in a process of its own, that a test may kill."""

import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

from tests.support.database import Database
from tests.support.paths import ROOT


class Forwarder:
    """Passes on the log of `database` to `url`, as a systemd service would."""

    def __init__(self, database: Database, url: str, credential: str) -> None:
        self.database = database
        self.env = database.environment(UPSTREAM_URL=url, UPSTREAM_CREDENTIAL=credential)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> Self:
        command = [sys.executable, "manage.py", "forward_statements", "--loop", "--every=0.1"]
        with (self.database.var / "forwarder.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )
        return self

    def kill(self) -> None:
        """In the middle of anything."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
