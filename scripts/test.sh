#!/bin/sh
# Every test: those of a database on PostgreSQL where one is reachable, then everything on SQLite (the browser and load tests
# and those marked own_databases run on both by themselves, and a unit test asks no database). pytest's own summary is the last thing printed, and any failure fails the command.
set -u
py=.venv/bin/python
failed=0
quick="tests/integration"
# A few tests at a time: a worker that is handed a hundred slow ones at the end leaves the other one idle.
two="-n 2 --maxschedchunk=4"
[ $# -gt 0 ] && quick="$*"

if $py scripts/postgres.py; then
    echo "== integration tests on PostgreSQL =="
    DATABASE_URL=$TEST_POSTGRES_URL $py -m pytest -q $two -m "not own_databases" $quick || [ $? -eq 5 ] || { failed=1; echo "On PostgreSQL some tests failed; see above."; }
fi

echo "== all tests on SQLite =="
leave_out=
[ -n "${SKIP_BROWSER:-}" ] && leave_out="--ignore=tests/browser"
env -u DATABASE_URL $py -m pytest -q $two $leave_out "$@" || failed=1
exit $failed
