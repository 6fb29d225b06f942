"""The learning objectives of all modules, to choose from."""

from uuid import UUID

from modules.models import ModulePage


def choices() -> list[tuple[str, str]]:
    """`(id, "module: objective")` of every module that is there, in the order of the modules."""
    return [
        (str(child.id), f"{module.heading}: {child.value}")
        for module in ModulePage.objects.order_by("path")
        for child in module.objectives
    ]


def module_of(objective: UUID) -> ModulePage | None:
    for module in ModulePage.objects.order_by("path"):
        if any(str(child.id) == str(objective) for child in module.objectives):
            return module
    return None


def texts() -> dict[str, str]:
    """The objective's text by its id."""
    return {
        str(child.id): child.value
        for module in ModulePage.objects.all()
        for child in module.objectives
    }
