"""Verbs (xAPI 1.0.3, part two, 2.4.3)."""

from typing import Any

from assessments.statements.validation.formats import iri
from assessments.statements.validation.values import fields, language_map

# The one verb with a meaning in the standard itself: it takes back another statement (2.3.2).
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
VERB = {"id": iri, "display": language_map}


def verb(value: Any) -> None:
    fields(value, VERB, required=("id",))
