"""Values that occur everywhere in a statement (xAPI 1.0.3, part two, 2.2, 4.1 and 4.2).

null keeps none of these rules: it may stand inside extensions only.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import iri, language

Rule = Callable[[Any], None]


def string(value: Any) -> None:
    """Any text; an empty one is an answer too."""
    if type(value) is not str:
        raise Invalid("not-a-string", gettext_noop("This must be text."))


def boolean(value: Any) -> None:
    if type(value) is not bool:
        raise Invalid("not-a-boolean", gettext_noop("This must be true or false."))


def number(value: Any) -> None:
    if type(value) is not int and type(value) is not float:
        raise Invalid("not-a-number", gettext_noop("This must be a number."))


def one_of(choices: Collection[str]) -> Rule:
    def rule(value: Any) -> None:
        if type(value) is not str or value not in choices:
            names = ", ".join(sorted(choices))
            raise Invalid(
                "not-one-of", gettext_noop("This must be one of: %(names)s."), names=names
            )

    return rule


def each(rule: Rule) -> Rule:
    """A list in which every member keeps the rule."""

    def check(value: Any) -> None:
        if type(value) is not list:
            raise Invalid("not-a-list", gettext_noop("This must be a list."))
        for position, member in enumerate(value):
            try:
                rule(member)
            except Invalid as error:
                raise error.within(position) from None

    return check


def fields(value: Any, rules: Mapping[str, Rule], required: tuple[str, ...] = ()) -> None:
    """An object with these keys and no others, each keeping its rule."""
    if type(value) is not dict:
        raise Invalid("not-an-object", gettext_noop("This must be an object."))
    for name in required:
        if name not in value:
            raise Invalid("missing", gettext_noop("This is missing.")).within(name)
    for name, member in value.items():
        rule = rules.get(name)
        if rule is None:
            raise Invalid("unknown-key", gettext_noop("The standard has no such property.")).within(
                name
            )
        try:
            rule(member)
        except Invalid as error:
            raise error.within(name) from None


def keys(value: Any, key: Rule) -> None:
    """An object whose keys all keep the rule."""
    if type(value) is not dict:
        raise Invalid("not-an-object", gettext_noop("This must be an object."))
    for name in value:
        try:
            key(name)
        except Invalid as error:
            raise error.within(name) from None


def extensions(value: Any) -> None:
    """Anything under absolute addresses (4.1)."""
    keys(value, iri)


def language_map(value: Any) -> None:
    """Text under language tags; an empty map is one too (4.2)."""
    keys(value, language)
    for name, text in value.items():
        if type(text) is not str:
            raise Invalid("not-a-string", gettext_noop("This must be text.")).within(name)
