"""Items, editions with tests, and attempts at them, as the server's readers leave them."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from assessments.models import Attempt, AttemptAnswer, Purpose, Standing
from elearning.users.models import User
from modules.editions.files import EditionFiles
from modules.models import Edition
from tests.support import attempts
from tests.support.attempts import know
from tests.support.attempts import named as name

Item = dict[str, Any]
part = attempts.part
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120"><rect class="soft" width="200" height="120"/><text x="20" y="30" class="ink">PASSPORT</text></svg>'


def item(kind: str, text: str, body: Item, key: Item, **more: Any) -> Item:
    return {
        "id": name(text),
        "version": 1,
        "kind": kind,
        "text": text,
        "objective": None,
        "difficulty": 1,
        "confidence": False,
        "shuffle": False,
        **body,
        "key": key,
        "explanation": f"Why: {text}",
        "source": "UNTOC, article 3",
        **more,
    }


def rows(of: str, *texts: str) -> list[dict[str, str]]:
    return [{"id": name(f"{of}/{text}"), "text": text} for text in texts]


def single(text: str, right: str = "Yes", *wrong: str, **more: Any) -> Item:
    choices = rows(text, right, *(wrong or ("No", "Perhaps")))
    feedback = {choice["id"]: f"On {choice['text']}." for choice in choices}
    key = {"right": [choices[0]["id"]], "feedback": feedback}
    return item("single", text, {"choices": choices}, key, **more)


def long_answer(text: str = "Describe what you do first.", **more: Any) -> Item:
    levels = [("Nothing", 0), ("Some of it", 1), ("Most of it", 2), ("All of it", 3)]
    rubric = [
        {
            "id": name(f"{text}/{criterion}"),
            "text": criterion,
            "levels": [
                {"id": name(f"{text}/{criterion}/{level}"), "text": level, "points": points}
                for level, points in levels
            ],
        }
        for criterion in ("Safety", "Evidence")
    ]
    return item("long", text, {"words": 120}, {"rubric": rubric}, **more)


def levels(content: Item, *chosen: int) -> dict[str, str]:
    """{criterion id: level id} with the chosen level of each criterion, from 0."""
    rubric = content["key"]["rubric"]
    return {
        criterion["id"]: criterion["levels"][level]["id"]
        for criterion, level in zip(rubric, chosen, strict=True)
    }


def every_kind() -> list[tuple[Item, list[str]]]:
    """One item of each kind with an answer that is not all right."""
    one = single("May you search the car?", shuffle=True)
    true = single("Smuggling needs a border.", "True", "False") | {"kind": "truefalse"}
    many = single("Which are signs?", "Two phones", "A tan", "A cash roll") | {"kind": "multiple"}
    many["key"]["right"] = [many["choices"][0]["id"], many["choices"][2]["id"]]
    steps = rows("order", "Secure", "Report", "Search")
    order = item("order", "Put in order.", {"steps": steps}, {"order": [s["id"] for s in steps]})
    left, right = rows("left", "Visa", "Stamp"), rows("right", "Page 3", "Page 5", "Page 9")
    match = item(
        "match",
        "Match these.",
        {"left": left, "right": right},
        {"pairs": {left[0]["id"]: right[0]["id"], left[1]["id"]: right[1]["id"]}},
    )
    groups, cards = rows("groups", "Smuggling", "Trafficking"), rows("cards", "Fee", "Debt")
    sort = item(
        "groups",
        "Sort these.",
        {"groups": groups, "cards": cards},
        {"groups": {cards[0]["id"]: groups[0]["id"], cards[1]["id"]: groups[1]["id"]}},
    )
    parts = [{"text": "Call "}, {"gap": "a"}, {"text": " and write a "}, {"gap": "b"}]
    gaps = item("gaps", "Fill in.", {"parts": parts}, {"accepted": {"a": ["117"], "b": ["report"]}})
    units = rows("units", "m", "km")
    factors = {units[0]["id"]: "1", units[1]["id"]: "1000"}
    number = item(
        "number",
        "How far?",
        {"units": units},
        {"value": "1500", "tolerance": "10", "factors": factors},
    )
    areas = [
        {"id": name("area/photo"), "text": "The photo", "x": 50, "y": 300, "width": 250, "height": 500},
        {"id": name("area/line"), "text": "The lower line", "x": 50, "y": 850, "width": 900, "height": 100},
    ]  # fmt: skip
    picture = {"picture": {"svg": DRAWING}, "description": "A passport.", "areas": areas}
    spot = item("spot", "Where is it altered?", picture, {"right": [areas[0]["id"]]})
    short = item("short", "Which article?", {}, {"accepted": ["Article 3", "3"]})
    return [
        (one, [one["choices"][1]["id"]]),
        (true, [true["choices"][0]["id"]]),
        (many, [many["choices"][0]["id"], many["choices"][1]["id"]]),
        (order, [steps[1]["id"], steps[0]["id"], steps[2]["id"]]),
        (match, [f"{left[0]['id']}[.]{right[0]['id']}", f"{left[1]['id']}[.]{right[2]['id']}"]),
        (sort, [f"{cards[0]['id']}[.]{groups[1]['id']}"]),
        (gaps, ["117", ""]),
        (number, ["1.5", units[1]["id"]]),
        (spot, ["700,120"]),
        (short, ["Article 4"]),
        (long_answer(), ["First I make sure that nobody is hurt.\n\nThen I call."]),
    ]


def publish(
    module: uuid.UUID, *parts: Item, version: int = 1, objectives: Iterable[str] = (), **more: Any
) -> Edition:
    """Give the module's English edition these tests, or make it a newer one; `more` goes to each part."""
    files = EditionFiles()
    summaries = [
        {"id": each["id"], "kind": "test", "heading": each["heading"], "purpose": each["purpose"],
         "file": files.part(each), **more}
        for each in parts
    ]  # fmt: skip
    manifest = {
        "parts": summaries,
        "objectives": [{"id": name(text), "text": text} for text in objectives],
        "files": [],
    }
    Edition.objects.filter(module=module, language="en").exclude(version=version).update(
        current=False
    )
    edition = Edition.objects.filter(module=module, language="en").order_by("version").last()
    assert edition is not None
    if edition.version != version:
        edition.pk = None
        edition.version, edition.current = version, True
    edition.manifest = json.dumps(manifest)
    edition.save()
    return edition


