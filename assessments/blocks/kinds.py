"""What every kind of item in the bank has in common as a block."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.problems import MESSAGES, NoFiles, body_problems
from assessments.rules.problems import Problem
from modules.parts import Files

Json = dict[str, Any]
# The field that is wrong and a sentence for the author.
Mistake = tuple[str, str | Promise]


class KindBlock(blocks.StructBlock):
    """The body of an item of one kind; an item is half written as long as it is a draft."""

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        """What the officer is shown and, apart from it, the key (docs/formats.md, "Item")."""
        raise NotImplementedError

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        """What must be mended before the item can be published."""
        yield from ()

    def problems(self, value: Any) -> list[Problem]:
        """What the rules find in a value that has no mistake in any one field."""
        return body_problems(self.name, *self.document(value, "", NoFiles()))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        found: dict[str, list[str | Promise]] = {}
        for field, message in self.mistakes(cleaned):
            found.setdefault(field, []).append(message)
        if found:
            errors = {field: self._error(field, messages) for field, messages in found.items()}
            raise blocks.StructBlockValidationError(block_errors=errors)
        if problems := self.problems(cleaned):
            whole = [ValidationError(str(MESSAGES[problem])) for problem in problems]
            raise blocks.StructBlockValidationError(non_block_errors=whole)
        return cleaned

    def _error(self, field: str, messages: list[str | Promise]) -> ValidationError:
        errors = [ValidationError(str(message)) for message in messages]
        if isinstance(self.child_blocks[field], blocks.ListBlock):
            return blocks.ListBlockValidationError(non_block_errors=errors)
        return ValidationError(errors)


def scoring_block(*, penalty: bool = False) -> blocks.ChoiceBlock:
    choices = [
        ("all", _("All or nothing")),
        ("partial", _("A part of the point for each right one")),
    ]
    if penalty:
        choices.append(("penalty", _("A part for each right one, less one for each wrong one")))
    return blocks.ChoiceBlock(label=_("Scoring"), choices=choices, default="all")


def spellings_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Accepted answers"),
        rows=3,
        help_text=_(
            "One a line. Capitals, spaces, digits of other scripts and a full stop make no difference."
        ),
    )


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def texts(children: Any) -> list[Json]:
    """`{id, text}` of each child of a ListBlock of plain texts."""
    return [{"id": str(child.id), "text": child.value} for child in children.bound_blocks]


def by_id(entries: list[Json]) -> list[Json]:
    """In the order of ids, which tells nothing about the right one."""
    return sorted(entries, key=lambda entry: entry["id"])
