"""xAPI 1.0.3 statements, checked strictly and in one pass; no Django in this package.

Each file holds the rules of one part of a statement. A rule takes a value and raises Invalid; the
path is put together while the error travels out, so that a good statement pays nothing for it.
What a tablet has no use for yet (groups as actors, sub-statements, references, attachments) is
refused as unknown, never stored unread.
"""

from assessments.statements.validation.actors import agent, agent_or_group
from assessments.statements.validation.errors import Invalid
from assessments.statements.validation.statement import check
from assessments.statements.validation.values import iri, timestamp, uuid

__all__ = ["Invalid", "agent", "agent_or_group", "check", "iri", "timestamp", "uuid"]
