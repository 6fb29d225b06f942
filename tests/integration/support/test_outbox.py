"""The modelled outbox finds what a server refuses, sets it aside, and sends all the rest."""

import random
import uuid
from typing import Any

from tests.load.outbox import Outbox, Unavailable
from tests.support.statements import statement

OFFICER = str(uuid.uuid4())


class Judge(Outbox):
    """An outbox whose server refuses some ids and fails every third time."""

    def judged_by(self, refused: set[str]) -> "Judge":
        self.refused = refused
        return self

    def _post(self, batch: list[dict[str, Any]]) -> tuple[int, Any]:
        self.tries += 1
        if self.tries % 3 == 0:
            raise Unavailable
        if any(each["id"] in self.refused for each in batch):
            return 400, {"error": "bad"}
        return 200, [each["id"] for each in batch]


def test_only_the_guilty_statements_are_set_aside() -> None:
    written = [statement(OFFICER, module=uuid.uuid4()) for _number in range(150)]
    guilty = {written[number]["id"] for number in (0, 70, 71, 149)}
    box = Judge(OFFICER, "token", 0, random.Random(1)).judged_by(guilty)
    box.pause = 0
    for each in written:
        box.write(each)
    box.send_until(float("inf"))
    assert box.waiting == []
    assert set(box.aside) == guilty
    assert box.received == {each["id"] for each in written} - guilty
