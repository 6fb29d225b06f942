"""What the edition of each purpose of test holds."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from assessments.models import AssessmentPage, Item
from modules.models import Edition, EditionFile, ModulePage
from tests.integration.assessments.bank import items
from tests.integration.modules.pages import add_lesson, question

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def part_of(page: AssessmentPage) -> dict[str, Any]:
    """The test's file in the current edition, and its line in the manifest under "line"."""
    edition = Edition.objects.current().get()
    manifest = json.loads(edition.manifest)
    [line] = [part for part in manifest["parts"] if part["id"] == str(page.uuid)]
    with default_storage.open(EditionFile.objects.get(pk=line["file"]).path) as stream:
        return json.load(stream) | {"line": line}


def bank(module: ModulePage, count: int, **fields: Any) -> list[Item]:
    objective = items.objective_of(module)
    return [items.make_item(module=module, objective=objective, **fields) for _n in range(count)]


def test_a_fixed_section_keeps_its_order_and_practice_has_its_keys(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    one, two = bank(module, 2)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "practice", items.chosen(two, one))
    part = part_of(page)
    [section] = part["sections"]
    assert section["items"] == [str(two.uuid), str(one.uuid)]
    assert (section["pick"], section["fixed"]) == (2, True)
    assert all(item["key"]["right"] and item["explanation"] for item in part["items"])
    assert (part["format"], part["purpose"], part["decides"]) == (2, "practice", True)
    assert (part["forms"], part["pair"]) == ({}, None)


