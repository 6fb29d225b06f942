"""A log of any length, filled by bulk insert and not over HTTP, and what the site makes of it.

2,000 officers work through 20 modules of 10 lessons with 10 questions each. One officer and one
question more are what the benchmarks ask for: they have ASKED statements, evenly spread, in a log
of any length.

As a program, with the environment of a database: `_log.py fill COUNT`, `_log.py index`, and so
on; the last line that it prints is JSON.
"""

import json
import random
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.database import Database
from tests.support.paths import ROOT
from tests.support.statements import HOME_PAGE, statement, urn

OFFICERS = 2_000
MODULES = 20
ASKED = 200
CHUNK = 2_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
VERBS = ["initialized"] + ["answered"] * 10 + ["completed"] * 2 + ["passed", "failed"]


def made(*parts: object) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts)))


OFFICER, QUESTION = made("asked officer"), made("asked question")
SOURCE = made("source")


def run(database: Database, *command: str) -> dict[str, Any]:
    """In a process of its own, whose memory it says too (`mb`: the most that it held)."""
    done = subprocess.run(
        [sys.executable, __file__, *command],
        cwd=ROOT,
        env=database.environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    *before, last = done.stdout.splitlines()
    found: dict[str, Any] = json.loads(last)
    return found | ({"said": json.loads(before[-1])} if before else {})


def fill(count: int) -> int:
    """Goes on from where the log ends, up to `count` statements; returns how many were added."""
    from django.db import connection

    from assessments.models import Statement
    from assessments.statements.table import Row, append

    have = Statement.objects.count()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    rows = _rows(have, count)
    while chunk := [Row(*row) for row in islice(rows, CHUNK)]:
        append(chunk)
    _tell_the_planner()
    return count - have


def _tell_the_planner() -> None:
    """As PostgreSQL does by itself within a minute, where autovacuum is on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(first: int, end: int) -> Iterator[tuple[Any, ...]]:
    """The columns of the log, in its order."""
    from assessments.statements import canonical

    dice = random.Random(first)
    modules = [made("module", number) for number in range(MODULES)]
    officers = [made("officer", number) for number in range(OFFICERS)]
    questions = {m: [made(m, number) for number in range(100)] for m in modules}
    texts = {verb: _template(verb, canonical.text) for verb in set(VERBS)}
    every = max(1, (end - first) // ASKED)
    for number in range(first, end):
        officer, module, verb = dice.choice(officers), dice.choice(modules), dice.choice(VERBS)
        about = dice.choice(questions[module])
        if number % every == 0 and first == 0:
            officer = OFFICER
        elif number % every == 1 and first == 0:
            about, verb = QUESTION, "answered"
        if verb != "answered":
            about = made(about.int % 10, module)
        stored = BEGAN + timedelta(seconds=20 * number)
        timestamp, name = stored - timedelta(minutes=5), uuid.UUID(int=dice.getrandbits(128))
        registration = made(officer, module)
        payload = texts[verb]
        for token, value in (
            ("<id>", name), ("<officer>", officer), ("<about>", urn(about)), ("<parent>", urn(made(module))),
            ("<module>", urn(module)), ("<registration>", registration),
            ("<timestamp>", timestamp.isoformat()), ("<stored>", stored.isoformat()),
        ):  # fmt: skip
            payload = payload.replace(token, str(value), 1)
        digest = canonical.digest(payload)
        yield (name, stored, timestamp, officer, verb, urn(about), registration, None, SOURCE, digest, payload)  # fmt: skip


def _template(verb: str, text: Callable[[dict[str, Any]], str]) -> str:
    made = statement("<officer>", verb, module="m")
    made["id"], made["timestamp"], made["stored"] = "<id>", "<timestamp>", "<stored>"
    made["object"]["id"] = "<about>"
    made["context"]["registration"] = "<registration>"
    made["context"]["contextActivities"] = {
        "parent": [{"id": "<parent>"}],
        "grouping": [{"id": "<module>"}],
    }
    # A module is passed by a server's mark.
    name = "server" if verb in ("passed", "failed") else str(SOURCE)
    account = {"homePage": HOME_PAGE, "name": name}
    return text(
        made | {"authority": {"objectType": "Agent", "account": account}, "version": "1.0.0"}
    )


def index() -> int:
    from assessments import readers
    from assessments.index import INDEX

    places = readers.lag("index")
    INDEX.catch_up()
    _tell_the_planner()
    return places


def rebuild(rows: int = 1) -> int:
    """With 0 rows of progress forgotten first."""
    from assessments import progress
    from assessments.models import Progress

    if not rows:
        Progress.objects.all().delete()

    return progress.rebuild()


def tablets(count: int) -> int:
    """Prints the [officer, write token] of so many new officers, each with a tablet."""
    from django.utils import timezone

    from elearning.users import tokens
    from elearning.users.models import Grant, User

    people = User.objects.bulk_create(User(username=f"tablet{each}") for each in range(count))
    secrets = [tokens.new_token() for _each in people]
    Grant.objects.bulk_create(
        Grant(
            user=user, device=uuid.uuid4(), write_digest=tokens.digest(secret),
            session_digest=tokens.digest(tokens.new_token()), session_expires=timezone.now(),
        )
        for user, secret in zip(people, secrets, strict=True)
    )  # fmt: skip
    print(json.dumps([[str(user.id), each] for user, each in zip(people, secrets, strict=True)]))
    return count


def count() -> int:
    """How many statements the log holds."""
    from assessments.models import Statement

    return Statement.objects.count()


def main() -> None:
    import django

    django.setup()
    command, *arguments = sys.argv[1:]
    began = time.perf_counter()
    number = globals()[command](*map(int, arguments))
    seconds = time.perf_counter() - began
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"count": number, "seconds": seconds, "mb": kilobytes / 1024}))


if __name__ == "__main__":
    main()
