"""What stands beside an item in the bank."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class StatisticsPanel(Panel):
    """How the item did, by version; read only. For a model with a `uuid` that attempts name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("heading", _("Statistics"))
        super().__init__(**options)

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/panels/statistics.html"

        def is_shown(self) -> bool:
            """An item that is being made has none."""
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # The models of this app are made by the time that an item is looked at, and not before.
            from assessments.results.versions import MOST, by_version

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"versions": by_version(self.instance.uuid), "most": MOST}