def keep(*items: Item) -> None:
    """As publishing in the bank does it."""
    know(items)


def attempt(
    learner: User,
    module: uuid.UUID,
    test: str,
    purpose: str,
    answers: Iterable[tuple[Item, list[str] | None, int | None]],
    *,
    out_of: int = 1,
    begun: datetime | None = None,
    standing: str | None = None,
    orders: dict[str, list[str]] | None = None,
    spent: int = 30_000,
    confidence: int | None = None,
    **more: Any,
) -> Attempt:
    """`answers`: item, response (None: not answered), points (None: waits). Handed in unless told else."""
    found = list(answers)
    begun = begun or timezone.now() - timedelta(hours=2)
    waits = any(points is None for _item, response, points in found if response is not None)
    standing = standing or (Standing.TO_MARK if waits else Standing.MARKED)
    marked = standing == Standing.MARKED
    points = [points or 0 for _item, _response, points in found]
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "learner": learner.pk,
        "module": module,
        "test": name(test),
        "purpose": purpose,
        "language": "en",
        "version": 1,
        "items": [
            {"item": each["id"], "version": each["version"],
             "order": (orders or {}).get(each["id"], [])}
            for each, _response, _points in found
        ],
        "begun": begun,
        "handed_in": begun + timedelta(minutes=20),
        "arrived": begun + timedelta(minutes=60),
        "elapsed": 1_200_000,
        "standing": standing,
        "scaled": round(sum(points) / out_of / len(found), 4) if marked else None,
    }  # fmt: skip
    if purpose in (Purpose.GRADED, Purpose.PRACTICE) and marked:
        values["passed"] = values["scaled"] >= 0.8
    made = Attempt.objects.create(**(values | more))
    AttemptAnswer.objects.bulk_create(
        AttemptAnswer(
            attempt=made.pk, learner=learner.pk, item=each["id"], version=each["version"],
            statement=uuid.uuid4(), sequence=number, response=response, points=points,
            out_of=out_of, elapsed=number * spent, spent=spent, at=begun, confidence=confidence,
        )
        for number, (each, response, points) in enumerate(found, start=1)
        if response is not None
    )  # fmt: skip
    return made


def right(content: Item) -> tuple[Item, list[str], int]:
    return content, [content["choices"][0]["id"]], 1


def wrong(content: Item, choice: int = 1) -> tuple[Item, list[str], int]:
    return content, [content["choices"][choice]["id"]], 0
