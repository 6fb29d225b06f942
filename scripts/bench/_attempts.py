"""A log of attempts at a graded test, as tablets send them, and what the site makes of it.

As a program, with the environment of a database: `_attempts.py fill ATTEMPTS ITEMS`, `mark`, `rebuild`;
the last line that it prints is JSON.
"""

import json
import random
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.database import Database
from tests.support.paths import ROOT

OFFICERS = 700
BATCH = 500


def run(database: Database, *command: str) -> dict[str, Any]:
    """In a process of its own, whose memory it says too."""
    done = subprocess.run(
        [sys.executable, __file__, *command],
        cwd=ROOT,
        env=database.environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def fill(attempts: int, items: int) -> int:
    from assessments.models import Scope
    from assessments.statements import services
    from assessments.xapi.clients import Client
    from elearning.users import device_keys
    from tests.integration.assessments.attempts.conftest import know, publish
    from tests.support.attempts import Seal, part, single

    module = uuid.uuid4()
    asked = [single(f"bench {number}", objective=str(module)) for number in range(items)]
    test = part("bench", "graded", asked)
    publish(module, [test])
    know(asked)
    seals = [(uuid.uuid4(), Seal()) for _tablet in range(50)]
    for device, seal in seals:
        device_keys.keep(device=device, public=seal.public)
    client = Client(uuid.uuid4(), uuid.uuid4(), {}, frozenset({Scope.FORWARD.value}), tablet=False)
    said = _said(attempts, test, asked, module, seals)
    while batch := list(islice(said, BATCH)):
        services.store(client=client, statements=batch)
    return attempts


def _said(
    attempts: int, test: dict[str, Any], items: list[Any], module: uuid.UUID, seals: list[Any]
) -> Iterator[dict[str, Any]]:
    """Whole attempts one after the other, as an outbox sends them."""
    from tests.support.attempts import Sitter, right, wrong

    dice = random.Random(3)
    officers = [uuid.uuid4() for _each in range(OFFICERS)]
    for number in range(attempts):
        device, seal = seals[number % len(seals)]
        sitter = Sitter(officers[number % OFFICERS], test, module, device, seal=seal)
        yield from sitter.takes(
            {each["id"]: right(each) if dice.random() < 0.8 else wrong(each) for each in items}
        )


def mark() -> int:
    """How many are marked."""
    from assessments.attempts import reader
    from assessments.models import Attempt

    reader.catch_up()
    return Attempt.objects.filter(standing="marked", flags=[]).count()


def rebuild() -> int:
    from assessments.attempts import reader

    return reader.rebuild()


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
