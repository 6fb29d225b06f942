"""Pages in the visitor's language."""

import pytest
from django.test import Client

from elearning import languages

pytestmark = pytest.mark.django_db
CODES = [language.code for language in languages.ALL]
OTHERS = [language for language in languages.ALL if language != languages.SOURCE]


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_the_browser_s_language_is_answered_with_its_code_and_direction(
    client: Client, language: languages.Language
) -> None:
    page = client.get("/sign-in/", headers={"Accept-Language": language.code}).content.decode()
    assert f'<html lang="{language.code}" dir="{language.direction}">' in page


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_the_chosen_language_stays_and_beats_the_browser_s(
    client: Client, language: languages.Language
) -> None:
    client.post("/language/", {"language": language.code, "next": "/sign-in/"})
    page = client.get("/sign-in/", headers={"Accept-Language": "en"}).content.decode()
    assert f'<html lang="{language.code}" dir="{language.direction}">' in page


def test_an_unknown_language_falls_back_to_english(client: Client) -> None:
    page = client.get("/sign-in/", headers={"Accept-Language": "fr"}).content.decode()
    assert '<html lang="en" dir="ltr">' in page


def test_the_picker_names_each_language_in_itself_and_in_the_language_of_the_page(
    client: Client,
) -> None:
    page = client.get("/sign-in/").content.decode()
    for language in languages.ALL:
        assert f">{language.name}<" in page, language.code
    assert ">Khmer<" in page
    page = client.get("/sign-in/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert ">高棉语<" in page
    assert page.count("简体中文") == 2


@pytest.mark.parametrize("code", CODES)
def test_fonts_are_named_only_in_the_language_that_needs_them(client: Client, code: str) -> None:
    page = client.get("/sign-in/", headers={"Accept-Language": code}).content.decode()
    named = [other for other in CODES if f"vendor/fonts/{other}." in page]
    assert named == ([code] if code in {"my", "km", "lo", "si", "th", "ur"} else [])
