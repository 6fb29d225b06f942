"""The item bank: what is asked, and each state in which it was ever used."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Difficulty(models.IntegerChoices):
    EASY = 1, _("Easy")
    MIDDLE = 2, _("Middle")
    HARD = 3, _("Hard")


class ItemVersion(models.Model):
    """An item as it was from one publishing to the next. Rows are added; the database refuses to change one.

    It names its item by UUID, because it outlives it: attempts are shown and marked by it for ever.
    `content` is the item of docs/formats.md, with its key.
    """

    item = models.UUIDField()
    number = models.PositiveIntegerField()
    content = models.JSONField()
    # SHA-256 of the canonical content: publishing without a change makes no new version.
    digest = models.CharField(max_length=64)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_item_version")]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"
