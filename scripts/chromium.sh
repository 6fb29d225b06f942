#!/bin/sh
# Debian's Chromium for the browser tests: installed when it is missing and may be installed, else one line that says what to do.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
[ -n "${SKIP_BROWSER:-}" ] && exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || sudo -n true 2>/dev/null; }; then
    echo "Installing Debian's Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium >/dev/null
fi
command -v chromium >/dev/null && exit 0
echo "The browser tests need Chromium: apt-get install chromium (or leave them out with SKIP_BROWSER=1)" >&2
exit 1
