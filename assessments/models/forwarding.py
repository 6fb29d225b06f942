"""How it goes with passing the log on."""

from django.db import models


class Forwarding(models.Model):
    """What the last tries to reach the next server came to; one row, which only it writes.

    How far it has come says the cursor "forward".
    """

    THE_ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW)
    # When the next server last took statements.
    succeeded = models.DateTimeField(null=True)
    # Why the last try failed, and how many requests have failed since one went well.
    error = models.CharField(max_length=40, default="")
    failures = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.error or "ok"
