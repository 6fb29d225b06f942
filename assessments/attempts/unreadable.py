"""What may go wrong with a statement of a shape that no rule foresaw; it must not stop the reader for everybody."""

from assessments.rules.progress import Unreadable

UNREADABLE = (
    Unreadable,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
