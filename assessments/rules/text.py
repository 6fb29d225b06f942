"""When two texts are the same answer, whatever the keyboard, script or punctuation they were typed with."""

import re
import unicodedata

# The digit zero of each script in which people count by tens. A table, not Unicode's own property: the server and
# a tablet of 2021 know different versions of Unicode.
ZEROES = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
)  # fmt: skip
DIGITS = {zero + value: str(value) for zero in ZEROES for value in range(10)}
MARKS = {
    **dict.fromkeys("‘’‚‛′‹›`ʹʻʼˈ", "'"),
    **dict.fromkeys("“”„‟«»「」『』", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
# Urdu typed on an Arabic keyboard.
LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ς": "σ"}
SAME = {**DIGITS, **str.maketrans({**MARKS, **LETTERS})}
# These would fall apart into something else before they are looked up.
EARLY = str.maketrans({"´": "'", "″": '"'})
# Soft hyphens, joiners and zero-width spaces, marks of direction, variation selectors, tatweel and harakat.
UNSEEN = re.compile(
    "[\xad\u034f\u061c\u180b-\u180e\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]+"
)
SPACE = re.compile("[\x00-\x20\x7f-\x9f\u1680\u2028\u2029]+")
STOPS = " .!?؟。។៕။۔"


def normal_text(text: str) -> str:
    """Taken apart, made alike letter by letter and put together again (NFKC), so that doing it twice changes nothing."""
    apart = unicodedata.normalize("NFKD", text.translate(EARLY)).lower()
    alike = UNSEEN.sub("", apart).translate(SAME)
    return SPACE.sub(" ", unicodedata.normalize("NFKC", alike)).rstrip(STOPS).lstrip(" ")
