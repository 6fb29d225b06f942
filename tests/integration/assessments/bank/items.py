"""Items of every kind, and tests that ask them."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from assessments.models import AssessmentPage, Item
from modules.models import ModulePage

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="10" height="5"/></svg>'
Raw = dict[str, Any]


def entry(value: Any) -> Raw:
    """A child of a list."""
    return {"type": "item", "id": str(uuid4()), "value": value}


def choices(*right: bool) -> list[Raw]:
    return [
        entry({"text": f"Choice {n}", "correct": each, "feedback": f"Feedback {n}"})
        for n, each in enumerate(right)
    ]


def single(**more: Any) -> Raw:
    return {"choices": choices(True, False, False)} | more


def order() -> Raw:
    return {"steps": [entry("First"), entry("Second"), entry("Third")], "scoring": "partial"}


def match() -> Raw:
    pairs = [{"left": f"L{n}", "right": f"R{n}", "right_id": str(uuid4())} for n in range(3)]
    return {
        "pairs": [entry(pair) for pair in pairs],
        "extra": [entry("R of none")],
        "scoring": "all",
    }


def groups() -> Raw:
    held = {"Smuggling": ["A boat", "A lorry"], "Trafficking": ["A mine"], "Neither": []}
    return {
        "groups": [
            entry({"text": name, "cards": [entry(card) for card in cards]})
            for name, cards in held.items()
        ],
        "scoring": "partial",
    }


def gaps() -> Raw:
    return {
        "text_with_gaps": "Article {{a}} of the {{b}}.",
        "gaps": [
            entry({"name": "b", "accepted": "Protocol\nprotocol of 2000"}),
            entry({"name": "a", "accepted": "3"}),
        ],
        "scoring": "all",
    }


def number() -> Raw:
    units = [{"text": "km", "factor": "1000"}, {"text": "m", "factor": "1"}]
    return {
        "value": "1500",
        "tolerance": "0.5",
        "units": [entry(unit) for unit in [*units, {"text": "kg", "factor": "0"}]],
    }


def spot() -> Raw:
    document = get_document_model().objects.create(
        title="Passport", file=ContentFile(DRAWING, name="passport.svg")
    )
    box = {"x": 0, "y": 0, "width": 100, "height": 100}
    areas = [box | {"text": "The photograph", "correct": True, "feedback": "It is glued."}]
    areas += [
        box | {"x": 500, "text": "The number", "correct": False, "feedback": "It is printed."}
    ]
    return {
        "drawing": document.pk,
        "picture": None,
        "description": "A passport",
        "areas": [entry(area) for area in areas],
    }


def image() -> Any:
    """A photograph of 40 by 30 pixels."""
    file = get_test_image_file(size=(40, 30))
    return get_image_model().objects.create(title="A photograph", file=file)


def long() -> Raw:
    levels = [entry({"text": "Nothing", "points": 0}), entry({"text": "All", "points": 2})]
    return {"words": 100, "rubric": [entry({"text": "Facts", "levels": levels})]}


BODIES: dict[str, Any] = {
    "single": single,
    "multiple": lambda: single(scoring="partial"),
    "truefalse": lambda: {"choices": choices(True, False)},
    "order": order,
    "match": match,
    "groups": groups,
    "gaps": gaps,
    "number": number,
    "spot": spot,
    "short": lambda: {"accepted": "Protocol\n the protocol "},
    "long": long,
}


def body(kind: str, value: Raw | None = None) -> str:
    held = BODIES[kind]() if value is None else value
    return json.dumps([{"type": kind, "id": str(uuid4()), "value": held}])


def make_item(kind: str = "single", *, live: bool = True, **fields: Any) -> Item:
    value = fields.pop("value", None)
    item = Item(
        **{
            "text": f"A question of the kind {kind}",
            "body": body(kind, value),
            "explanation": "This explains it.",
            "source": "A/CONF.213/7, par. 2",
            "live": False,
        }
        | fields
    )
    item.save()
    revision = item.save_revision()
    if live:
        revision.publish()
    return Item.objects.get(pk=item.pk)


def publish(item: Item) -> Item:
    item.save_revision().publish()
    return Item.objects.get(pk=item.pk)


def objective_of(module: ModulePage) -> UUID:
    return UUID(module.objectives[0].id)


def chosen(*items: Item, pick: int | None = None) -> Raw:
    value = {"items": [entry(item.pk) for item in items], "pick": pick}
    return {"type": "chosen", "id": str(uuid4()), "value": value}


def draw(count: int, *, objective: UUID | None = None, difficulty: int | None = None) -> Raw:
    value = {
        "objective": str(objective or ""),
        "difficulty": str(difficulty or ""),
        "count": count,
    }
    return {"type": "draw", "id": str(uuid4()), "value": value}


def form(*items: Item) -> str:
    return json.dumps([{"type": "item", "id": str(uuid4()), "value": item.pk} for item in items])


def make_test(module: ModulePage, purpose: str, *sections: Raw, **fields: Any) -> AssessmentPage:
    page = AssessmentPage(
        **{
            "heading_en": f"Test {purpose}",
            "summary_en": "It asks.",
            "purpose": purpose,
            "sections": json.dumps(list(sections)),
        }
        | fields
    )
    ModulePage.objects.get(pk=module.pk).add_child(instance=page)
    page.save_revision().publish()
    return AssessmentPage.objects.get(pk=page.pk)
