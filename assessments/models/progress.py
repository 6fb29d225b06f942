"""What a learner has done of a module, as the log tells it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """`not-started` is never stored: it is the lack of a row."""

    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")


class Progress(models.Model):
    """One learner in one module; a projection of the log, made and remade by assessments.progress."""

    learner = models.UUIDField(_("learner"))
    module = models.UUIDField(_("module"), db_index=True)
    state = models.CharField(_("state"), max_length=11, choices=State.choices)
    score = models.DecimalField(
        _("best score"),
        max_digits=5,
        decimal_places=4,
        null=True,
        help_text=_("From 0 to 1, of all attempts handed in."),
    )
    lessons = models.JSONField(
        _("completed lessons"), default=list, help_text=_("Their UUIDs, sorted.")
    )
    answers = models.PositiveIntegerField(_("answers"), default=0)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "module"], name="one_progress_per_module")
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.module} {self.state}"


class Cursor(models.Model):
    """How far a reader of the log has come: it has read every statement up to `seq`."""

    reader = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
    unreadable = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} {self.seq}"
