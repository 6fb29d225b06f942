"""The promises of modules/content/README.md, kept by every module that ships."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import defusedxml.ElementTree
import pytest
import yaml
from django.conf import settings

CONTENT = Path(settings.BASE_DIR) / "modules" / "content"
MODULES = sorted(CONTENT.glob("*/module.yaml"))
LESSONS = sorted(CONTENT.glob("*/lessons/*.yaml"))
TESTS = sorted(CONTENT.glob("*/test.yaml"))
PARTS = ("pretest", "test", "posttest", "graded")


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def lessons_of(module: str) -> list[Path]:
    return [path for path in LESSONS if path.parts[-3] == module]


def words(block: dict[str, Any]) -> int:
    texts = [block.get(key, "") for key in ("term", "heading", "html")]
    texts += [item["text"] for item in block.get("items", [])]
    return len(re.sub(r"<[^>]+>", " ", " ".join(texts)).split())


def questions() -> Iterator[dict[str, Any]]:
    for path in TESTS:
        yield from load(path).get("questions", [])
    for path in LESSONS:
        yield from (block["question"] for block in load(path)["body"] if block["type"] == "check")


def figures() -> list[dict[str, Any]]:
    bodies = [load(path)["body"] for path in LESSONS]
    return [block for body in bodies for block in body if block["type"] == "figure"]


def drawn_words(name: str) -> set[str]:
    """The words of a drawing; a machine-readable zone is no word, nor is a lone number."""
    texts = svg_texts(Path(settings.ILLUSTRATIONS_DIR) / name)
    return set(re.findall(r"[^\W\d]{2,}", " ".join(text for text in texts if "<" not in text)))


def svg_texts(path: Path) -> list[str]:
    drawing = defusedxml.ElementTree.parse(path)
    found = drawing.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(each.itertext()).lower() for each in found]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.parent.name)
def test_a_module_has_six_objectives_and_six_lessons_in_order(path: Path) -> None:
    module = load(path)
    assert len({objective["key"] for objective in module["objectives"]}) == 6
    lessons = sorted(each.name for each in (path.parent / "lessons").glob("*.yaml"))
    assert module["lessons"] == lessons
    assert len(lessons) == 6


def test_no_two_files_share_an_id() -> None:
    ids = [load(path).get("id") for path in CONTENT.glob("**/*.yaml")]
    named = [each for each in ids if each]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure["file"])
def test_a_description_says_every_word_of_its_drawing(figure: dict[str, Any]) -> None:
    said = set(re.findall(r"\w+", figure["description"].lower()))
    assert drawn_words(figure["file"]) - said == set()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_300_to_500_words_and_two_knowledge_checks(path: Path) -> None:
    body = load(path)["body"]
    counted = [block for block in body if block["type"] not in ("figure", "check")]
    assert 300 <= sum(words(block) for block in counted) <= 500
    assert sum(block["type"] == "check" for block in body) >= 2


@pytest.mark.parametrize("path", lessons_of("investigation"), ids=lambda path: path.stem)
def test_a_lesson_of_module_2_has_a_figure_and_practice_as_well(path: Path) -> None:
    types = [block["type"] for block in load(path)["body"]]
    assert types.count("figure") >= 1
    assert types.count("practice") >= 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.parent.name)
def test_a_module_says_about_how_long_all_its_parts_take(path: Path) -> None:
    module = load(path)
    lessons = [path.parent / "lessons" / name for name in module["lessons"]]
    tests = [path.parent / module[name] for name in PARTS if name in module]
    # A practice test that does not say so takes 20 minutes.
    minutes = sum(load(part).get("minutes", 20) for part in [*lessons, *tests])
    assert abs(module["minutes"] - minutes) <= 10


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.parent.name)
def test_a_test_with_questions_of_its_own_has_twelve(path: Path) -> None:
    test = load(path)
    assert "sections" in test or len(test["questions"]) == 12


def test_every_question_has_its_source_and_feedback_on_each_choice() -> None:
    for question in questions():
        assert question["source"].strip()
        assert question["explanation"].strip()
        assert all(choice["feedback"].strip() for choice in question["choices"])
