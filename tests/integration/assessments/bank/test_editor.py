"""What an author does with the item bank in /cms/."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments.models import AssessmentPage, Item, ItemVersion
from elearning.users import services
from elearning.users.models import User
from elearning.users.roles import Role
from modules.loading import ensure_catalogue, grant_author_rights
from modules.models import ModulePage
from tests.integration.assessments.bank import items
from tests.integration.modules.pages import add_lesson, make_module, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Client:
    ensure_catalogue()
    grant_author_rights()
    user = User.objects.create_user("author1", password="x")
    services.give_role(user, Role.AUTHOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def module() -> ModulePage:
    return make_module()


def url(name: str, *args: Any) -> str:
    return reverse(Item.snippet_viewset.get_url_name(name), args=args)


def form(module: ModulePage | None = None, **fields: Any) -> dict[str, Any]:
    """As a browser sends it: an item of the kind short."""
    return {
        "text": "What is it called?",
        "explanation": "A border.",
        "source": "A/1",
        "module": str(module.pk) if module else "",
        "objective": "",
        "difficulty": "2",
        "shuffle": "on",
        **nested_form_data({"body": streamfield([("short", {"accepted": "Border\nthe border"})])}),
    } | fields


def listed(author: Client, **query: Any) -> list[str]:
    response = author.get(url("list"), query)
    assert response.status_code == 200
    return sorted(item.text for item in response.context["object_list"])


def test_an_author_writes_and_publishes_an_item(author: Client, module: ModulePage) -> None:
    assert author.get(url("add")).status_code == 200
    objective = str(items.objective_of(module))
    sent = form(objective=objective) | {"action-publish": "1"}
    response = author.post(url("add"), sent)
    assert response.status_code == 302, response.context["form"].errors
    item = Item.objects.get()
    assert item.live
    assert item.module == module
    assert str(item.objective) == objective
    assert ItemVersion.objects.get().content["key"]["accepted"] == ["Border", "the border"]


def test_an_objective_of_another_module_is_refused(author: Client, module: ModulePage) -> None:
    other = make_module(slug="other")
    sent = form(other, objective=str(items.objective_of(module))) | {"action-publish": "1"}
    response = author.post(url("add"), sent)
    assert "This is an objective of another module." in response.content.decode()


def test_a_half_written_item_is_kept_as_a_draft(author: Client) -> None:
    empty = nested_form_data({"body": streamfield([("short", {"accepted": ""})])})
    sent = form(explanation="", source="") | empty
    assert author.post(url("add"), sent).status_code == 302
    assert not Item.objects.get().live
    assert not ItemVersion.objects.exists()
    assert author.post(url("add"), sent | {"action-publish": "1"}).status_code == 200


def test_an_item_without_answers_is_a_draft_that_the_preview_leaves_blank(author: Client) -> None:
    empty = form() | nested_form_data({"body": streamfield([])})
    refused = author.post(url("add"), empty | {"action-publish": "1"})
    assert refused.context["form"].errors.keys() == {"body"}
    assert author.post(url("add"), empty).status_code == 302
    item = Item.objects.get()
    response = author.get(url("revisions_view", item.pk, item.latest_revision.pk))
    assert response.context["part"]["blocks"] == []


def test_what_an_author_need_not_see_has_no_label(author: Client) -> None:
    page = author.get(url("add")).content.decode()
    assert "right_id" in page
    assert "Right id" not in page


@pytest.mark.parametrize("language", ["ur", "my"])
def test_an_author_may_have_the_editor_in_every_language_of_the_platform(
    author: Client, language: str
) -> None:
    account = author.get(reverse("wagtailadmin_account")).content.decode()
    assert f'<option value="{language}">' in account


def test_the_list_shows_what_an_item_is_about_and_how_many_versions_it_has(
    author: Client, module: ModulePage
) -> None:
    item = items.make_item(
        "order", module=module, objective=items.objective_of(module), difficulty=3
    )
    item.text = "Better?"
    items.publish(item)
    page = author.get(url("list")).content.decode()
    for shown in ("Better?", "Put in order", "Borders", "You can find a border.", "Hard"):
        assert shown in page
    assert author.get(url("list")).context["object_list"][0].versions == 2


def test_the_list_is_filtered(author: Client, module: ModulePage) -> None:
    objective = items.objective_of(module)
    items.make_item("single", text="One", module=module, objective=objective, difficulty=1)
    items.make_item("order", text="Two", difficulty=3)
    assert listed(author) == ["One", "Two"]
    assert listed(author, kind="order") == ["Two"]
    assert listed(author, module=module.pk) == ["One"]
    assert listed(author, difficulty=3) == ["Two"]
    assert listed(author, objective=str(objective)) == ["One"]


def test_the_list_is_searched_by_text(author: Client) -> None:
    items.make_item(text="Where is the border?")
    items.make_item(text="Who is a smuggler?")
    assert listed(author, q="smuggler") == ["Who is a smuggler?"]


def test_the_preview_is_a_lesson_with_the_item_as_the_app_draws_it(author: Client) -> None:
    item = items.make_item("spot", live=False)
    response = author.get(url("revisions_view", item.pk, item.latest_revision.pk))
    part = response.context["part"]
    assert part["kind"] == "lesson"
    [block] = part["blocks"]
    assert block["type"] == "check"
    assert block["question"]["kind"] == "spot"
    assert block["question"]["key"]["right"]


@pytest.mark.parametrize("kind", items.BODIES)
def test_an_item_of_each_kind_opens_in_its_form(author: Client, kind: str) -> None:
    assert author.get(url("edit", items.make_item(kind).pk)).status_code == 200


def test_an_item_in_use_is_not_deleted_and_the_author_is_told_where(
    author: Client, module: ModulePage
) -> None:
    item = items.make_item()
    items.make_test(module, "graded", items.chosen(item))
    block = {"type": "practice", "id": str(uuid4()), "value": {"item": item.pk}}
    add_lesson(module, "One", block)
    for name in ("delete", "unpublish"):
        response = author.post(url(name, item.pk), follow=True)
        page = response.content.decode()
        assert "is in use" in page
        assert "Test graded" in page
        assert "One" in page
    assert Item.objects.get().live


def test_an_item_that_a_draw_cannot_do_without_is_not_deleted(
    author: Client, module: ModulePage
) -> None:
    one, two = (items.make_item(module=module, difficulty=1) for _n in range(2))
    page = items.make_test(module, "graded", items.draw(2, difficulty=1))
    author.post(url("delete", one.pk))
    assert Item.objects.count() == 2
    page.unpublish()
    author.post(url("delete", two.pk))
    assert Item.objects.get() == one


def test_an_item_that_nothing_uses_is_deleted_and_its_versions_stay(author: Client) -> None:
    item = items.make_item()
    assert author.post(url("delete", item.pk)).status_code == 302
    assert not Item.objects.exists()
    assert ItemVersion.objects.count() == 1


def test_a_copy_of_an_item_is_another_item(author: Client) -> None:
    item = items.make_item("short")
    page = author.get(url("copy", item.pk)).content.decode()
    assert f'action="{url("add")}"' in page
    assert author.post(url("add"), form() | {"action-publish": "1"}).status_code == 302
    assert Item.objects.exclude(pk=item.pk).get().uuid != item.uuid
    assert Item.objects.get(pk=item.pk).text == item.text


def test_an_officer_cannot_see_the_bank(client: Client) -> None:
    officer = User.objects.create_user("officer1", password="x")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url("list")).status_code == 302


def page_form(**fields: Any) -> dict[str, Any]:
    streams = {name: streamfield([]) for name in ("questions", "sections", "form_a", "form_b")}
    return {
        "heading_en": "Final",
        "summary_en": "It decides.",
        "purpose": "graded",
        "minutes": "20",
        "pass_mark": "80",
        "attempts_allowed": "2",
        "time_limit": "30",
        "pair": "",
        "slug": "final",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **nested_form_data(streams),
    } | fields


def add_page(author: Client, module: ModulePage, form: dict[str, Any]) -> Any:
    add = reverse("wagtailadmin_pages:add", args=["assessments", "assessmentpage", module.pk])
    assert author.get(add).status_code == 200
    return author.post(add, form | {"action-publish": "1"})


def test_an_author_makes_a_graded_test_with_a_draw(author: Client, module: ModulePage) -> None:
    items.make_item(module=module, difficulty=1)
    draw = {"objective": "", "difficulty": "1", "count": "1"}
    sections = nested_form_data({"sections": streamfield([("draw", draw)])})
    response = add_page(author, module, page_form() | sections)
    assert response.status_code == 302, response.context["form"].errors
    page = AssessmentPage.objects.get()
    assert (page.live, page.purpose, page.attempts_allowed) == (True, "graded", 2)


def test_the_form_of_a_test_says_what_is_missing(author: Client, module: ModulePage) -> None:
    response = add_page(author, module, page_form())
    assert response.status_code == 200
    [sentence] = told(response, "sections")
    assert sentence.startswith("A graded test needs at least one section")


def told(response: Any, field: str) -> list[str]:
    """What Wagtail shows above a stream."""
    [error] = response.context["form"].errors[field].as_data()
    return [str(message) for message in error.as_json_data()["messages"]]


def test_the_form_tells_all_that_is_wrong_in_one_field(author: Client, module: ModulePage) -> None:
    drafts = [items.make_item(text=f"Which {n}?", live=False) for n in (1, 2)]
    listed = {
        f"{place}": {"deleted": "", "order": str(place), "type": "item", "id": "", "value": item.pk}
        for place, item in enumerate(drafts)
    }
    section = {"items": {"count": "2"} | listed, "pick": ""}
    sections = nested_form_data({"sections": streamfield([("chosen", section)])})
    found = told(add_page(author, module, page_form() | sections), "sections")
    assert found[:2] == [f"This item is not published: {draft}" for draft in drafts]


def test_an_author_is_told_of_an_item_that_is_practised_and_measured_with(
    author: Client, module: ModulePage
) -> None:
    item = items.make_item(text="Which one?")
    lesson = add_lesson(module, "One")
    items.make_test(module, "graded", items.chosen(item))
    form = {
        "heading_en": "One",
        "summary_en": "About One.",
        "minutes": "10",
        "slug": "one",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **nested_form_data({"body": streamfield([("practice", {"item": item.pk})])}),
    }
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    [sentence] = told(author.post(edit, form | {"action-publish": "1"}), "body")
    assert sentence.startswith("“Which one?” is asked in “Test graded” (Borders)")
    assert author.post(edit, form).status_code == 302
    lesson.refresh_from_db()
    assert lesson.has_unpublished_changes


def test_a_draft_of_a_test_may_lack_anything(author: Client, module: ModulePage) -> None:
    add = reverse("wagtailadmin_pages:add", args=["assessments", "assessmentpage", module.pk])
    assert author.post(add, page_form(purpose="pre")).status_code == 302
    assert not AssessmentPage.objects.get().live


@pytest.mark.parametrize("bank", [True, False], ids=["bank", "own questions"])
def test_the_preview_of_a_test_shows_every_question_with_its_answers(
    author: Client, module: ModulePage, bank: bool
) -> None:
    own = json.dumps([{"type": "question", "id": str(uuid4()), "value": question()}])
    if bank:
        page = items.make_test(module, "graded", items.chosen(items.make_item("order")))
    else:
        page = items.make_test(module, "practice", questions=own)
    response = author.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    [block] = response.context["part"]["blocks"]
    assert block["type"] == "check"
    assert "key" in block["question"] or block["question"]["choices"][0]["correct"]