def test_a_graded_test_draws_by_objective_and_difficulty_and_has_no_key(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    easy, hard = bank(module, 3, difficulty=1), bank(module, 2, difficulty=3)
    items.make_item(objective=uuid4(), difficulty=3)
    sections = [
        items.draw(2, objective=items.objective_of(module), difficulty=1),
        items.draw(1, difficulty=3),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(
            module, "graded", *sections, attempts_allowed=2, time_limit=30, one_by_one=True
        )
    part = part_of(page)
    first, second = part["sections"]
    assert set(first["items"]) == {str(item.uuid) for item in easy}
    assert set(second["items"]) == {str(item.uuid) for item in hard}
    assert [section["pick"] for section in part["sections"]] == [2, 1]
    assert not any("fixed" in section for section in part["sections"])
    assert (part["attempts"], part["minutes"], part["one_by_one"]) == (2, 30, True)
    line = part["line"]
    assert (line["purpose"], line["questions"], line["attempts"]) == ("graded", 3, 2)
    assert (line["minutes"], line["limit"], line["pass_mark"]) == (20, 30, 80)


def test_a_post_test_has_the_forms_of_its_pre_test(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    a, b = bank(module, 2), bank(module, 2)
    with django_capture_on_commit_callbacks(execute=True):
        pre = items.make_test(module, "pre", form_a=items.form(*a), form_b=items.form(*b))
        post = items.make_test(module, "post", pair=pre)
    forms = {
        "A": [str(item.uuid) for item in a],
        "B": [str(item.uuid) for item in b],
    }
    for page, other in ((pre, post), (post, pre)):
        part = part_of(page)
        assert part["forms"] == forms
        assert part["sections"] == []
        assert part["pair"] == str(other.uuid)
        assert len(part["items"]) == 4
        assert part["line"]["questions"] == 2
        assert not part["decides"]


SECRETS = ("FeedbackSecret", "ExplanationSecret", "SourceSecret", "AcceptedSecret", "LevelSecret")


def secretive(module: ModulePage) -> list[Item]:
    """An item of each kind whose key can be searched for by its words."""
    made = []
    for kind, body in items.BODIES.items():
        text = json.dumps(body())
        text = text.replace("Feedback ", "FeedbackSecret ").replace("It is", "FeedbackSecret")
        text = text.replace("rotocol", "AcceptedSecret").replace('"Nothing"', '"LevelSecret"')
        value = json.loads(text.replace("of the {{b}}", "of {{b}}"))
        made.append(
            items.make_item(
                kind,
                value=value,
                module=module,
                objective=items.objective_of(module),
                explanation="ExplanationSecret",
                source="SourceSecret",
            )
        )
    return made


@pytest.mark.parametrize("purpose", ["graded", "pre"])
def test_no_file_of_the_edition_holds_a_key_of_a_test_that_measures(
    module: ModulePage, django_capture_on_commit_callbacks: Commit, purpose: str
) -> None:
    made = secretive(module)
    other = bank(module, len(made))
    with django_capture_on_commit_callbacks(execute=True):
        add_lesson(module, "One")
        if purpose == "graded":
            items.make_test(module, "graded", items.chosen(*made))
        else:
            forms = {"form_a": items.form(*made), "form_b": items.form(*other)}
            pre = items.make_test(module, "pre", **forms)
            items.make_test(module, "post", pair=pre)
    whole = Edition.objects.current().get().manifest
    for file in EditionFile.objects.all():
        with default_storage.open(file.path) as stream:
            whole += stream.read().decode()
    assert whole.count("A question of the kind long") >= 1
    for word in (*SECRETS, '"key"', '"right":["', '"feedback"', '"accepted"', '"correct"'):
        assert word not in whole


def test_practice_decides_only_where_no_graded_test_is_published(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    one, two = bank(module, 2)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "practice", items.chosen(one))
        graded = items.make_test(module, "graded", items.chosen(two))
    assert not part_of(page)["decides"]
    assert part_of(graded)["decides"]
    with django_capture_on_commit_callbacks(execute=True):
        graded.unpublish()
    assert part_of(page)["decides"]


def own_questions() -> str:
    return json.dumps([{"type": "question", "id": str(uuid4()), "value": question()}])


def test_questions_of_its_own_keep_the_older_format(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "practice", questions=own_questions())
    part = part_of(page)
    assert part["questions"][0]["choices"][0]["correct"]
    assert "format" not in part
    assert part["line"]["questions"] == 1


def test_beside_a_graded_test_own_questions_are_items_of_version_0_and_decide_nothing(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    [item] = bank(module, 1)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "practice", questions=own_questions())
        items.make_test(module, "graded", items.chosen(item))
    part = part_of(page)
    assert not part["decides"]
    assert part["items"][0]["version"] == 0
    assert part["items"][0]["key"]["right"] == [part["items"][0]["choices"][0]["id"]]
    assert part["sections"][0]["items"] == [part["items"][0]["id"]]


def test_a_withdrawn_item_leaves_the_test_and_an_empty_test_leaves_the_edition(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    one, two = bank(module, 2)
    with django_capture_on_commit_callbacks(execute=True):
        add_lesson(module, "One")
        page = items.make_test(module, "graded", items.chosen(one, two))
    with django_capture_on_commit_callbacks(execute=True):
        one.unpublish()
    part = part_of(page)
    assert [item["id"] for item in part["items"]] == [str(two.uuid)]
    assert part["line"]["questions"] == 1
    with django_capture_on_commit_callbacks(execute=True):
        Item.objects.get(pk=two.pk).delete()
    manifest = json.loads(Edition.objects.current().get().manifest)
    assert [each["kind"] for each in manifest["parts"]] == ["lesson"]


def test_publishing_an_item_builds_the_editions_that_show_it(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    one, two, three = bank(module, 3, difficulty=1)
    with django_capture_on_commit_callbacks(execute=True):
        chosen = items.make_test(module, "practice", items.chosen(one))
        drawn = items.make_test(module, "graded", items.draw(1, difficulty=1))
    one.text = "Better?"
    with django_capture_on_commit_callbacks(execute=True):
        items.publish(one)
    [shown] = part_of(chosen)["items"]
    assert (shown["text"], shown["version"]) == ("Better?", 2)
    assert {item["id"] for item in part_of(drawn)["items"]} == {str(two.uuid), str(three.uuid)}
    two.difficulty = 3
    with django_capture_on_commit_callbacks(execute=True):
        items.publish(two)
    assert [item["id"] for item in part_of(drawn)["items"]] == [str(three.uuid)]


def test_a_draft_of_an_item_changes_no_edition(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    [item] = bank(module, 1)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "practice", items.chosen(item))
    item.text = "Half a"
    with django_capture_on_commit_callbacks(execute=True):
        item.save_revision()
        ModulePage.objects.get(pk=module.pk).save_revision().publish()
    assert part_of(page)["items"][0]["version"] == 1


def test_a_lesson_holds_a_practice_item_as_a_knowledge_check(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    item = items.make_item("order")
    draft = items.make_item("short", live=False)
    blocks = [
        {"type": "practice", "id": str(uuid4()), "value": {"item": each.pk}}
        for each in (item, draft)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        lesson = add_lesson(module, "One", *blocks)
    [block] = part_of(lesson)["blocks"]  # type: ignore[arg-type]
    assert block["type"] == "check"
    assert block["id"] == blocks[0]["id"]
    assert block["question"]["id"] == str(item.uuid)
    assert block["question"]["key"]["order"]
    item.text = "Better?"
    with django_capture_on_commit_callbacks(execute=True):
        items.publish(item)
    assert part_of(lesson)["blocks"][0]["question"]["text"] == "Better?"  # type: ignore[arg-type]


def test_the_picture_of_an_item_is_a_file_of_the_edition(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    picture = items.image()
    spot = items.spot() | {"drawing": None, "picture": picture.pk}
    item = items.make_item("spot", value=spot, module=module)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "graded", items.chosen(item))
    shown = part_of(page)["items"][0]["picture"]
    assert (shown["width"], shown["height"]) == (40, 30)
    manifest = json.loads(Edition.objects.current().get().manifest)
    assert shown["file"] in {file["sha256"] for file in manifest["files"]}


def test_an_item_that_was_never_published_is_not_asked(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    [item] = bank(module, 1)
    Item.objects.create(text="Saved by a program", body="[]", module=module, difficulty=2)
    with django_capture_on_commit_callbacks(execute=True):
        page = items.make_test(module, "graded", items.draw(1))
    assert [each["id"] for each in part_of(page)["items"]] == [str(item.uuid)]


def test_the_edition_says_its_format_so_that_an_older_app_leaves_it(
    module: ModulePage, django_capture_on_commit_callbacks: Commit
) -> None:
    def formats() -> tuple[int, int]:
        edition = Edition.objects.current().get()
        return edition.format, json.loads(edition.manifest)["format"]

    [item] = bank(module, 1)
    with django_capture_on_commit_callbacks(execute=True):
        own = items.make_test(module, "practice", questions=own_questions())
    assert formats() == (1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        block = {"type": "practice", "id": str(uuid4()), "value": {"item": item.pk}}
        lesson = add_lesson(module, "One", block)
    assert formats() == (2, 2)
    with django_capture_on_commit_callbacks(execute=True):
        lesson.unpublish()
    assert formats() == (1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        items.make_test(module, "graded", items.chosen(item))
    assert formats() == (2, 2)
    assert own.live
