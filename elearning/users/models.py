"""People, the tablets they use, and the tokens those tablets hold."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

# A report is under way for seconds, on a poor line for a minute or two.
CLOCK_TOLERANCE = timedelta(minutes=5)


class User(AbstractUser):
    """A person, known everywhere by UUID; a user name never identifies a record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(
        _("preferred language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username


class Grant(models.Model):
    """What one sign-in on one tablet handed out: two tokens, kept only as SHA-256 digests.

    The write token lets the tablet write this officer's statements and contact reports and
    nothing else; it outlives the session. The session token reads what the officer may see.
    """

    # Outlives the account: what a deleted officer had answered must still be taken in.
    user = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="grants"
    )
    device = models.UUIDField(db_index=True)
    write_digest = models.CharField(max_length=64, unique=True)
    session_digest = models.CharField(max_length=64, unique=True)
    session_expires = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True, blank=True)


class Contact(models.Model):
    """The last word of one officer's store on one tablet: when, and what still waits there."""

    user = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="contacts"
    )
    device = models.UUIDField()
    last = models.DateTimeField(_("last contact"))
    waiting = models.PositiveIntegerField(_("answers still on the tablet"), default=0)
    aside = models.JSONField(
        _("answers set aside"), default=list, help_text=_("[{id, reason}] the server refused")
    )
    lost = models.PositiveIntegerField(
        _("answers lost when the browser cleared the tablet's storage"), default=0
    )
    skew = models.BigIntegerField(
        _("how wrong the tablet's clock is"),
        null=True,
        help_text=_(
            "In seconds, server minus tablet; empty where the tablet did not say its time."
        ),
    )
    # {eviction: count}, of which `lost` is the sum: the same eviction reported twice counts once.
    evictions = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "device"], name="one_contact_per_tablet")
        ]

    @property
    def clock_is_wrong(self) -> bool:
        return self.skew is not None and abs(self.skew) > CLOCK_TOLERANCE.total_seconds()


class DeviceKey(models.Model):
    """The public half of the key with which a tablet seals attempts; the private half cannot leave its browser.

    A tablet whose storage was cleared has a new one, so it may have several.
    """

    device = models.UUIDField(db_index=True)
    # ECDSA on P-256, as SubjectPublicKeyInfo (DER), base64 without line breaks.
    public = models.CharField(max_length=200)
    # The first 16 bytes of SHA-256 over the DER bytes, in hexadecimal; statements name the key by it.
    name = models.CharField(max_length=32)
    first_seen = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "name"], name="one_device_key")]
