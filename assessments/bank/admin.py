"""The item bank as its authors list, filter and search it in /cms/."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments import objectives
from assessments.blocks import KINDS
from assessments.models import Difficulty, Item, ItemVersion
from modules.models import ModulePage

KIND_LABELS = dict(KINDS)


class ItemFilterSet(WagtailFilterSet):
    module = django_filters.ModelChoiceFilter(
        label=_("Module"), queryset=ModulePage.objects.order_by("path")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS, field_name="body__0__type")
    difficulty = django_filters.TypedChoiceFilter(
        label=_("Difficulty"), choices=Difficulty.choices, coerce=int
    )
    objective = django_filters.TypedChoiceFilter(
        label=_("Learning objective"), choices=objectives.choices, coerce=UUID
    )

    class Meta:
        model = Item
        fields = ["module", "kind", "difficulty", "objective"]


class KindColumn(Column):
    def get_value(self, instance: Item) -> Any:
        return KIND_LABELS.get(instance.kind, "")


class ObjectiveColumn(Column):
    """Reads the objectives of all modules once for a page of the list."""

    def get_header_context_data(self, parent_context: Any) -> Any:
        self.known = objectives.texts()
        return super().get_header_context_data(parent_context)

    def get_value(self, instance: Item) -> str:
        return self.known.get(str(instance.objective), "")


class ItemViewSet(SnippetViewSet):
    model = Item
    icon = "help"
    menu_label = _("Item bank")
    menu_name = "item-bank"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = True
    list_per_page = 50
    list_display = [
        "__str__",
        KindColumn("kind", label=_("Kind")),
        Column("module", label=_("Module"), sort_key="module"),
        ObjectiveColumn("objective", label=_("Learning objective")),
        Column("get_difficulty_display", label=_("Difficulty"), sort_key="difficulty"),
        Column("versions", label=_("Versions"), sort_key="versions"),
    ]
    filterset_class = ItemFilterSet
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        kept = ItemVersion.objects.filter(item=OuterRef("uuid")).order_by().values("item")
        count = Subquery(kept.values(n=Count("pk")), output_field=IntegerField())
        return Item.objects.annotate(versions=Coalesce(count, 0)).select_related("module")
