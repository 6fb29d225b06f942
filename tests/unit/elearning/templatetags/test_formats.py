import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from elearning import languages


def render(expression: str, value: object, language: str) -> str:
    with translation.override(language):
        template = Template("{% load formats %}{{ value|" + expression + " }}")
        return (
            template.render(Context({"value": value})).replace("\xa0", " ").replace("\u202f", " ")
        )


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "1 kB"), (73_020, "73 kB"), (1_250_000, "1.2 MB"), (3_400_000_000, "3.4 GB")],
)
def test_a_size_is_in_the_largest_unit_that_fits(size: int, text: str) -> None:
    assert render("filesize", size, "en") == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(301, "5 minutes"), (-7200, "2 hours"), (-260_000, "3 days"), (1_767_225_600, "56 years")],
)
def test_a_span_of_time_is_in_the_largest_unit_that_fits(seconds: int, text: str) -> None:
    assert render("timespan", seconds, "en") == text


@pytest.mark.parametrize("code", sorted(languages.BY_CODE))
def test_no_language_but_english_gets_an_english_span(code: str) -> None:
    text = render("timespan", 1_767_225_600, code)
    assert "56" in text
    assert ("years" in text) == (code == "en")


def test_numbers_follow_the_language() -> None:
    assert render("number", 12345.5, "en") == "12,345.5"
    assert render("number", 12345.5, "id") == "12.345,5"
    assert render("percent", 0.85, "mk") == "85 %"


@pytest.mark.parametrize("code", sorted(languages.BY_CODE))
def test_no_language_but_english_gets_an_english_date(code: str) -> None:
    text = render("date", dt.date(2026, 5, 23), code)
    assert ("May" in text) == (code == "en")


@pytest.mark.parametrize("name", ["number", "filesize", "timespan", "date", "datetime"])
def test_nothing_is_shown_for_nothing(name: str) -> None:
    assert render(name, None, "en") == ""
