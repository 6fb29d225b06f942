"""The servers with which this one exchanges sealed files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.exchange.keys import Public


class Partner(models.Model):
    """A server that is trusted; the id is made of its keys (assessments.exchange.keys)."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    public = models.CharField(_("public line"), max_length=200)
    # A server above may say who learns here and what; the log may come from any.
    above = models.BooleanField(_("is the server above"), default=False)
    # How far its receipts say that it has our log: every statement up to this `seq`.
    received = models.BigIntegerField(_("has our log up to"), default=0)
    # When the newest bundle that was imported from it was made, by its clock.
    bundle = models.DateTimeField(_("its newest bundle"), null=True, blank=True)
    trusted = models.DateTimeField(_("trusted since"), auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> Public:
        return Public.parse(self.public)
