from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedPage(models.Model):
    """What `load_modules` last wrote to a page or an item, so that it can tell an author's edit from its own.

    Apart from the page, because a page's own fields travel through its drafts, and because a page
    that an author deleted must not come back.
    """

    uuid = models.UUIDField(_("UUID of the page"), primary_key=True)
    source_digest = models.CharField(max_length=64)
    written_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.uuid)
