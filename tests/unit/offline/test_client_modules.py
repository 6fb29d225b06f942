"""The client as source text: it parses, and its imports are ones that the static storage can rewrite."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CLIENT = Path(__file__).parents[3] / "elearning" / "offline" / "static" / "offline"
MODULES = sorted(CLIENT.rglob("*.js"))
SPECIFIER = re.compile(r"(?:\bfrom\s*|\bimport\s*\(?\s*)(['\"`])(.*?)\1")


def imports_of(module: Path) -> set[Path]:
    return {(module.parent / found[1]).resolve() for found in SPECIFIER.findall(module.read_text())}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_every_module_of_the_client_parses() -> None:
    script = (
        "const {readFileSync} = require('fs'); const {SourceTextModule} = require('vm');"
        "for (const name of process.argv.slice(1))"
        " new SourceTextModule(readFileSync(name, 'utf8'), {identifier: name});"
    )
    names = [str(module) for module in MODULES]
    command = ["node", "--experimental-vm-modules", "--no-warnings", "-e", script, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_imports_only_files_that_are_there(module: Path) -> None:
    own = {path for path in imports_of(module) if "vendor" not in path.parts}
    assert own <= set(MODULES)


def test_no_module_imports_itself_in_a_circle() -> None:
    """The static storage hashes a file after the files that it names, so a circle never ends."""
    left = {module: imports_of(module) & set(MODULES) for module in MODULES}
    while ready := [module for module, needs in left.items() if not needs]:
        for module in ready:
            del left[module]
        for needs in left.values():
            needs.difference_update(ready)
    assert not left
