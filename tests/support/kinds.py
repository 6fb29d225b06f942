"""One question of every kind, and an edition whose first lesson asks them all."""

import functools
import json
import uuid
from typing import Any

import yaml

from tests.support.database import Database
from tests.support.paths import ROOT

Item = dict[str, Any]
HERE = uuid.uuid5(uuid.NAMESPACE_URL, "https://elearning.example/tests/kinds")
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400">
<rect fill="#f1eee9" stroke="#5a5f66" stroke-width="3" x="4" y="4" width="592" height="392" rx="12"/>
<rect fill="#d6d0c7" stroke="#5a5f66" x="40" y="60" width="160" height="200"/>
<circle fill="#5a5f66" cx="120" cy="130" r="38"/>
<path fill="#5a5f66" d="M60 255c0-90 120-90 120 0z"/>
<text fill="#1b1f24" x="240" y="110" font-size="32">SPECIMEN</text>
<text fill="#1b1f24" x="240" y="180" font-size="26">1990-01-31</text>
<text fill="#1b1f24" x="40" y="330" font-size="24">P&lt;UTOSPECIMEN&lt;&lt;ANNA&lt;&lt;&lt;</text>
</svg>"""


def name(key: str) -> str:
    """The id of an item or of a part of one: the same in every language."""
    return str(uuid.uuid5(HERE, key))


@functools.cache
def texts(language: str) -> dict[str, str]:
    everything = yaml.safe_load((ROOT / "tests/fixtures/kinds.yaml").read_text())
    return {str(key).lower(): text for key, text in everything[language].items()}


def items(language: str) -> dict[str, Item]:
    """By kind; `units` is a number whose unit is chosen, `old` an item of an edition of before."""
    said = texts(language)

    def entries(*keys: str) -> list[dict[str, str]]:
        return sorted(({"id": name(key), "text": said[key]} for key in keys), key=lambda e: e["id"])

    def item(key: str, kind: str, body: Item, **the_key: Any) -> Item:
        common = {"id": name(key), "version": 1, "kind": kind, "text": said[key]}
        more = {"objective": None, "difficulty": 2, "confidence": False, "shuffle": False}
        told = {"explanation": said["explanation"], "source": said["source"]}
        return {**common, **more, **body, "key": the_key, **told}

    def area(key: str, x: int, y: int, width: int, height: int) -> Item:
        return {**entries(key)[0], "x": x, "y": y, "width": width, "height": height}

    gaps = [
        {"text": said["gaps_1"]},
        {"gap": name("gap_a")},
        {"text": said["gaps_2"]},
        {"gap": name("gap_b")},
        {"text": said["gaps_3"]},
    ]
    found = {
        "single": item(
            "single",
            "single",
            {"choices": entries("single_a", "single_b"), "confidence": True, "shuffle": True},
            right=[name("single_a")],
            feedback={name(key): said[f"{key}_why"] for key in ("single_a", "single_b")},
        ),
        "multiple": item(
            "multiple",
            "multiple",
            {"choices": entries("multiple_a", "multiple_b", "multiple_c")},
            right=[name("multiple_a"), name("multiple_b")],
            feedback={name("multiple_c"): said["multiple_c_why"]},
            scoring="partial",
        ),
        "truefalse": item(
            "truefalse",
            "truefalse",
            {"choices": [{"id": name(key), "text": said[key]} for key in ("true", "false")]},
            right=[name("false")],
            feedback={name("false"): said["truefalse_why"]},
        ),
        "order": item(
            "order",
            "order",
            {"steps": entries("order_a", "order_b", "order_c"), "shuffle": True},
            order=[name("order_a"), name("order_b"), name("order_c")],
            scoring="partial",
        ),
        "match": item(
            "match",
            "match",
            {
                "left": entries("match_a", "match_b"),
                "right": entries("match_a_to", "match_b_to", "match_extra"),
            },
            pairs={name(key): name(f"{key}_to") for key in ("match_a", "match_b")},
            scoring="all",
        ),
        "groups": item(
            "groups",
            "groups",
            {
                "groups": [entries(key)[0] for key in ("groups_a", "groups_b", "groups_c")],
                "cards": entries("card_a", "card_b"),
            },
            groups={name("card_a"): name("groups_a"), name("card_b"): name("groups_b")},
            scoring="partial",
        ),
        "gaps": item(
            "gaps",
            "gaps",
            {"parts": gaps},
            accepted={name(key): [said[key]] for key in ("gap_a", "gap_b")},
            scoring="all",
        ),
        "number": item(
            "number",
            "number",
            {"units": entries("number_unit")},
            value="75",
            tolerance="0.5",
            factors={name("number_unit"): "1"},
        ),
        "units": item(
            "units",
            "number",
            {"units": entries("unit_km", "unit_m"), "confidence": True},
            value="1500",
            tolerance="0",
            factors={name("unit_m"): "1", name("unit_km"): "1000"},
        ),
        "spot": item(
            "spot",
            "spot",
            {
                "picture": {"svg": PICTURE},
                "description": said["spot_description"],
                "areas": [area("area_a", 66, 150, 267, 500), area("area_b", 390, 190, 340, 130)],
            },
            right=[name("area_a")],
            feedback={name(key): said[f"{key}_why"] for key in ("area_a", "area_b")},
        ),
        "short": item("short", "short", {}, accepted=[said["short_a"]]),
        "long": item(
            "long",
            "long",
            {"words": 10},
            rubric=[
                {
                    **entries("rubric_a")[0],
                    "levels": [
                        {**entries("rubric_a_0")[0], "points": 0},
                        {**entries("rubric_a_2")[0], "points": 2},
                    ],
                }
            ],
        ),
    }
    return {**found, "old": old(found["single"])}


def old(new: Item) -> Item:
    """The same question as an edition of issue 1 had it."""
    choices = [
        {
            **choice,
            "id": name(f"old {choice['id']}"),
            "correct": choice["id"] in new["key"]["right"],
            "feedback": new["key"]["feedback"][choice["id"]],
        }
        for choice in new["choices"]
    ]
    kept = {key: new[key] for key in ("kind", "text", "explanation", "source")}
    return {**kept, "id": name("old"), "choices": choices}


OFFER = """
import hashlib, io, json
from PIL import Image
from elearning import languages
from modules.editions.files import EditionFiles, keep
from modules.models import Edition, EditionFile
lesson = json.loads({lesson!r})
language = languages.BY_CODE[lesson["language"]]
edition = Edition.objects.current().get(module={module!r}, language="en")
if language.code != "en":
    edition.pk, edition.language = None, language.code
