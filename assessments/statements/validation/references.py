"""References to other statements (xAPI 1.0.3, part two, 2.4.4.3)."""

from typing import Any

from assessments.statements.validation.formats import uuid
from assessments.statements.validation.values import fields, one_of

REFERENCE = {"objectType": one_of({"StatementRef"}), "id": uuid}


def reference(value: Any) -> None:
    """The statement itself need not be known yet."""
    fields(value, REFERENCE, required=("objectType", "id"))
