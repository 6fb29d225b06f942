"""Rows of the log, to be compared."""

from typing import Any

from assessments.models import Statement


def columns(rows: Any) -> list[dict[str, Any]]:
    """Every column of the rows, the digest as bytes whatever the database gives."""
    names = [field.attname for field in Statement._meta.concrete_fields]
    found = [{name: getattr(row, name) for name in names} for row in rows]
    return [row | {"digest": bytes(row["digest"])} for row in found]