manifest = json.loads(edition.manifest)
manifest |= {{"language": language.code, "direction": language.direction}}
files = EditionFiles()
if {photograph}:
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "#d6d0c7").save(data, "WEBP")
    sha256 = hashlib.sha256(data.getvalue()).hexdigest()
    keep(sha256, "webp", data.getvalue())
    files.used[sha256] = EditionFile.objects.get(pk=sha256)
    for block in lesson["blocks"]:
        if block["question"]["kind"] == "spot":
            block["question"]["picture"] = {{"file": sha256, "width": 1200, "height": 800}}
part = next(part for part in manifest["parts"] if part["kind"] == "lesson")
lesson["id"], part["heading"], part["file"] = part["id"], lesson["heading"], files.part(lesson)
for file in files.used.values():
    entry = {{"sha256": file.sha256, "url": file.url, "size": file.size, "type": file.mime}}
    manifest["files"].append(entry)
    manifest["size"] += file.size
edition.manifest = json.dumps(manifest, ensure_ascii=False)
edition.files, edition.size = len(manifest["files"]), manifest["size"]
edition.save()
"""


def teach(db: Database, module: str, language: str, *, photograph: bool = False) -> None:
    """Offer an edition of the module in this language whose first lesson asks every kind.

    With `photograph` the picture to point at is a file of the edition, else a drawing.
    """
    blocks = [
        {"id": name(f"block {kind}"), "type": "check", "question": item}
        for kind, item in items(language).items()
    ]
    heading = texts(language)["heading"]
    lesson = {"kind": "lesson", "heading": heading, "language": language, "blocks": blocks}
    script = OFFER.format(lesson=json.dumps(lesson), module=module, photograph=photograph)
    db.manage("shell", "--no-imports", "--verbosity=0", "--command", script)
