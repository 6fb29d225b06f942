"""What is wrong with a statement, and where."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; the caller translates it, since this package is pure."""
    return sentence


class Invalid(Exception):
    """`sentence` is a msgid with %-placeholders for `values`; `path` runs from the outside in."""

    def __init__(self, code: str, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self.code = code
        self.sentence = sentence
        self.values = values
        self.path: list[str] = []

    def within(self, name: str | int) -> "Invalid":
        """The same error, seen from one level further out."""
        self.path.insert(0, str(name))
        return self
