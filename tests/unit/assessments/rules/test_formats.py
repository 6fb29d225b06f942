"""Which of its languages a text is given out in (RFC 4647, 3.4)."""

import pytest

from assessments.rules.formats import in_one_language


@pytest.mark.parametrize(
    ("wanted", "there", "given"),
    [
        ("fr", "en fr", "fr"),
        ("pt-br", "en pt", "pt"),
        ("pt-br", "en pt pt-BR", "pt-BR"),
        ("zh-hant-tw", "zh zh-Hant", "zh-Hant"),
        ("zh-hant-x-private1", "en zh-Hant-x zh-Hant", "zh-Hant"),
        ("fr-ch en", "en fr", "fr"),
        ("pt-br en", "de en", "en"),
        ("en", "de en-GB", "en-GB"),
        ("en", "en-GB en", "en"),
        ("en", "de eng", "de"),
        ("th", "de en", "de"),
        ("*", "de en", "de"),
        ("* en", "de en", "en"),
        ("en *", "de fr", "de"),
        ("", "de en", "de"),
        ("en", "", ""),
    ],
)
def test_a_text_is_given_in_the_best_language_there_is(wanted: str, there: str, given: str) -> None:
    texts = {tag: f"in {tag}" for tag in there.split()}
    found = in_one_language({"display": texts}, wanted.split())
    assert found == {"display": {tag: f"in {tag}" for tag in given.split()}}
