"""Short texts kept in every language, as for the pages of modules."""

from modeltranslation.translator import TranslationOptions, register

from assessments.models import AssessmentPage
from elearning import languages


@register(AssessmentPage)
class HeadingAndSummary(TranslationOptions):
    fields = ("heading", "summary")
    required_languages = (languages.SOURCE.code,)
