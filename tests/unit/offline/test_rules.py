"""The tablet's rules give what the shared vectors say; tests/unit/assessments/rules/test_vectors.py asks the server's the same."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.assessments.rules.vectors import FILE, RULES, VECTORS

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "elearning" / "offline" / "static" / "offline" / "rules"
OWN = ROOT / ".venv" / "bin" / "node"
NODE = str(OWN) if OWN.exists() else shutil.which("node")
COUNT = sum(len(VECTORS[rule]) for rule in RULES)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy that node takes for ES modules, as a browser does."""
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return Path(shutil.copytree(CLIENT, tmp_path / "rules"))


def run(rules: Path, vectors: Path) -> "subprocess.CompletedProcess[str]":
    assert NODE
    script = Path(__file__).with_name("rules.test.mjs")
    command = [NODE, str(script), str(rules), str(vectors)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_every_rule_gives_what_the_vectors_say(rules: Path) -> None:
    done = run(rules, FILE)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == COUNT >= 300


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_a_difference_is_told(rules: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.json"
    changed.write_text(
        FILE.read_text().replace('["12.5", "kg"]], [0, 1]', '["12.5", "kg"]], [1, 1]')
    )
    done = run(rules, changed)
    assert done.returncode == 1
    assert "a unit that cannot be chosen" in done.stderr


def test_the_rules_need_no_page_and_nothing_from_outside_their_folder() -> None:
    for module in CLIENT.glob("*.js"):
        source = re.sub(r"//.*", "", module.read_text())
        assert not re.search(r"\b(document|window|navigator|localStorage|fetch)\b", source), module
        assert all(name.startswith("./") for name in re.findall(r"from '(.*?)'", source)), module


def test_the_rules_are_a_small_download() -> None:
    together = b"".join(module.read_bytes() for module in sorted(CLIENT.glob("*.js")))
    assert len(gzip.compress(together)) < 6 * 1024
