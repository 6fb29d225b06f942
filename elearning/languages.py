"""The twelve languages of the platform (CTOC/COP/2018/1, par. 32), in one place."""

import functools
from dataclasses import dataclass

import django.conf.locale
from babel import Locale


@dataclass(frozen=True)
class Language:
    """One language: its BCP 47 code in lower case, its name in itself and in English.

    `plural_forms` is the gettext Plural-Forms header, written by hand because Babel and Django
    disagree on my, id and mk.
    """

    code: str
    name: str
    english: str
    rtl: bool = False
    plural_forms: str = "nplurals=1; plural=0;"

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"

    @property
    def locale(self) -> str:
        """The name of its folder in locale/ and of its Babel locale: zh-hans is zh_Hans."""
        return "zh_Hans" if self.code == "zh-hans" else self.code


ONE_OR_MORE = "nplurals=2; plural=(n != 1);"
SERBIAN = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :"
    " n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
MACEDONIAN = "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);"

ALL = [
    Language("en", "English", "English", plural_forms=ONE_OR_MORE),
    Language("my", "မြန်မာ", "Burmese"),
    Language("zh-hans", "简体中文", "Chinese"),
    Language("id", "Bahasa Indonesia", "Indonesian"),
    Language("km", "ខ្មែរ", "Khmer"),
    Language("lo", "ລາວ", "Lao"),
    Language("mk", "Македонски", "Macedonian", plural_forms=MACEDONIAN),
    Language("ur", "اردو", "Urdu", rtl=True, plural_forms=ONE_OR_MORE),
    Language("sr", "Српски", "Serbian", plural_forms=SERBIAN),
    Language("si", "සිංහල", "Sinhala", plural_forms=ONE_OR_MORE),
    Language("th", "ไทย", "Thai"),
    Language("vi", "Tiếng Việt", "Vietnamese"),
]
BY_CODE = {language.code: language for language in ALL}
SOURCE = BY_CODE["en"]


@functools.cache
def names_in(code: str) -> dict[str, str]:
    """What a language calls each of the twelve (CLDR), by their codes; a reader without the fonts
    of the others finds them by it. A name that says no more than the language's own is left out."""
    known = Locale.parse(BY_CODE[code].locale).languages
    found = {
        other.code: other.english if code == SOURCE.code else known[other.locale] for other in ALL
    }
    return {
        other: name
        for other, name in found.items()
        if other != code and name.casefold() != BY_CODE[other].name.casefold()
    }


def register_with_django() -> None:
    """Django lacks Lao and Sinhala; without this every look-up of their names fails."""
    for code in ("lo", "si"):
        language = BY_CODE[code]
        django.conf.locale.LANG_INFO[code] = {
            "bidi": language.rtl,
            "code": code,
            "name": language.english,
            "name_local": language.name,
        }
