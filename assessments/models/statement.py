"""The statement log, and what is made of it to find statements in it."""

from django.db import models


class Statement(models.Model):
    """One xAPI statement, stored once. Writers append, nobody updates.

    An index more costs every write, so what reads filter by stands in Mention, which a reader
    of the log fills. There are no foreign keys: the log outlives the people and tablets it speaks of.
    """

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    stored = models.DateTimeField(db_index=True)
    timestamp = models.DateTimeField()
    # The key of the actor (assessments.rules.keys): of an officer the id.
    actor = models.UUIDField(db_index=True)
    # "answered" for http://adlnet.gov/expapi/verbs/answered, else the whole IRI.
    verb = models.TextField()
    # The id of an activity, or what else the object is: "Agent", "Group", "SubStatement", "StatementRef".
    object = models.TextField()
    registration = models.UUIDField(null=True)
    # The statement that a StatementRef as object names; with the verb "voided" that one is void.
    target = models.UUIDField(null=True)
    # The tablet whose grant, or the credential, that wrote it.
    source = models.UUIDField()
    # SHA-256 of what the client sent, in canonical form; tells a repeat from a conflict.
    digest = models.BinaryField(max_length=32)
    # The statement as it is given out: with authority, stored, timestamp and version.
    payload = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["target"], condition=models.Q(target__isnull=False), name="statement_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Mention(models.Model):
    """Statement `seq` says something of what `key` stands for (assessments.rules.mentions).

    Made and remade from the log by assessments.index.
    """

    pk = models.CompositePrimaryKey("key", "seq")
    key = models.BigIntegerField()
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.key} {self.seq}"


class Attachment(models.Model):
    """The bytes that statements name by their SHA-2 sum, kept once in the default storage."""

    sha2 = models.CharField(max_length=128, primary_key=True)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.sha2

    @property
    def path(self) -> str:
        return f"xapi/attachments/{self.sha2}"


class SetAside(models.Model):
    """A statement that was refused and must not be lost: its id was taken by other content,
    or the next server refuses it. A person looks at it."""

    statement = models.UUIDField()
    code = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    source = models.UUIDField()
    payload = models.TextField()
    first = models.DateTimeField(auto_now_add=True)
    last = models.DateTimeField(auto_now=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "code", "digest"], name="set_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.code}"
