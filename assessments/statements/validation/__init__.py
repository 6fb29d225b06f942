"""xAPI statements of 1.0.3 and 2.0.0, checked strictly and in one pass; no Django in this package.

Each file holds the rules of one part of a statement. A rule takes a value and raises Invalid; the
path is put together while the error travels out, so that a good statement pays nothing for it.
Everything the standard knows is checked, and what it does not know is refused, never stored unread.
Numbers that JSON cannot write, halves of characters and deep nesting are for whoever reads the
bytes: the values of extensions are not looked at.
"""

from assessments.statements.validation.activities import activity
from assessments.statements.validation.actors import agent, agent_or_group, group
from assessments.statements.validation.errors import Invalid
from assessments.statements.validation.formats import iri, language, uuid
from assessments.statements.validation.statement import check
from assessments.statements.validation.times import timestamp, timestamp_2
from assessments.statements.validation.verbs import VOIDED

__all__ = [
    "VOIDED",
    "Invalid",
    "activity",
    "agent",
    "agent_or_group",
    "check",
    "group",
    "iri",
    "language",
    "timestamp",
    "timestamp_2",
    "uuid",
]
