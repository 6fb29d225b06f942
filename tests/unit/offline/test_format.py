"""The app and the server say the same of the newest format of editions."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def number(name: str, pattern: str) -> str:
    found = re.findall(pattern, (ROOT / name).read_text(), re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def test_the_app_knows_the_newest_format_that_the_server_builds() -> None:
    app = number("elearning/offline/static/offline/api.js", r"^export const FORMAT = (\d+);$")
    assert app == number("modules/editions/building.py", r"^FORMAT = (\d+)$")
