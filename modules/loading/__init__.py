"""Loading modules/content/ into Wagtail pages without ever overwriting an author's edit."""

from modules.loading.modules import load_module
from modules.loading.site import ensure_catalogue, grant_author_rights
from modules.loading.source import ContentError

__all__ = ["ContentError", "ensure_catalogue", "grant_author_rights", "load_module"]
