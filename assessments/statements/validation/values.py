"""Values that occur everywhere in a statement (xAPI 1.0.3, part two, 2.2 and 4)."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop

Rule = Callable[[Any], None]

UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>\"{}|\\^`\ud800-\udfff]+")
TIMESTAMP = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|(?!-00(?::?00)?$)[+-]\d\d(?::?\d\d)?)"
)
NUMBER = r"\d+(?:\.\d+)?"
DURATION = re.compile(
    rf"P(?:{NUMBER}W|(?=.)(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}D)?"
    rf"(?:T(?=.)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?)"
)
# RFC 5646, 2.1, without the grandfathered tags.
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)


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


def uuid(value: Any) -> None:
    if type(value) is not str or not UUID.fullmatch(value):
        raise Invalid("not-a-uuid", gettext_noop("This must be a UUID."))


def iri(value: Any) -> None:
    if type(value) is not str or not IRI.fullmatch(value):
        raise Invalid("not-an-iri", gettext_noop("This must be an absolute address (IRI)."))


def timestamp(value: Any) -> None:
    """ISO 8601 with seconds and an offset; -00:00 is no offset (2.2)."""
    if type(value) is str and TIMESTAMP.fullmatch(value):
        try:
            datetime.fromisoformat(value).utctimetuple()
        except (ValueError, OverflowError):
            pass
        else:
            return
    raise Invalid("not-a-timestamp", gettext_noop("This must be a date and time with a time zone."))


def duration(value: Any) -> None:
    if type(value) is not str or not DURATION.fullmatch(value):
        raise Invalid("not-a-duration", gettext_noop("This must be a duration, such as PT30S."))


def language(value: Any) -> None:
    if type(value) is not str or not LANGUAGE.fullmatch(value):
        raise Invalid("not-a-language", gettext_noop("This must be a language tag, such as en."))


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
    """Anything under absolute addresses (4.1.11)."""
    keys(value, iri)


def language_map(value: Any) -> None:
    keys(value, language)
    for name, text in value.items():
        if type(text) is not str:
            raise Invalid("not-a-string", gettext_noop("This must be text.")).within(name)
