from modules.models.editions import Edition, EditionFile
from modules.models.loading import LoadedPage
from modules.models.pages import CataloguePage, LessonPage, ModulePage
from modules.models.teaching import HEADING_PANELS, TeachingPage, english

__all__ = [
    "HEADING_PANELS",
    "CataloguePage",
    "Edition",
    "EditionFile",
    "LessonPage",
    "LoadedPage",
    "ModulePage",
    "TeachingPage",
    "english",
]
