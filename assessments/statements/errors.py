"""Why statements are not stored; nothing of a refused batch is."""

from django.utils.translation import gettext as _

from elearning.errors import ServiceError


class Refused(ServiceError):
    """A statement is not right, or the request as a whole; `statement` names it where it can."""

    def __init__(
        self, code: str, message: str, *, statement: str | None = None, path: str = ""
    ) -> None:
        super().__init__(code, message, statement=statement, path=path)


class Foreign(Refused):
    """It speaks of another person than the one whose grant carries it."""

    status = 403

    def __init__(self, statement: str) -> None:
        super().__init__(
            "other-person",
            _("This answer belongs to another person than the one who sends it."),
            statement=statement,
            path="actor",
        )


class Conflict(Refused):
    """Its id is taken by a statement that says something else."""

    status = 409

    def __init__(self, statement: str) -> None:
        self.statement = statement
        super().__init__(
            "conflict",
            _("Another answer is already stored under this id."),
            statement=statement,
            path="id",
        )


class TooLarge(Refused):
    status = 413

    def __init__(self, code: str = "too-large", message: str = "") -> None:
        super().__init__(code, message or _("The request is too large. Send less at once."))
