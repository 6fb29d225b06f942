"""The errors that services raise and views turn into an answer."""

from django.utils.translation import gettext as _


class ServiceError(Exception):
    """Something the person can mend; `message` says what to do, in the active language."""

    status = 400

    def __init__(self, code: str, message: str, **detail: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail

    def as_json(self) -> dict[str, object]:
        return {"error": self.code, "message": self.message, **self.detail}


class Unauthorized(ServiceError):
    status = 401

    def __init__(self) -> None:
        super().__init__(
            "unknown-token",
            _("This tablet is not signed in any more. Sign in again; nothing is lost."),
        )
