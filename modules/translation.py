"""Short texts kept in every language; never the inherited title, which crashes at start."""

from modeltranslation.translator import TranslationOptions, register

from elearning import languages
from modules.models import LessonPage, ModulePage


@register([ModulePage, LessonPage])
class HeadingAndSummary(TranslationOptions):
    fields = ("heading", "summary")
    required_languages = (languages.SOURCE.code,)
