"""Our style sheets use logical properties only, so that Urdu mirrors by itself. One line for each that does not."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ["elearning", "courses", "assessments", "modules"]
SIDE = r"(?:left|right)"
PHYSICAL = re.compile(
    rf"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-{SIDE}(?:-\w+)?|{SIDE}"
    rf"|border-(?:top|bottom)-{SIDE}-radius)\s*:"
    rf"|(?<![\w-])(?:float|clear|text-align)\s*:\s*{SIDE}\b"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def physical(css: str) -> Iterator[tuple[int, str]]:
    """Line number (from 1) and text of each physical property; comments don't count."""
    plain = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), css)
    for number, line in enumerate(plain.splitlines(), 1):
        for found in PHYSICAL.finditer(line):
            yield number, found[0]


def main() -> int:
    sheets = [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.css"))
        if "vendor" not in path.parts
    ]
    problems = [
        f"{path.relative_to(ROOT)}:{number}: {text} has a side; use its inline-start or inline-end"
        for path in sheets
        for number, text in physical(path.read_text())
    ]
    print(
        "\n".join([*problems, f"{len(sheets)} style sheets, {len(problems)} physical properties"])
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
