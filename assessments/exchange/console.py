"""How the commands say why they stop."""

import contextlib
from collections.abc import Iterator

from django.core.management.base import CommandError

from assessments.exchange.errors import ExchangeError
from elearning.errors import ServiceError


@contextlib.contextmanager
def one_line() -> Iterator[None]:
    """What a person can mend, as a CommandError of one line."""
    try:
        yield
    except ExchangeError as error:
        raise CommandError(str(error)) from error
    except ServiceError as error:
        raise CommandError(error.message) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise CommandError(
            f"The file could not be read or written: {error.strerror or error}{where}."
            " Check the stick, its free space and who may write there, then run this again."
        ) from error
