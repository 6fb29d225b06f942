"""Attempts as the learner's app makes them: chained, sealed and timed (docs/formats.md)."""

import base64
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.db import connection

from assessments.models import ItemVersion
from assessments.rules import chain, drawing, forms
from modules.editions import canonical
from tests.support.statements import ADL, EXTENSIONS, actor, urn

Item = dict[str, Any]
KEY_PARTS = ("key", "explanation", "source")


def named(*parts: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))))


def single(name: str, *, objective: str | None = None, version: int = 1, choices: int = 4) -> Item:
    """The first choice is right."""
    item = named(name)
    ids = [named(name, number) for number in range(choices)]
    return {
        "id": item,
        "version": version,
        "kind": "single",
        "text": f"Which, of {name}?",
        "objective": objective,
        "difficulty": 1,
        "confidence": False,
        "shuffle": True,
        "choices": [{"id": each, "text": "x"} for each in ids],
        "key": {"right": [ids[0]], "feedback": {}},
        "explanation": "",
        "source": "",
    }


def long(name: str, most: int = 4) -> Item:
    levels = [
        {"id": named(name, points), "text": "x", "points": points}
        for points in (0, most // 2, most)
    ]
    return single(name) | {
        "kind": "long",
        "words": 100,
        "key": {"rubric": [{"id": named(name, "rubric"), "text": "x", "levels": levels}]},
    }


def levels(item: Item, points: int) -> dict[str, str]:
    """What a person chose in the rubric of a long answer that got so many points."""
    (criterion,) = item["key"]["rubric"]
    (level,) = (each["id"] for each in criterion["levels"] if each["points"] == points)
    return {criterion["id"]: level}


def know(items: Iterable[Item]) -> None:
    """Their versions, with keys, are on this server."""
    for each in items:
        content = canonical.to_bytes(each)
        ItemVersion.objects.get_or_create(
            item=each["id"],
            number=each["version"],
            defaults={"content": each, "digest": canonical.sha256(content)},
        )


def forget_items() -> None:
    """A server that never had the keys: the database keeps every version, so it is told not to for once."""
    table = ItemVersion._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        ItemVersion.objects.all().delete()
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def right(item: Item) -> list[str]:
    return list(item["key"]["right"])


def wrong(item: Item) -> list[str]:
    return [item["choices"][1]["id"]]


def part(name: str, purpose: str, items: Sequence[Item], **more: Any) -> dict[str, Any]:
    """A part of an edition; what is not practice comes without its key."""
    secret = () if purpose == "practice" else KEY_PARTS
    ids = [each["id"] for each in items]
    paired = purpose in ("pre", "post")
    half = len(ids) // 2
    fixed = {"id": named(name, "all"), "pick": len(ids), "items": ids, "fixed": True}
    return {
        "id": named(name),
        "kind": "test",
        "format": 2,
        "purpose": purpose,
        "decides": purpose == "practice",
        "heading": name,
        "summary": "",
        "language": "en",
        "pass_mark": 80,
        "attempts": 0,
        "minutes": 0,
        "one_by_one": False,
        "items": [{name: each[name] for name in each if name not in secret} for each in items],
        "sections": [] if paired else [fixed],
        "forms": {"A": ids[:half], "B": ids[half:]} if paired else {},
        "pair": None,
        **more,
    }


def old_test(name: str, items: Sequence[Item]) -> dict[str, Any]:
    """As the editions of before there was a bank have it."""
    questions = [
        {
            "id": each["id"],
            "kind": each["kind"],
            "text": each["text"],
            "choices": [
                choice | {"correct": choice["id"] in each["key"]["right"], "feedback": ""}
                for choice in each["choices"]
            ],
            "explanation": "",
            "source": "",
        }
        for each in items
    ]
    return {
        "id": named(name),
        "kind": "test",
        "heading": name,
        "summary": "",
        "language": "en",
        "pass_mark": 80,
        "questions": questions,
    }


class Seal:
    """The key of a tablet."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.name = hashlib.sha256(self.public).digest()[:16].hex()

    @property
    def text(self) -> str:
        return base64.b64encode(self.public).decode()

    def sign(self, facts: chain.Facts) -> str:
        signed = self.private.sign(chain.text(facts).encode(), ec.ECDSA(hashes.SHA256()))
        halves = utils.decode_dss_signature(signed)
        return base64.b64encode(b"".join(half.to_bytes(32, "big") for half in halves)).decode()


@dataclass
class Sitter:
    """One officer's attempt at a test, statement by statement. `clock` in milliseconds since it began."""

    officer: uuid.UUID | str
    test: dict[str, Any]
    module: uuid.UUID | str
    device: uuid.UUID | str
    version: int = 1
    language: str = "en"
    seal: Seal | None = None
    attempt: str = field(default_factory=lambda: str(uuid.uuid4()))
    began: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))
    clock: int = 0
    assignment: str | None = None
    sequence: int = 0
    links: int = 0
    previous: str = ""

    @property
    def purpose(self) -> str:
        return str(self.test.get("purpose", "practice"))

    @property
    def form(self) -> str:
        if self.purpose not in ("pre", "post"):
            return ""
        sitting: Any = self.purpose
        return forms.form(str(self.officer), self.assignment or str(self.module), sitting)

    @property
    def asked(self) -> list[str]:
        if self.form:
            return list(self.test["forms"][self.form])
        return drawing.draw(self.attempt, self.test["sections"])

    def begins(self, **more: Any) -> dict[str, Any]:
        versions = {each["id"]: each.get("version", 0) for each in self.test["items"]}
        items = [{"item": each, "version": versions[each], "order": []} for each in self.asked]
        plan = {
            "purpose": self.purpose,
            "form": self.form,
            "assignment": self.assignment,
            "items": items,
            "limit": self.test["minutes"] * 60_000,
        }
        return self._says("initialized", extensions={"attempt": plan | more}, timed=False)

    def answers(
        self,
        item: str,
        response: Iterable[str],
        *,
        after: int = 10_000,
        version: int = 1,
        confidence: int | None = None,
        **timing: Any,
    ) -> dict[str, Any]:
        """`after` so many milliseconds."""
        self.clock += after
        extensions: dict[str, Any] = {"item": {"version": version}}
        if confidence:
            extensions["confidence"] = confidence
        result = {"response": "[,]".join(response)}
        return self._says(
            "answered", about=item, result=result, extensions=extensions, spent=after, **timing
        )

    def hands_in(
        self, verb: str = "completed", scaled: float | None = None, **timing: Any
    ) -> dict[str, Any]:
        self.clock += 1000
        result: dict[str, Any] = {"completion": True, "duration": f"PT{self.clock // 1000}S"}
        if scaled is not None:
            result["score"] = {"scaled": scaled}
        return self._says(verb, result=result, **timing)

    def takes(
        self,
        responses: Mapping[str, Iterable[str]],
        verb: str = "completed",
        scaled: float | None = None,
    ) -> list[dict[str, Any]]:
        """The whole attempt; what is not named is not answered."""
        made = [self.begins()]
        made += [self.answers(each, responses[each]) for each in self.asked if each in responses]
        return [*made, self.hands_in(verb, scaled)]

    def _says(
        self,
        verb: str,
        *,
        about: str | None = None,
        result: dict[str, Any] | None = None,
        extensions: dict[str, Any] | None = None,
        timed: bool = True,
        spent: int | None = None,
        **timing: Any,
    ) -> dict[str, Any]:
        self.sequence += 1
        at = (self.began + timedelta(milliseconds=self.clock)).isoformat(timespec="milliseconds")
        context: dict[str, Any] = {
            "registration": self.attempt,
            "language": self.language,
            "platform": "elearning-app",
            "contextActivities": {"grouping": [{"id": urn(self.module)}]},
        }
        if about:
            context["contextActivities"]["parent"] = [{"id": urn(self.test["id"])}]
        said = {
            "edition": {"language": self.language, "version": self.version},
            "device": str(self.device),
            "sequence": self.sequence,
            "clock": {"device": at, "monotonic": self.clock, "skew": None},
            **(extensions or {}),
        }
        if timed:
            said["timing"] = {"elapsed": self.clock, "segment": 0, "turned_back": False} | timing
            if spent is not None:
                said["timing"]["spent"] = spent
        made = {
            "id": str(uuid.uuid4()),
            "timestamp": at,
            "actor": actor(self.officer),
            "verb": {"id": f"{ADL}/verbs/{verb}", "display": {"en": verb}},
            "object": {
                "objectType": "Activity",
                "id": urn(about or self.test["id"]),
                "definition": _definition(bool(about)),
            },
            **({"result": result} if result else {}),
            "context": context,
        }
        said["chain"] = self._link(made, said.get("timing", {}).get("elapsed", 0))
        context["extensions"] = {f"{EXTENSIONS}:{name}": value for name, value in said.items()}
        return made

    def _link(self, made: dict[str, Any], elapsed: int) -> dict[str, Any]:
        facts = facts_of(made, elapsed, self.links, self.previous)
        link = {"n": self.links, "previous": self.previous, "key": "", "seal": ""}
        if self.seal:
            link |= {"key": self.seal.name, "seal": self.seal.sign(facts)}
        self.links += 1
        self.previous = chain.digest(facts)
        return link


def _definition(item: bool) -> dict[str, Any]:
    if item:
        return {"type": f"{ADL}/activities/cmi.interaction", "interactionType": "choice"}
    return {"type": f"{ADL}/activities/assessment"}


def facts_of(made: dict[str, Any], elapsed: int, n: int, previous: str) -> chain.Facts:
    return chain.Facts(
        id=made["id"],
        timestamp=made["timestamp"],
        actor=made["actor"]["account"]["name"],
        verb=made["verb"]["id"],
        object=made["object"]["id"],
        registration=made["context"]["registration"],
        response=made.get("result", {}).get("response", ""),
        elapsed=elapsed,
        n=n,
        previous=previous,
    )
