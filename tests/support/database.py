"""A database with the modules and the demo people in it, or an empty one, copied from a template in a second.

The templates are made by the real commands, once for each state of the migrations, the content and
the code that loads it; they stay in .cache/tests between runs.
"""

import functools
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support import static
from tests.support.manage import environment, run
from tests.support.paths import CACHE, ROOT, digest_of, one_maker

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
SOURCES = (
    "requirements.txt",
    "modules/**/*.py",
    "assessments/bank/*.py",
    "assessments/blocks/*.py",
    "assessments/loading/*.py",
    "assessments/models/*.py",
    "modules/**/*.yaml",
    "media/illustrations/*",
    "[a-z]*/**/migrations/*.py",
    "[a-z]*/**/management/commands/*.py",
    "elearning/languages.py",
    "elearning/settings/*.py",
)
LOADED, EMPTY = "loaded", "empty"
LOADERS = ("load_modules", "load_demo_people", "load_demo_cohorts")


@dataclass(frozen=True)
class Database:
    """One database of a test, with the folder that holds its media, cache and static files."""

    vendor: str
    url: str
    var: Path

    def environment(self, **more: str) -> dict[str, str]:
        return environment(database=self.url, var=self.var, **more)

    def manage(self, *arguments: str) -> str:
        return run(*arguments, env=self.environment())

    def drop(self) -> None:
        """Forget it; the folder is the test's own to keep or lose."""
        if self.vendor == "postgresql":
            _postgres(f'DROP DATABASE IF EXISTS "{_name(self.url)}" WITH (FORCE)')


@functools.cache
def vendors() -> tuple[str, ...]:
    """SQLite always, PostgreSQL where TEST_POSTGRES_URL answers."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return ("sqlite",)
    return ("sqlite", "postgresql")


def fresh(vendor: str, folder: Path, *, pages: bool = True) -> Database:
    """A database of its own under `folder`, migrated and loaded; call drop() when done.

    Without `pages` a server on it answers its interfaces only: there are no static files.
    """
    made = _copy(_template(vendor, LOADED), folder)
    if pages:
        (made.var / "static").symlink_to(static.collected())
    return made


def bare(vendor: str, folder: Path) -> Database:
    """A database of its own under `folder`, migrated and empty, for a site that takes all from a centre."""
    return _copy(_template(vendor, EMPTY), folder)


def _copy(template: Database, folder: Path) -> Database:
    var = folder / "var"
    shutil.copytree(template.var / "media", var / "media")
    if template.vendor == "sqlite":
        path = var / "elearning.sqlite3"
        shutil.copy(template.var / "elearning.sqlite3", path)
        return Database(template.vendor, f"sqlite:///{path}", var)
    name = f"elearning_test_{uuid.uuid4().hex[:12]}"
    _postgres(f'CREATE DATABASE "{name}" TEMPLATE "{_name(template.url)}"')
    return Database(template.vendor, _url(name), var)


@functools.cache
def _template(vendor: str, kind: str) -> Database:
    digest = digest_of(SOURCES)
    var = CACHE / f"template-{kind}-{vendor}-{digest}"
    name = f"{_prefix(kind)}{digest}"
    url = f"sqlite:///{var / 'elearning.sqlite3'}" if vendor == "sqlite" else _url(name)
    template = Database(vendor, url, var)
    with one_maker(f"template-{kind}-{vendor}"):
        if not (var / "ready").exists() or (vendor == "postgresql" and not _exists(name)):
            _forget_older(vendor, kind)
            var.mkdir(parents=True)
            (var / "media").mkdir()
            if vendor == "postgresql":
                _postgres(f'CREATE DATABASE "{name}"')
            _fill(template, LOADERS if kind == LOADED else ())
            (var / "ready").touch()
    return template


def _fill(template: Database, commands: Iterable[str]) -> None:
    for command in ("migrate", *commands):
        template.manage(command, "--verbosity=0")
    if template.vendor == "sqlite":
        # All of it in the one file that will be copied.
        connection = sqlite3.connect(template.var / "elearning.sqlite3")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _forget_older(vendor: str, kind: str) -> None:
    for folder in CACHE.glob(f"template-{kind}-{vendor}-*"):
        if folder.is_dir():
            shutil.rmtree(folder)
    if vendor == "postgresql":
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix(kind)]
            ).fetchall()
        for (name,) in rows:
            _postgres(f'DROP DATABASE "{name}" WITH (FORCE)')


def _prefix(kind: str) -> str:
    """Another clone on this machine has templates of its own."""
    return f"elearning_{kind}_{uuid.uuid5(uuid.NAMESPACE_URL, str(ROOT)).hex[:8]}_"


def _exists(name: str) -> bool:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, [name]).fetchone() is not None


def _postgres(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _url(name: str) -> str:
    return urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
