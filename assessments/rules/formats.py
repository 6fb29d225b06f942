"""The forms in which statements are given out (xAPI 1.0.3, part three, 2.1.3, `format`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
IDENTIFIERS = ("objectType", "mbox", "mbox_sha1sum", "openid", "account")
AGENTS = ("Agent", "Group")


def ids(statement: Json) -> Json:
    """Agents, activities, verbs and groups with nothing but what identifies them."""
    return _changed(
        statement,
        _ids_of_agent,
        lambda activity: _only(activity, ("id",)),
        _ids_of_verb,
    )


def canonical(statement: Json, definitions: Mapping[str, Json], languages: Sequence[str]) -> Json:
    """Activities with the definition that the store has of them, and each text in one language."""

    def activity(value: Json) -> Json:
        definition = definitions.get(value["id"], value.get("definition"))
        return (
            value | {"definition": in_one_language(definition, languages)} if definition else value
        )

    def verb(value: Json) -> Json:
        return in_one_language(value, languages)

    return _changed(statement, lambda agent: agent, activity, verb)


def activity_ids(statement: Json) -> set[str]:
    """Of all activities that `canonical` would want the definition of."""
    found: set[str] = set()

    def note(activity: Json) -> Json:
        found.add(activity["id"])
        return activity

    _changed(statement, lambda agent: agent, note, lambda verb: verb)
    return found


def in_one_language(value: Json, languages: Sequence[str]) -> Json:
    """Every language map in a verb or definition cut to the best of its languages.

    `languages` are ranges in lower case, the best first.
    """
    cut: Json = {}
    for name, inner in value.items():
        if name in ("display", "name", "description") and isinstance(inner, dict):
            cut[name] = _best(inner, languages)
        elif name in ("choices", "scale", "source", "target", "steps"):
            cut[name] = [in_one_language(component, languages) for component in inner]
        else:
            cut[name] = inner
    return cut


def _best(texts: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Of the first language asked for that there is; else the first there is (RFC 4647, 3.4).

    Other than there, who asks for `en` is given `en-GB` where no `en` is. `*` asks for any, which
    is what remains when none of the others is there.
    """
    tags = {tag.lower(): tag for tag in reversed(texts)}
    for wanted in languages:
        longer = (tag for tag in texts if tag.lower().startswith(f"{wanted}-"))
        found = next((tags[each] for each in _shortened(wanted) if each in tags), None)
        if tag := found or next(longer, None):
            return {tag: texts[tag]}
    return dict(list(texts.items())[:1])


def _shortened(wanted: str) -> Iterator[str]:
    """The language range, and without its last part, and so on; a single letter goes with what it opens."""
    parts = wanted.split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
        while parts and len(parts[-1]) == 1:
            parts.pop()


Change = Callable[[Json], Json]


def _changed(statement: Json, agent: Change, activity: Change, verb: Change) -> Json:
    """The statement with each of its agents, activities and verbs changed, also those of its sub-statement."""
    out = dict(statement)
    out["actor"] = agent(statement["actor"])
    out["verb"] = verb(statement["verb"])
    out["object"] = _object(statement["object"], agent, activity, verb)
    if "authority" in statement:
        out["authority"] = agent(statement["authority"])
    if "context" in statement:
        out["context"] = _context(statement["context"], agent, activity)
    return out


def _object(thing: Json, agent: Change, activity: Change, verb: Change) -> Json:
    kind = thing.get("objectType", "Activity")
    if kind in AGENTS:
        return agent(thing)
    if kind == "SubStatement":
        return _changed(thing, agent, activity, verb)
    return activity(thing) if kind == "Activity" else thing


def _context(context: Json, agent: Change, activity: Change) -> Json:
    out = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            out[name] = agent(context[name])
    if "contextActivities" in context:
        out["contextActivities"] = {
            name: [activity(each) for each in ([value] if isinstance(value, dict) else value)]
            for name, value in context["contextActivities"].items()
        }
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            out[name] = [entry | {inner: agent(entry[inner])} for entry in context[name]]
    return out


def _ids_of_agent(agent: Json) -> Json:
    """An anonymous group is identified by its members."""
    named = _only(agent, IDENTIFIERS)
    if named.keys() <= {"objectType"} and "member" in agent:
        named["member"] = [_ids_of_agent(member) for member in agent["member"]]
    return named


def _ids_of_verb(verb: Json) -> Json:
    return _only(verb, ("id",))


def _only(value: Json, names: Sequence[str]) -> Json:
    return {name: value[name] for name in names if name in value}
