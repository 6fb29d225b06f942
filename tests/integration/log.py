"""The statement log of one test."""

from assessments.models import Cursor, Statement


def log_begins() -> None:
    """At its first statement, as far as the forwarder knows: on PostgreSQL the places go on from test to test."""
    Cursor.objects.create(reader="forward", seq=Statement.objects.earliest("seq").seq - 1)
