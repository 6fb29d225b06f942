"""manage.py rebuild_progress, beside what the readers' own tests show."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.integration.assessments.conftest import Tablet


def test_the_planner_knows_a_log_that_was_restored_a_moment_ago(tablet: Tablet) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's planner needs no statistics for these look-ups")
    tablet.posts([tablet.says("answered")])
    call_command("rebuild_progress", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'assessments_statement'")
        assert cursor.fetchone()[0] > 0
