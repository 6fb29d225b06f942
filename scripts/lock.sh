#!/bin/sh
# constraints.txt: the version of every package that the requirements bring, for Python 3.11 and newer, and of the tools that
# scripts/ installs besides.
set -eu
uv=$(command -v uv || echo .venv/bin/uv)
[ -x "$uv" ] || { echo "Install uv, then try again: pip install uv" >&2; exit 1; }
printf 'uv\nnodejs-wheel-binaries\n' |
    "$uv" pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate "$@" \
        -c constraints.txt requirements-dev.txt - -o constraints.new
{ echo "# Written by \`make lock\`. To take a newer version of something, delete its line first."; cat constraints.new; } > constraints.txt
rm constraints.new
