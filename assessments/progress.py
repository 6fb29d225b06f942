"""Progress: a reader of the statement log."""


def catch_up() -> None:
    """Read what the log holds and progress does not know yet."""
