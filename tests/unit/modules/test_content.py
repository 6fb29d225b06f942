"""The promises of modules/content/README.md, kept by every module that ships."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

CONTENT = Path(settings.BASE_DIR) / "modules" / "content"
LESSONS = sorted(CONTENT.glob("*/lessons/*.yaml"))
TESTS = sorted(CONTENT.glob("*/test.yaml"))


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def words(block: dict[str, Any]) -> int:
    texts = [block.get(key, "") for key in ("term", "heading", "html")]
    texts += [item["text"] for item in block.get("items", [])]
    return len(re.sub(r"<[^>]+>", " ", " ".join(texts)).split())


def questions() -> Iterator[dict[str, Any]]:
    for path in TESTS:
        yield from load(path)["questions"]
    for path in LESSONS:
        yield from (block["question"] for block in load(path)["body"] if block["type"] == "check")


def test_module_1_has_six_lessons() -> None:
    assert len(load(CONTENT / "introduction" / "module.yaml")["lessons"]) == 6


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_300_to_500_words_and_a_knowledge_check(path: Path) -> None:
    body = load(path)["body"]
    counted = [block for block in body if block["type"] not in ("figure", "check")]
    assert 300 <= sum(words(block) for block in counted) <= 500
    assert any(block["type"] == "check" for block in body)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.parent.name)
def test_a_final_test_has_twelve_questions(path: Path) -> None:
    assert len(load(path)["questions"]) == 12


def test_every_question_has_its_source_and_feedback_on_each_choice() -> None:
    for question in questions():
        assert question["source"].strip()
        assert question["explanation"].strip()
        assert all(choice["feedback"].strip() for choice in question["choices"])
