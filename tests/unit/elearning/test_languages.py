"""The twelve languages."""

import datetime as dt

import pytest
from babel import Locale
from babel.dates import format_date
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from elearning import languages
from elearning.templatetags import formats

CODES = [language.code for language in languages.ALL]


def test_there_are_the_twelve_languages_of_the_report() -> None:
    assert sorted(CODES) == sorted(
        ["en", "my", "zh-hans", "id", "km", "lo", "mk", "ur", "sr", "si", "th", "vi"]
    )
    assert [code for code, _name in settings.LANGUAGES] == CODES


@pytest.mark.parametrize("language", languages.ALL, ids=CODES)
def test_django_knows_each_language_by_name_and_direction(language: languages.Language) -> None:
    info = get_language_info(language.code)
    assert language.code in LANG_INFO
    assert info["name_local"]
    assert info["bidi"] == language.rtl
    assert info["bidi"] == (Locale.parse(language.locale).text_direction == "rtl")


def test_only_urdu_runs_from_right_to_left() -> None:
    assert [language.code for language in languages.ALL if language.rtl] == ["ur"]


def test_every_language_has_its_own_name_in_its_own_script() -> None:
    assert len({language.name for language in languages.ALL}) == 12
    for language in languages.ALL:
        if language.code in {"en", "id", "vi"}:
            continue
        assert not language.name.isascii(), language.name


@pytest.mark.parametrize("code", ["my", "km", "lo", "si", "ur", "th", "mk", "sr", "zh-hans"])
def test_a_date_is_not_written_in_english(code: str) -> None:
    locale = languages.BY_CODE[code].locale
    written = format_date(dt.date(2026, 11, 23), format="long", locale=locale)
    assert not written.isascii()
    assert "November" not in written


@pytest.mark.parametrize("code", ["my", "lo", "si"])
def test_the_pages_write_dates_in_the_active_language(code: str) -> None:
    from django.utils import translation

    with translation.override(code):
        shown = formats.date(dt.date(2026, 11, 23))
    assert shown == format_date(
        dt.date(2026, 11, 23), format="medium", locale=languages.BY_CODE[code].locale
    )
    assert shown != format_date(dt.date(2026, 11, 23), format="medium", locale="en")


@pytest.mark.parametrize(
    ("code", "forms"),
    [("my", [0, 0, 0]), ("id", [0, 0, 0]), ("ur", [0, 1, 1]), ("mk", [0, 1, 0]), ("sr", [0, 1, 0])],
)
def test_plural_forms_choose_the_form_that_the_language_wants(code: str, forms: list[int]) -> None:
    from gettext import c2py

    rule = languages.BY_CODE[code].plural_forms.split("plural=", 1)[1].rstrip(";")
    assert [c2py(rule)(number) for number in (1, 2, 21)] == forms


@pytest.mark.parametrize("code", CODES)
def test_the_other_languages_are_named_in_each_language(code: str) -> None:
    names = languages.names_in(code)
    assert code not in names
    assert {"my", "km", "lo", "si", "th", "ur"} - {code} <= names.keys()
    assert all(names.values())
