"""Finding the strings that a person sees."""

import pytest

from scripts.extraction import NotLiteral, javascript_strings, python_strings, template_strings


def found_in_javascript(source: str) -> list[object]:
    return [message for message, _context, _comments in javascript_strings(source)]


def test_a_string_in_a_template_inside_a_template_is_found() -> None:
    source = (
        "html`<p>${open ? html`<b title=${gettext('Close')}>${gettext(\"It's\")}</b>` : ''}</p>`"
    )
    assert found_in_javascript(source) == ["Close", "It's"]


def test_plural_and_context_are_found_in_javascript() -> None:
    source = "ngettext('%(n)s day', '%(n)s days', n); pgettext('state', 'Open')"
    assert list(javascript_strings(source)) == [
        (("%(n)s day", "%(n)s days"), None, []),
        ("Open", "state", []),
    ]


def test_a_helper_around_ngettext_is_followed() -> None:
    source = (
        "const count = (singular, plural, n) => interpolate(ngettext(singular, plural, n), {n});\n"
        "count('%(count)s question', '%(count)s questions', 3)"
    )
    assert found_in_javascript(source) == [("%(count)s question", "%(count)s questions")]


def test_a_string_put_together_at_run_time_is_refused() -> None:
    with pytest.raises(NotLiteral):
        found_in_javascript("gettext('Hello ' + name) + gettext(title)")


def test_definitions_and_methods_of_the_same_name_are_no_strings() -> None:
    source = "export function gettext(text) {}\nexport const pgettext = (c, t) => t;\nx.gettext(y)"
    assert found_in_javascript(source) == []


def test_templates_give_their_strings_whatever_their_indentation() -> None:
    source = (
        "<p>\n      {% trans 'Save' %}\n  {% blocktrans count n=items|length %}{{ n }} lesson"
        "{% plural %}{{ n }} lessons{% endblocktrans %}\n"
        "{% translate 'Due' context 'date' %}{{ _('Never') }}</p>"
    )
    assert [(message, context) for message, context, _ in template_strings(source)] == [
        ("Save", None),
        (("%(n)s lesson", "%(n)s lessons"), None),
        ("Due", "date"),
        ("Never", None),
    ]


def test_python_gives_its_strings_with_the_note_for_translators() -> None:
    source = "# Translators: a button\nx = _('Send')\ny = ngettext_lazy('%d day', '%d days', n)"
    assert list(python_strings(source)) == [
        ("Send", None, ["Translators: a button"]),
        (("%d day", "%d days"), None, []),
    ]
