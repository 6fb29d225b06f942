"""A tablet set to 1970 or 2099: its time is kept as it was, and no report believes it."""

import json

import pytest
from django.utils import timezone

from assessments import progress
from assessments.models import Progress, Statement
from tests.integration.assessments.conftest import Tablet
from tests.support.statements import EXTENSIONS

WRONG = pytest.mark.parametrize("wrong", ["1970-01-02T03:04:05.678Z", "2099-12-31T23:59:59.999Z"])


@WRONG
def test_timestamp_arrival_and_the_tablets_clock_are_kept_apart(tablet: Tablet, wrong: str) -> None:
    before = timezone.now()
    said = tablet.says(timestamp=wrong)
    clock = {"device": wrong, "monotonic": 123456, "skew": None}
    said["context"]["extensions"][f"{EXTENSIONS}:clock"] = clock
    assert tablet.posts([said]).status_code == 200
    row = Statement.objects.get()
    kept = json.loads(row.payload)
    assert kept["timestamp"] == wrong
    assert kept["context"]["extensions"][f"{EXTENSIONS}:clock"] == clock
    assert kept["stored"] == row.stored.isoformat()
    assert before <= row.stored <= timezone.now()
    assert row.timestamp.isoformat(timespec="milliseconds").replace("+00:00", "Z") == wrong


@WRONG
def test_progress_is_dated_by_the_servers_clock(tablet: Tablet, wrong: str) -> None:
    right = timezone.now()
    tablet.posts([tablet.says(timestamp=right.isoformat())])
    tablet.is_marked("passed", timestamp=wrong)
    progress.catch_up()
    row = Progress.objects.get()
    assert (row.first_seen, row.state) == (right, "passed")
    assert right <= row.last_seen <= timezone.now()
    progress.rebuild()
    again = Progress.objects.get()
    assert (again.first_seen, again.last_seen) == (row.first_seen, row.last_seen)
