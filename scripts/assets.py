"""Copies what the npm packages give us into elearning/static/vendor/: two modules, and the fonts of six scripts.

Fonts are cut down to what the language is written with (Latin is the system's), with one style sheet a
language. Prints what each language costs.
"""

import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "node_modules"
VENDOR = ROOT / "elearning" / "static" / "vendor"
MODULES = {
    "lit-html": ("lit-html.js", "lit-html.js"),
    "idb": ("build/index.js", "idb.js"),
}
JOINERS = "\u200c\u200d"
DOTTED_CIRCLE = "\u25cc"
URDU = (
    "ءآأؤئابتثجحخدذرزسشصضطظعغفقلمنوپٹچڈڑژکگںھہۂۃیےۓةىيكه"  # with the Arabic letters that typists use for Urdu's
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0670"  # vowel marks
    "۰۱۲۳۴۵۶۷۸۹،؛؟۔٪٫٬"
)


def letters(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


@dataclass(frozen=True)
class Font:
    """One @fontsource package, what of it a language is written with, and the weights: file to CSS range.

    Other languages in the same script (Shan, Arabic, …) fall back to the system's fonts.
    """

    package: str
    family: str
    script: str
    text: str
    weights: tuple[tuple[int, str], ...] = ((400, "100 500"), (600, "600 900"))


FONTS = {
    "my": Font("noto-sans-myanmar", "Noto Sans Myanmar", "myanmar", letters(0x1000, 0x1059)),
    "km": Font(
        "noto-sans-khmer",
        "Noto Sans Khmer",
        "khmer",
        letters(0x1780, 0x17F9) + letters(0x19E0, 0x19FF),
    ),
    "lo": Font("noto-sans-lao", "Noto Sans Lao", "lao", letters(0x0E81, 0x0EDF)),
    "si": Font("noto-sans-sinhala", "Noto Sans Sinhala", "sinhala", letters(0x0D81, 0x0DF4)),
    "th": Font("noto-sans-thai", "Noto Sans Thai", "thai", letters(0x0E01, 0x0E5B)),
    # Nastaliq costs 100 KB a weight: one is shipped and the browser makes the bold.
    "ur": Font("noto-nastaliq-urdu", "Noto Nastaliq Urdu", "arabic", URDU, ((400, "400"),)),
}


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    for package, (source, name) in MODULES.items():
        copy_module(NPM / package / source, VENDOR / name)
    for code, font in FONTS.items():
        print(f"{code}: {make_fonts(code, font):,} bytes")
    copy_licences()


def copy_module(source: Path, target: Path) -> None:
    """Without its source map, which is not shipped and would be asked for."""
    text = re.sub(r"\n//# sourceMappingURL=.*\n?", "\n", source.read_text())
    if re.search(r"^\s*import\s[^'\"]*['\"][^./]", text, re.MULTILINE):
        raise SystemExit(f"{source} imports another package; the app has no bundler.")
    target.write_text(text)


def make_fonts(code: str, font: Font) -> int:
    """Write the fonts and the style sheet of one language; returns their bytes."""
    files = NPM / "@fontsource" / font.package / "files"
    text = font.text + JOINERS + DOTTED_CIRCLE
    blocks, total = [], 0
    for weight, span in font.weights:
        target = VENDOR / "fonts" / f"{code}-{weight}.woff2"
        source = files / f"{font.package}-{font.script}-{weight}-normal.woff2"
        target.write_bytes(cut_down(source, text))
        total += target.stat().st_size
        blocks.append(
            f'@font-face{{font-family:"{font.family}";font-weight:{span};font-display:swap;'
            f"src:url({target.name})format('woff2');unicode-range:{unicode_range(text)}}}"
        )
    sheet = VENDOR / "fonts" / f"{code}.css"
    sheet.write_text("\n".join(blocks) + "\n")
    return total + sheet.stat().st_size


def cut_down(source: Path, text: str) -> bytes:
    """The font with these letters, every glyph and layout rule they need, and no hinting (tablets ignore it)."""
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True)
    font: TTFont = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    # Else the file holds the hour it was made and gets a new hashed name at every build.
    font.recalcTimestamp = False
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def unicode_range(text: str) -> str:
    """Code points as CSS, neighbours joined into ranges."""
    points = sorted({ord(letter) for letter in text})
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges)


def copy_licences() -> None:
    """Beside what they cover: the OFL and the BSD and ISC licences ask for it."""
    folder = VENDOR / "licences"
    folder.mkdir()
    for package in [*MODULES, *(f"@fontsource/{font.package}" for font in FONTS.values())]:
        name = package.rpartition("/")[2]
        shutil.copyfile(NPM / package / "LICENSE", folder / f"{name}.txt")


if __name__ == "__main__":
    main()
