"""Keeping the catalogues in step with the sources, and finding what is wrong in them."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from elearning import languages
from scripts import messages

SERBIAN = languages.BY_CODE["sr"]
BURMESE = languages.BY_CODE["my"]


def template(*msgids: str | tuple[str, str]) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for msgid in msgids:
        catalog.add(msgid, locations=[("a.py", 0)])
    return catalog


def po(text: str) -> Catalog:
    import io

    return read_po(io.BytesIO(text.encode()), locale="my", charset="utf-8")


def test_an_update_keeps_translations_and_guesses_none() -> None:
    first = messages.updated(b"", template("Send now", "Old"), SERBIAN).decode()
    done = first.replace(
        'msgid "Send now"\nmsgstr ""', '# machine\nmsgid "Send now"\nmsgstr "Пошаљи"'
    ).replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "Старо"')
    again = messages.updated(done.encode(), template("Send now", "Send now!"), SERBIAN).decode()
    assert '# machine\n#: a.py\nmsgid "Send now"\nmsgstr "Пошаљи"' in again
    assert 'msgid "Send now!"\nmsgstr ""' in again
    assert '#~ msgid "Old"\n#~ msgstr "Старо"' in again
    assert "fuzzy" not in again


def test_a_translation_comes_back_with_its_string() -> None:
    full = messages.updated(b"", template("A", "B"), SERBIAN).decode()
    done = full.replace('msgid "B"\nmsgstr ""', 'msgid "B"\nmsgstr "Б"').encode()
    without = messages.updated(done, template("A"), SERBIAN)
    assert (
        'msgid "B"\nmsgstr "Б"' in messages.updated(without, template("A", "B"), SERBIAN).decode()
    )


def test_an_update_without_news_changes_no_byte() -> None:
    strings = template("Send now", ("%(n)s day", "%(n)s days"))
    once = messages.updated(b"", strings, SERBIAN)
    assert messages.updated(once, strings, SERBIAN) == once


@pytest.mark.parametrize("language", messages.TRANSLATIONS, ids=lambda language: language.code)
def test_the_header_names_the_language_and_its_own_plural_rule(
    language: languages.Language,
) -> None:
    text = messages.updated(b"", template("A"), language).decode()
    assert list(messages.wrong_headers(text, language)) == []


def test_a_header_of_another_language_is_found() -> None:
    text = messages.updated(b"", template("A"), BURMESE).decode()
    assert len(list(messages.wrong_headers(text, SERBIAN))) == 2


@pytest.mark.parametrize(
    ("entry", "problems"),
    [
        ('msgid "%(n)s of %(m)s"\nmsgstr "%(m)s / %(n)s"', 0),
        ('msgid "%(n)s of %(m)s"\nmsgstr "%(n)s"', 1),
        ('msgid "Hello"\nmsgstr "%(name)s"', 1),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "ဟယ်လို"', 1),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s"', 0),
        ('msgid "Nobody yet"\nmsgstr ""', 0),
    ],
)
def test_a_translation_must_have_the_placeholders_of_its_source(entry: str, problems: int) -> None:
    header = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    assert len(list(messages.wrong_messages(po(header + entry), BURMESE))) == problems


def test_a_plural_needs_every_form_of_its_language() -> None:
    header = f'msgid ""\nmsgstr ""\n"Plural-Forms: {SERBIAN.plural_forms}\\n"\n\n'
    entry = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "дан"\nmsgstr[1] "дана"\nmsgstr[2] ""'
    assert len(list(messages.wrong_messages(po(header + entry), SERBIAN))) == 1
