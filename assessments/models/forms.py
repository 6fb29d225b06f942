"""The author's form of an item."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assessments import objectives


def objective_choices() -> list[tuple[str, Any]]:
    return [("", _("None")), *objectives.choices()]


def as_uuid(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


class ItemForm(WagtailAdminModelForm):
    """The objective is chosen by its text; its module follows where the author chose none."""

    objective = forms.TypedChoiceField(
        label=_("Learning objective"),
        choices=objective_choices,
        coerce=as_uuid,
        empty_value=None,
        required=False,
        # Not as wide as the longest objective.
        widget=forms.Select(attrs={"class": "w-w-full"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if objective := cleaned.get("objective"):
            owner = objectives.module_of(objective)
            if cleaned.get("module") is None:
                cleaned["module"] = owner
            elif owner != cleaned["module"]:
                self.add_error("objective", _("This is an objective of another module."))
        return cleaned
