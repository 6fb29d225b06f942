"""The production settings, read in a process of their own."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

REQUIRED = {"SECRET_KEY": secrets.token_urlsafe(64), "ALLOWED_HOSTS": "elearning.example"}


def manage(*arguments: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {
        "DJANGO_SETTINGS_MODULE": "elearning.settings.production",
        "ELEARNING_VAR": str(var),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | settings | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, **REQUIRED)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", REQUIRED)
def test_it_does_not_start_without_its_secrets_and_says_which_is_missing(
    name: str, tmp_path: Path
) -> None:
    given = {key: value for key, value in REQUIRED.items() if key != name}
    done = manage("check", var=tmp_path, **given)
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


def test_demo_people_are_refused(tmp_path: Path) -> None:
    done = manage("load_demo_people", var=tmp_path, **REQUIRED)
    assert done.returncode != 0
    assert "Demo people exist only in the demo settings" in done.stderr
