#!/bin/sh
# Installs packages of Debian where that is allowed without a question, as root or with sudo: scripts/apt.sh chromium
set -eu
command -v apt-get >/dev/null || exit 1
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
[ -z "$as_root" ] || $as_root true 2>/dev/null || exit 1
echo "Installing $* with apt-get"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
