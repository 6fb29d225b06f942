"""What was published: immutable editions and their content-addressed files."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from modules.rules import kinds


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> "EditionQuerySet":
        return self.filter(current=True)


class Edition(models.Model):
    """One module in one language as it was at one time. Only `current` ever changes.

    `manifest` is the very text that is served, so its bytes stay the same for ever. `digest` is
    the SHA-256 of the content without version and time: an equal one needs no new version.
    """

    module = models.UUIDField(_("module"))
    language = models.CharField(_("language"), max_length=10)
    version = models.PositiveIntegerField(_("version"))
    # As the manifest says: an app that does not know it must not open the edition.
    format = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    manifest = models.TextField()
    heading = models.CharField(_("heading"), max_length=200)
    summary = models.TextField(_("summary"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    lessons = models.PositiveSmallIntegerField(_("lessons"))
    files = models.PositiveIntegerField(_("files"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    published = models.DateTimeField(_("published"))
    current = models.BooleanField(_("offered now"), default=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["module", "language", "version"], name="one_edition_per_version"
            ),
            models.UniqueConstraint(
                fields=["module", "language"],
                condition=models.Q(current=True),
                name="one_current_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} · {self.language} · {self.version}"

    @property
    def url(self) -> str:
        return reverse("edition-manifest", args=[self.module, self.language, self.version])


class EditionFile(models.Model):
    """One file of one or many editions, kept in the default storage as `editions/<sha256>.<ext>`."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    extension = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.sha256}.{self.extension}"

    @property
    def mime(self) -> str:
        return kinds.KINDS[self.extension].mime

    @property
    def path(self) -> str:
        return f"editions/{self.name}"

    @property
    def url(self) -> str:
        return reverse("edition-file", args=[self.sha256, self.extension])
