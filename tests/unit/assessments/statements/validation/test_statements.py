"""What a statement has, and in what version (2.2, 2.4, 2.4.1, 2.4.8 and 2.4.10; 2.0: 4.2.1)."""

from collections.abc import Iterator
from typing import Any

import pytest

from assessments.statements.validation import Invalid, check
from tests.unit.assessments.statements.validation.examples import (
    ABSENT,
    ATTACHMENT,
    GROUP,
    MEMBER,
    REFERENCE,
    SUB_STATEMENT,
    about,
    changed,
    put,
    refused,
)


def test_without_an_id_the_server_makes_one_but_the_app_has_to_bring_it(version: str) -> None:
    nameless = changed(("id", ABSENT))
    check(nameless, version)
    with pytest.raises(Invalid, match="This is missing"):
        check(nameless, version, require_id=True)


@pytest.mark.parametrize("name", ["actor", "verb", "object"])
def test_actor_verb_and_object_are_needed(name: str, version: str) -> None:
    refused(changed((name, ABSENT)), "missing", name, version)


VERSIONS = {
    "1.0.3": (
        ["1.0", "1.0.0", "1.0.3", "1.0.9"],
        ["2.0.0", "1.1.0", "0.9.9", "1", "", 1.0, "1.0."],
    ),
    "2.0.0": (
        ["2.0.0", "2.0.1", "1.0.3", "1.0"],
        ["2.1.0", "3.0.0", "1.1.0", "2", "", 2.0, "2.0.x", "2.0.\u0661"],
    ),
}


def test_a_statement_names_a_version_that_the_mode_knows(version: str) -> None:
    right, wrong = VERSIONS[version]
    for named in right:
        check(changed(("version", named)), version)
    for other in wrong:
        refused(changed(("version", other)), "unknown-version", "version", version)


def test_an_unknown_mode_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        check(changed(), "0.95")


@pytest.mark.parametrize("name", ["stored", "timestamp"])
def test_times_are_times_even_those_the_server_replaces(name: str, version: str) -> None:
    refused(changed((name, "yesterday")), "not-a-timestamp", name, version)


OF_A_RECORD = ("id", "stored", "authority", "version")


def whole(version: str) -> dict[str, Any]:
    """A statement in which nearly every property of the standard stands."""
    made = changed(
        ("actor", {**GROUP, "name": "Team", "member": [{**MEMBER, "name": "A"}]}),
        ("object/definition/name", {"en": "Visit"}),
        ("object/definition/description", {"en": "A visit"}),
        ("object/definition/moreInfo", "https://a.example/more"),
        ("object/definition/interactionType", "choice"),
        ("object/definition/correctResponsesPattern", ["a"]),
        ("object/definition/choices", [{"id": "a", "description": {"en": "A"}}]),
        ("result/duration", "PT1S"),
        ("result/response", "a"),
        ("context/instructor", MEMBER),
        ("context/team", GROUP),
        ("context/revision", "1"),
        ("context/statement", REFERENCE),
        ("context/contextActivities/category", [{"objectType": "Activity", "id": "urn:x:1"}]),
        ("attachments", [{**ATTACHMENT, "description": {"en": "A"}, "fileUrl": "urn:x:f"}]),
        ("authority", MEMBER),
        ("stored", "2026-11-22T10:00:00Z"),
        ("version", "1.0.0"),
    )
    if version == "2.0.0":
        types = ["https://a.example/types/witness"]
        put(
            made,
            "context/contextAgents",
            [{"objectType": "contextAgent", "agent": MEMBER, "relevantTypes": types}],
        )
        put(
            made,
            "context/contextGroups",
            [{"objectType": "contextGroup", "group": GROUP, "relevantTypes": types}],
        )
    return made


def places(value: object, path: str = "") -> Iterator[str]:
    """Every path in it, but for what stands in extensions."""
    members = value.items() if isinstance(value, dict) else []
    if isinstance(value, list):
        members = enumerate(value)
    for name, member in members:
        yield f"{path}{name}"
        if name != "extensions":
            yield from places(member, f"{path}{name}/")


def at(made: Any, path: str) -> Any:
    for name in path.split("/")[:-1]:
        made = made[int(name)] if isinstance(made, list) else made[name]
    return made


def wholes(version: str) -> list[dict[str, Any]]:
    """One, and one in which the same stands in a sub-statement."""
    inner = {key: value for key, value in whole(version).items() if key not in OF_A_RECORD}
    return [whole(version), about({**SUB_STATEMENT, **inner})]


def test_everything_at_once_is_right(version: str) -> None:
    for made in wholes(version):
        check(made, version)


@pytest.mark.parametrize("value", [None, ["x", {}], {"x": {}}, True], ids=str)
def test_null_and_what_is_of_another_type_is_refused_everywhere(
    value: object, version: str
) -> None:
    """2.2: wrong types, and null but inside extensions."""
    for number, made in enumerate(wholes(version)):
        for path in places(made):
            if value is True and path.endswith(("success", "completion")):
                continue
            other = wholes(version)[number]
            place, name = at(other, path), path.split("/")[-1]
            place[int(name) if isinstance(place, list) else name] = value
            with pytest.raises(Invalid):
                check(other, version)


def test_the_case_of_every_key_matters(version: str) -> None:
    """2.2; language tags have no case."""
    for number, made in enumerate(wholes(version)):
        for path in places(made):
            name = path.split("/")[-1]
            if name.isdigit() or name == "en":
                continue
            other = wholes(version)[number]
            place = at(other, path)
            place[name.swapcase()] = place.pop(name)
            with pytest.raises(Invalid):
                check(other, version)


def test_extensions_hold_anything(version: str) -> None:
    """4.1: nothing is refused for the values of extensions; their keys are IRIs."""
    values = {f"https://a.example/{n}": v for n, v in enumerate([None, "", {}, [], 0, [None]])}
    for place in ("result", "context", "object/definition"):
        check(changed((f"{place}/extensions", values)), version)
        check(changed((f"{place}/extensions", {})), version)
        refused(
            changed((f"{place}/extensions", {"": 1})),
            "not-an-iri",
            f"{place.replace('/', '.')}.extensions.",
            version,
        )
    for place in ("", "verb/", "actor/", "object/", "result/score/"):
        with pytest.raises(Invalid, match="no such property"):
            check(changed((f"{place}extensions", values)), version)


@pytest.mark.parametrize(
    "path",
    ["result/response", "actor/name", "context/platform", "context/revision", "actor/account/name"],
)
def test_plain_text_may_be_empty(path: str, version: str) -> None:
    """2.2 asks for more than an empty text only where a format is required."""
    check(changed((path, "")), version)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("id", "not-a-uuid"),
        ("verb/id", "not-an-iri"),
        ("object/id", "not-an-iri"),
        ("object/definition/type", "not-an-iri"),
        ("object/definition/moreInfo", "not-an-iri"),
        ("actor/account/homePage", "not-an-iri"),
        ("result/duration", "not-a-duration"),
        ("context/registration", "not-a-uuid"),
        ("context/language", "not-a-language"),
        ("timestamp", "not-a-timestamp"),
    ],
)
def test_text_in_a_format_may_not_be_empty(path: str, code: str, version: str) -> None:
    refused(changed((path, "")), code, path.replace("/", "."), version)


@pytest.mark.parametrize(
    "path",
    ["result", "result/score", "context", "context/contextActivities", "verb/display",
     "object/definition", "object/definition/name"],
)  # fmt: skip
def test_an_empty_object_is_odd_but_allowed(path: str, version: str) -> None:
    """2.2 advises against it, no more."""
    check(changed((path, {})), version)
