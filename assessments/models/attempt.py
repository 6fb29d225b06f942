"""What became of one sitting of a test; a projection of the log, made and remade by assessments.attempts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")
    GRADED = "graded", _("Graded test")


class Standing(models.TextChoices):
    OPEN = "open", _("Not handed in yet")
    TO_MARK = "to-mark", _("Waits for marking")
    MARKED = "marked", _("Marked")
    # Its edition or a key is not on this server (yet): the next server up marks it.
    ELSEWHERE = "elsewhere", _("Handed in; cannot be marked here")
    # Somebody has voided all that the officer said of it.
    VOID = "void", _("Voided")


class Attempt(models.Model):
    """One officer's sitting of one test, named by its xAPI registration."""

    id = models.UUIDField(primary_key=True)
    learner = models.UUIDField(db_index=True)
    module = models.UUIDField()
    test = models.UUIDField(db_index=True)
    # Empty while nobody has said it and the edition is not here.
    purpose = models.CharField(max_length=8, choices=Purpose.choices, blank=True)
    # "A" or "B" of a pre-test or post-test; else empty.
    form = models.CharField(max_length=1, blank=True)
    # The assignment that the form was chosen by, if any.
    assignment = models.UUIDField(null=True)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    device = models.UUIDField(null=True)
    # The items as drawn: [{"item": id, "version": n, "order": [ids of what was shuffled]}].
    items = models.JSONField(default=list)
    begun = models.DateTimeField(null=True)
    handed_in = models.DateTimeField(null=True)
    # When the last statement of it arrived here.
    arrived = models.DateTimeField(null=True)
    # Milliseconds of the tablet's own time from beginning to handing in.
    elapsed = models.PositiveBigIntegerField(null=True)
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.OPEN)
    # The server's mark: 0 to 1.
    scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    passed = models.BooleanField(null=True)
    # What the tablet said, where it marked itself; differs from `scaled` where the server found otherwise.
    claimed = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    # Codes of what a trainer should look at: assessments.rules.timing and assessments.rules.chain.
    flags = models.JSONField(default=list)
    # How many attempts of its test the edition allows; 0 for any number.
    allowed = models.PositiveIntegerField(default=0)
    # [{"objective": id, "share": 0 to 1, "mastered": bool}], in the order in which they came up.
    objectives = models.JSONField(default=list)
    # What people said of long answers: [{"item", "points", "out_of", "comment"}].
    comments = models.JSONField(default=list)
    # The name of a key that has sealed it and that this server does not know yet.
    missing_key = models.CharField(max_length=32, blank=True)
    # The places in the log of all that was said of it.
    statements = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["module", "purpose"], name="attempt_module_purpose"),
            models.Index(
                fields=["missing_key"],
                condition=~models.Q(missing_key=""),
                name="attempt_missing_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.standing}"


class AttemptAnswer(models.Model):
    """The answer that counts to one item of one attempt: the last one by the tablet's sequence."""

    attempt = models.UUIDField(db_index=True)
    learner = models.UUIDField()
    item = models.UUIDField()
    version = models.PositiveIntegerField(default=0)
    statement = models.UUIDField()
    sequence = models.PositiveBigIntegerField(default=0)
    # As docs/formats.md has it: a list of strings.
    response = models.JSONField(default=list)
    # 1 "not sure", 2 "fairly sure", 3 "very sure"; null where it was not asked or not said.
    confidence = models.PositiveSmallIntegerField(null=True)
    # Of `out_of`; null until it is marked.
    points = models.PositiveIntegerField(null=True)
    out_of = models.PositiveIntegerField(default=1)
    # Milliseconds since the attempt began, by the tablet's own clock, and milliseconds spent on the item.
    elapsed = models.PositiveBigIntegerField(null=True)
    spent = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item"], name="one_answer_that_counts")
        ]
        indexes = [models.Index(fields=["item", "version"], name="answer_item_version")]

    def __str__(self) -> str:
        return f"{self.attempt} {self.item}"


class Mark(models.Model):
    """What a person gave a long answer. Rows are added: a second marker's and a moderator's stand beside the first."""

    class Role(models.TextChoices):
        FIRST = "first", _("First marker")
        SECOND = "second", _("Second marker")
        MODERATOR = "moderator", _("Moderator")

    attempt = models.UUIDField(db_index=True)
    item = models.UUIDField()
    role = models.CharField(max_length=9, choices=Role.choices)
    # The person who marked, by id: the mark outlives the account.
    by = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)
    # {criterion id: level id} of the item version's rubric.
    levels = models.JSONField()
    points = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item", "role"], name="one_mark_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.item} {self.role}"
