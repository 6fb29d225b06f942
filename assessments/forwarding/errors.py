"""What may come of a request to the next server, other than that it took the statements."""


class NotSent(Exception):
    """`code` is for the record and for a person; it names nobody. `pause`: seconds to the next try.

    `tries`: how many requests have failed with it, each of half as many statements.
    """

    pause = 0.0
    tries = 1

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(said or code)
        self.code = code[:40]


class Unavailable(NotSent):
    """No answer, or none that settles anything: try again later."""


class NotAllowed(NotSent):
    """The next server does not let this one pass on its log, whatever the statements."""


class Refusal(NotSent):
    """It refuses something in these statements."""
