"""Documents of activities and agents, which the standard leaves to the client's own use."""

from django.db import models


class Kind(models.TextChoices):
    STATE = "state"
    AGENT_PROFILE = "agent-profile"
    ACTIVITY_PROFILE = "activity-profile"


class Document(models.Model):
    """One document (xAPI 1.0.3, part three, 2.2). What its kind does not have is empty.

    `agent` is the key of an agent (assessments.rules.keys), `etag` the SHA-1 of the content in
    hexadecimal digits (3.1).
    """

    kind = models.CharField(max_length=16, choices=Kind.choices)
    activity = models.TextField(default="")
    agent = models.CharField(max_length=36, default="")
    registration = models.CharField(max_length=36, default="")
    name = models.TextField()
    content = models.BinaryField()
    content_type = models.TextField()
    etag = models.CharField(max_length=40)
    updated = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "activity", "agent", "registration", "name"],
                name="one_document_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
