import pytest
from django.test import Client

from modules.editions import build_module
from tests.integration.modules.pages import add_lesson, make_module

pytestmark = pytest.mark.django_db


def test_the_catalogue_lists_modules_with_languages_and_sizes(client: Client) -> None:
    module = make_module(languages=("en", "ur"))
    add_lesson(module, "One")
    english, _urdu = build_module(module.uuid)
    page = client.get("/").content.decode()
    assert "Borders" in page
    assert "All about borders." in page
    assert "30 minutes" in page
    assert "1 lesson\n" in page
    assert '<bdi lang="ur">اردو</bdi>' in page
    assert page.replace("\N{NO-BREAK SPACE}", " ").count("<bdi>1 KB</bdi>") == 2
    assert f'href="/learn/#/module/{module.uuid}"' in page
    assert english.size < 1000


def test_an_english_heading_on_an_urdu_page_says_that_it_is_english(client: Client) -> None:
    add_lesson(make_module(), "One")
    client.cookies["language"] = "ur"
    page = client.get("/").content.decode()
    assert '<div class="stack" lang="en" dir="ltr">' in page


def test_an_unpublished_module_is_not_listed_and_the_empty_page_says_so(client: Client) -> None:
    make_module().unpublish()
    page = client.get("/").content.decode()
    assert "Borders" not in page
    assert "No module is published yet." in page


def test_the_queries_do_not_grow_with_the_modules(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        module = make_module(heading_en=f"Module {number}")
        add_lesson(module, "One")
        build_module(module.uuid)
    client.get("/")
    with django_assert_max_num_queries(4):
        client.get("/")


def test_the_old_address_of_the_catalogue_leads_to_it(client: Client) -> None:
    make_module()
    assert client.get("/modules/").url == "/"


def test_a_module_page_shows_objectives_and_parts(client: Client) -> None:
    module = make_module()
    lesson = add_lesson(module, "One")
    page = client.get(module.url).content.decode()
    assert "You can find a border." in page
    assert "About One." in page
    opened = client.get(lesson.url)
    assert opened.url == f"/learn/#/module/{module.uuid}/lesson/{lesson.uuid}"
