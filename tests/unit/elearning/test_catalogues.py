"""Interface texts for the learner's app."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from elearning import catalogues

SERBIAN = """
msgid ""
msgstr ""
"Language: sr\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

# machine
msgid "Send now"
msgstr "Пошаљи одмах"

msgctxt "state"
msgid "Passed"
msgstr "Положено"

msgid "Not translated yet"
msgstr ""

#, fuzzy
msgid "Guessed by a tool"
msgstr "Погођено"

msgid "%(count)s answer"
msgid_plural "%(count)s answers"
msgstr[0] "%(count)s одговор"
msgstr[1] "%(count)s одговора"
msgstr[2] "%(count)s одговора"

msgid "one lesson"
msgid_plural "lessons"
msgstr[0] "лекција"
msgstr[1] ""
msgstr[2] ""

#~ msgid "Gone"
#~ msgstr "Нема"
"""


def forget() -> None:
    catalogues.javascript_catalogue.cache_clear()
    catalogues.catalogue_version.cache_clear()


@pytest.fixture
def serbian(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "sr" / "LC_MESSAGES" / "djangojs.po"
    path.parent.mkdir(parents=True)
    path.write_text(SERBIAN)
    forget()
    yield path
    forget()


def test_the_app_gets_what_is_translated_and_nothing_else(serbian: Path) -> None:
    names = catalogues.languages.names_in("sr")
    named = {catalogues.languages.BY_CODE[code].english: name for code, name in names.items()}
    assert named["Khmer"] == "кмерски"
    assert catalogues.javascript_catalogue("sr") == named | {
        "Send now": "Пошаљи одмах",
        "state\x04Passed": "Положено",
        "%(count)s answer": ["%(count)s одговор", "%(count)s одговора", "%(count)s одговора"],
    }


def test_a_language_without_a_catalogue_leaves_the_app_in_english(serbian: Path) -> None:
    assert catalogues.javascript_catalogue("th") == {}


def test_the_version_changes_with_a_text_and_not_with_a_comment(serbian: Path) -> None:
    first = catalogues.catalogue_version("sr")
    serbian.write_text(SERBIAN.replace("# machine\n", ""))
    forget()
    assert catalogues.catalogue_version("sr") == first
    serbian.write_text(SERBIAN.replace("Пошаљи одмах", "Пошаљи сада"))
    forget()
    assert catalogues.catalogue_version("sr") != first


def test_simplified_chinese_lies_in_the_folder_that_gettext_expects() -> None:
    assert catalogues.path_of("zh-hans", "djangojs").parts[-3] == "zh_Hans"
