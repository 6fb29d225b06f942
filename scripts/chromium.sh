#!/bin/sh
# Debian's Chromium for the browser tests: installed when it is missing and may be installed, else one line that says what to do.
set -u
# CHROMIUM= names another one (tests/support/tablet.py reads it too).
command -v "${CHROMIUM:-chromium}" >/dev/null && exit 0
[ -n "${SKIP_BROWSER:-}" ] && exit 0
scripts/apt.sh chromium && command -v chromium >/dev/null && exit 0
echo "The browser tests need Chromium: apt-get install chromium (or leave them out with SKIP_BROWSER=1)" >&2
exit 1
