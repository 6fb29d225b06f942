"""Why a document is not given out or not changed."""

from django.utils.translation import gettext as _

from elearning.errors import ServiceError


class NotFound(ServiceError):
    status = 404

    def __init__(self) -> None:
        super().__init__("not-found", _("There is no such document."))


class Unseen(ServiceError):
    """The client would overwrite what it may never have seen."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "document-exists",
            _("There is such a document. Get it, and send its ETag in the header If-Match."),
        )


class Changed(ServiceError):
    status = 412

    def __init__(self) -> None:
        super().__init__(
            "document-changed",
            _("The document is not in the state that the request names. Get it again."),
        )
