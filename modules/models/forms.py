"""The author's form of a teaching page, and the field of offered languages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import BlockField
from wagtail.blocks.stream_block import StreamBlockValidationError

from elearning import languages
from modules import checks

CHOICES = [(language.code, language.name) for language in languages.ALL]


class TeachingPageForm(WagtailAdminPageForm):
    """The title follows the heading, also where Wagtail checks the title before the page does.

    Says what a page still lacks when it is to be published; a draft may lack anything.
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        heading = cleaned.get("heading_en")
        if heading:
            self.instance.title = heading
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        parent = self.parent_page or self.instance.get_parent()
        found: dict[str, list[ValidationError]] = {}
        for field, message in checks.mistakes(self.instance, parent.specific):
            found.setdefault(field, []).append(ValidationError(str(message)))
        for field, errors in found.items():
            stream = isinstance(self.fields[field], BlockField)
            # Of a stream Wagtail shows the first error only, so all of them are made one.
            self.add_error(
                field, StreamBlockValidationError(non_block_errors=errors) if stream else errors
            )


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
