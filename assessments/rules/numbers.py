"""What number a typed text may be, in the habits of every country: "1,234" is one and a bit, or a thousand."""

import re
from fractions import Fraction

from assessments.rules.text import normal_text

# Longer than this nobody types a number.
LONGEST = 40
# Decimal and thousands signs of Arabic script; the Burmese letter wa, which many keyboards give for zero.
SIGNS = str.maketrans({"٫": ".", "٬": "'", "،": ",", "ဝ": "0"})
SIGNED = re.compile(r"([+-]?) ?(.+)")
PLAIN = re.compile(r"([0-9]*)(?:[.,]([0-9]+))?")
# By thousands, or by lakh and crore: one sign all through, and only another one for decimals.
THOUSANDS = re.compile(r"([1-9][0-9]{0,2}([ '.,])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")
LAKHS = re.compile(r"([1-9][0-9]?([ '.,])[0-9]{2}(?:\2[0-9]{2})*\2[0-9]{3})(?:(?!\2)[.,]([0-9]+))?")
EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def readings(text: str) -> list[str]:
    """None, one or two decimals without needless zeros; first the one that takes the sign for a decimal sign."""
    typed = normal_text(text).translate(SIGNS)
    signed = SIGNED.fullmatch(typed) if len(typed) <= LONGEST else None
    if not signed:
        return []
    sign, body = signed.groups()
    found = [(plain[1], plain[2])] if (plain := PLAIN.fullmatch(body)) else []
    if grouped := THOUSANDS.fullmatch(body) or LAKHS.fullmatch(body):
        found.append((re.sub("[^0-9]", "", grouped[1]), grouped[3]))
    return [_decimal(sign, whole, part or "") for whole, part in found]


def _decimal(sign: str, whole: str, part: str) -> str:
    number = (whole.lstrip("0") or "0") + f".{part}".rstrip("0").rstrip(".")
    return f"-{number}" if sign == "-" and number != "0" else number


def exact(text: object) -> Fraction | None:
    """The value of a decimal as a key has it: "-12.5"."""
    return Fraction(text) if isinstance(text, str) and EXACT.fullmatch(text) else None
