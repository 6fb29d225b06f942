from modules.models.editions import Edition, EditionFile
from modules.models.loading import LoadedPage
from modules.models.pages import CataloguePage, LessonPage, ModulePage
from modules.models.teaching import TeachingPage, english

__all__ = [
    "CataloguePage",
    "Edition",
    "EditionFile",
    "LessonPage",
    "LoadedPage",
    "ModulePage",
    "TeachingPage",
    "english",
]
