from modules.views.catalogue import catalogue
from modules.views.drafts import draft_file
from modules.views.editions import edition_file, edition_manifest, editions_index

__all__ = ["catalogue", "draft_file", "edition_file", "edition_manifest", "editions_index"]
