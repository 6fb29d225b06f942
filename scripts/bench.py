"""Runs every benchmark of scripts/bench/, then prints all their JSON lines together at the end."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(path: Path) -> tuple[int, list[str]]:
    """Its exit code and the lines of JSON it printed; everything is shown as it comes."""
    print(f"== {path.stem} ==", flush=True)
    lines = []
    with subprocess.Popen(
        [sys.executable, path], cwd=HERE.parent, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or []:
            if line.startswith("{"):
                lines.append(line.rstrip())
            else:
                print(line, end="", flush=True)
    return process.returncode, lines


def main() -> int:
    results = {
        path: run(path) for path in sorted((HERE / "bench").glob("*.py")) if path.stem[0] != "_"
    }
    print("== results ==")
    for _code, lines in results.values():
        print(*lines, sep="\n")
    failed = [path.stem for path, (code, _lines) in results.items() if code]
    if failed:
        print(f"Over budget or broken: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
