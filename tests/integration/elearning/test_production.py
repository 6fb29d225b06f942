"""The production settings, read in a process of their own."""

import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.manage import outside
from tests.support.paths import ROOT

REQUIRED = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "elearning.example",
    "SITE_URL": "https://elearning.example",
    "XAPI_HOME_PAGE": "https://elearning.example/people",
}


def manage(*arguments: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in outside().items() if name != "DATABASE_URL"}
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
def test_it_does_not_start_without_what_it_requires_and_says_which_is_missing(
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


def setting(name: str, var: Path, **environment: str) -> str:
    printed = f"from django.conf import settings; print(settings.{name})"
    done = manage("shell", "--no-imports", "-c", printed, var=var, **(REQUIRED | environment))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_host_names_may_have_spaces_and_a_leading_dot_for_every_subdomain(tmp_path: Path) -> None:
    hosts = " learn.example.org, .example.net,"
    origins = setting("CSRF_TRUSTED_ORIGINS", tmp_path, ALLOWED_HOSTS=hosts)
    assert origins == "['https://learn.example.org', 'https://*.example.net']"
    allowed = setting("ALLOWED_HOSTS", tmp_path, ALLOWED_HOSTS=hosts)
    assert allowed == "['learn.example.org', '.example.net']"


def test_one_proxy_is_trusted_unless_the_environment_says_how_many(tmp_path: Path) -> None:
    assert setting("TRUSTED_PROXIES", tmp_path) == "1"
    assert setting("TRUSTED_PROXIES", tmp_path, TRUSTED_PROXIES="2") == "2"


def test_a_connection_that_the_database_has_closed_is_not_used_again(tmp_path: Path) -> None:
    database = "DATABASES['default']['CONN_HEALTH_CHECKS']"
    assert setting(database, tmp_path) == "True"
