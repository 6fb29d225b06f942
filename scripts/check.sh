#!/bin/sh
# `make check`: every check runs, whatever the one before it said; the command fails when any of them did.
set -u
bin=.venv/bin
failed=

check() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        printf 'FAILED  %s\n%s\n' "$name" "$output"
        failed="$failed, $name"
    fi
}

node_syntax() {
    find elearning courses assessments modules -name '*.js' -not -path '*/vendor/*' -print0 | xargs -0 -n1 $bin/node --check
}

# Dummy secrets: the check reads the settings and connects to nothing.
production() {
    env -u DATABASE_URL DJANGO_SETTINGS_MODULE=elearning.settings.production ALLOWED_HOSTS=elearning.example \
        SITE_URL=https://elearning.example XAPI_HOME_PAGE=https://elearning.example/people \
        SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        $bin/python manage.py check --deploy --fail-level WARNING
}

check "format" $bin/ruff format --check .
check "lint" $bin/ruff check .
check "types" $bin/mypy
check "import contracts" $bin/lint-imports --cache-dir .cache/imports
check "migrations" env DJANGO_SETTINGS_MODULE=elearning.settings.test $bin/python manage.py makemigrations --check --dry-run
check "templates" $bin/djlint --lint --quiet elearning courses assessments modules
check "style sheets" $bin/python scripts/check_css.py
check "JavaScript" $bin/node node_modules/eslint/bin/eslint.js --no-error-on-unmatched-pattern --ignore-pattern "**/vendor/**" \
    elearning courses assessments modules
check "JavaScript syntax" node_syntax
check "catalogues" $bin/python scripts/messages.py check
check "production settings" production

[ -z "$failed" ] || { echo "make check found something in: ${failed#, }" >&2; exit 1; }
