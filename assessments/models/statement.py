"""The statement log."""

from django.db import models


class Statement(models.Model):
    """One xAPI statement, stored once. Writers append, nobody updates.

    Only what readers filter by stands in columns of its own; an index more costs every write.
    There are no foreign keys: the log outlives the people and tablets it speaks of.
    """

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    stored = models.DateTimeField()
    timestamp = models.DateTimeField()
    actor = models.UUIDField(db_index=True)
    # "answered" for http://adlnet.gov/expapi/verbs/answered, else the whole IRI.
    verb = models.TextField()
    object = models.TextField()
    registration = models.UUIDField(null=True)
    # The tablet whose grant wrote it.
    device = models.UUIDField()
    # SHA-256 of what the client sent, in canonical form; tells a repeat from a conflict.
    digest = models.BinaryField(max_length=32)
    # The statement as it is given out: with authority, stored, timestamp and version.
    payload = models.TextField()

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"
