"""manage.py in its own process, with the demo settings and a database of the test's own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.paths import ROOT


def outside() -> dict[str, str]:
    """What a process of its own inherits: all but the leave that browser tests give this one."""
    leave = "DJANGO_ALLOW_ASYNC_UNSAFE"
    return {name: value for name, value in os.environ.items() if name != leave}


def environment(*, database: str, var: Path, **more: str) -> dict[str, str]:
    """The environment of a server or command of this repo that touches nothing but `var`."""
    return {
        **outside(),
        "DJANGO_SETTINGS_MODULE": "elearning.settings.demo",
        "DATABASE_URL": database,
        "ELEARNING_VAR": str(var),
        **more,
    }


def run(*arguments: str, env: Mapping[str, str]) -> str:
    """What the command printed; raises RuntimeError with all it said when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=dict(env),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout
