"""Translated short texts of a page."""

from django.db.models import Model
from modeltranslation.utils import build_localized_fieldname

from elearning import languages


def text_in(page: Model, field: str, language: str) -> str:
    """A translated field in the language, or in English where that is still blank."""
    translated = getattr(page, build_localized_fieldname(field, language))
    return translated or getattr(page, build_localized_fieldname(field, languages.SOURCE.code))
