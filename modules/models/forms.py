"""The author's form of a teaching page, and the field of offered languages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from elearning import languages

CHOICES = [(language.code, language.name) for language in languages.ALL]


class TeachingPageForm(WagtailAdminPageForm):
    """The title follows the heading, also where Wagtail checks the title before the page does."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        heading = cleaned.get("heading_en")
        if heading:
            self.instance.title = heading
        return cleaned


def source_only() -> list[str]:
    return [languages.SOURCE.code]


def known_languages(codes: object) -> None:
    if not isinstance(codes, list) or not set(codes) <= languages.BY_CODE.keys():
        raise ValidationError(_("Choose from the twelve languages of the platform."))


class LanguagesField(models.JSONField):
    """A list of language codes, ticked in a form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", source_only)
        options.setdefault("validators", [known_languages])
        super().__init__(*args, **options)

    def formfield(self, **options: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=CHOICES,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
        )
