"""Who may use the learning record store besides the tablets: systems and other servers."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a credential may do (xAPI 1.0.3, part three, 4.2 has the idea)."""

    WRITE_OWN = "write-own", _("Write its own statements")
    WRITE = "write", _("Write statements about anybody")
    READ_OWN = "read-own", _("Read its own statements")
    READ = "read", _("Read everything")
    FORWARD = (
        "forward",
        _("Pass on the log of another server, which is trusted to write about anybody"),
    )
    ROSTER = (
        "roster",
        _("Take down people with the hashes of their passwords, cohorts and editions"),
    )


class Credential(models.Model):
    """A name and a secret for HTTP Basic; the name is the id. The secret is kept as SHA-256 only.

    With a `person`, the own statements are those about this person; without, those whose actor is
    the credential itself: the account of its id on this server.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(_("what it is for"), max_length=100)
    scopes = models.JSONField(_("what it may do"), default=list)
    person = models.UUIDField(_("person"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    created = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    def __str__(self) -> str:
        return self.label
