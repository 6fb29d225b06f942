#!/bin/sh
# Makes .venv and installs a requirements file into it: scripts/venv.sh requirements.txt
# uv where it is to be had (ten seconds), else pip (minutes). PYTHON= names the interpreter.
set -eu
requirements=$1
python=${PYTHON:-python3}
here=.venv/bin/python

fail() { echo "$1" >&2; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

make_venv() {
    command -v "$python" >/dev/null || fail "Install Python 3.11 or newer: apt-get install python3"
    new_enough "$python" || fail "Python 3.11 or newer is needed; name one with PYTHON=/path/to/python"
    rm -rf .venv
    if command -v uv >/dev/null; then uv venv --quiet --python "$python" .venv && return; fi
    "$python" -m venv .venv 2>/dev/null && return
    # Debian keeps pip's own copy for new environments in a package of its own.
    rm -rf .venv
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip .venv && return
    fi
    rm -rf .venv
    if scripts/apt.sh python3-venv; then "$python" -m venv .venv && return; fi
    rm -rf .venv
    fail "Install what makes virtual environments, then try again: apt-get install python3-venv"
}

# pip of the environment, else the machine's pip working on the environment.
pip() {
    if "$here" -m pip --version >/dev/null 2>&1; then "$here" -m pip "$@"; else "$python" -m pip --python "$here" "$@"; fi
}

uv_path() {
    command -v uv && return
    [ -x .venv/bin/uv ] || pip install --quiet -c constraints.txt uv >&2 2>/dev/null || true
    [ -x .venv/bin/uv ] && echo .venv/bin/uv
}

new_enough "$here" || make_venv
echo "Installing $requirements"
if uv=$(uv_path) && "$uv" pip install --quiet --python "$here" -c constraints.txt -r "$requirements"; then exit 0; fi
pip install --quiet -c constraints.txt -r "$requirements" ||
    fail "The Python packages of $requirements can't be installed: is PyPI, or a mirror named in pip's settings, within reach?"
