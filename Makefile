# make run, make test, make check, make bench, make soak; `make help` says what each does.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SEEDS ?= 100
TEST_POSTGRES_URL ?= postgresql://postgres@127.0.0.1:5432/postgres
export PYTHON TEST_POSTGRES_URL
# make passes on what it is given: make test SEED=7, make test SKIP_BROWSER=1, make bench SCALE=0.1

VAR := $(or $(ELEARNING_VAR),var)
PY := .venv/bin/python
STAMPS := .cache/make
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
STATIC := $(shell find elearning courses assessments modules -path '*/static/*' -type f -not -path '*/vendor/*' 2>/dev/null)
TESTS ?=

.PHONY: help
help: ## What there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

# --- What everything needs, each step once -------------------------------------------------------

$(STAMPS)/run: requirements.txt constraints.txt scripts/venv.sh
	@mkdir -p $(STAMPS)
	@scripts/venv.sh requirements.txt
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/run
	@scripts/venv.sh requirements-dev.txt
	@touch $@

$(STAMPS)/npm: package.json package-lock.json scripts/npm.sh $(STAMPS)/run
	@scripts/npm.sh
	@touch $@

$(STAMPS)/assets: scripts/assets.py $(STAMPS)/npm
	@echo "Copying modules and fonts"
	@$(PY) scripts/assets.py
	@touch $@

$(STAMPS)/catalogues: $(CATALOGUES) $(STAMPS)/run
	@$(PY) scripts/messages.py compile
	@touch $@

# A stamp lies when what it stands for was deleted by hand, or when Debian took away the Python that .venv was made with.
$(shell $(PY) -c '' 2>/dev/null || rm -rf $(STAMPS))
$(shell [ -x .venv/bin/node ] && [ -d node_modules/lit-html ] || rm -f $(STAMPS)/npm)
$(shell [ -f elearning/static/vendor/lit-html.js ] || rm -f $(STAMPS)/assets)
$(shell ls locale/*/LC_MESSAGES/*.mo >/dev/null 2>&1 || rm -f $(STAMPS)/catalogues)

$(VAR)/static.stamp: $(STATIC) $(STAMPS)/assets elearning/storage.py
	@mkdir -p $(VAR)
	@echo "Collecting static files"
	@DJANGO_SETTINGS_MODULE=elearning.settings.demo $(PY) manage.py collectstatic --no-input --clear --verbosity=0
	@touch $@

.PHONY: ready
ready: $(STAMPS)/run $(STAMPS)/assets $(STAMPS)/catalogues
	@:

# --- The two commands ---------------------------------------------------------------------------

.PHONY: run
run: export DJANGO_SETTINGS_MODULE := elearning.settings.demo
run: export BIND := $(HOST):$(PORT)
run: ## Install what is missing, load the modules and the demo people, serve on 127.0.0.1:8000 (PORT=)
	@$(PYTHON) scripts/port.py $(HOST) $(PORT)
	@$(MAKE) --silent ready $(VAR)/static.stamp
	@exec $(PY) scripts/serve.py

.PHONY: test
test: $(STAMPS)/dev ready ## Install what is missing, run every test on SQLite and, where one is reachable, PostgreSQL (SEED=)
	@scripts/chromium.sh
	@scripts/test.sh $(TESTS)

# --- The rest -----------------------------------------------------------------------------------

.PHONY: check
check: $(STAMPS)/dev ready ## Format, lint, types, import contracts, migrations, templates, translations, production settings
	@scripts/check.sh

.PHONY: bench
bench: $(STAMPS)/dev ready ## Each benchmark beside its budget; one line of JSON each at the end (SCALE=)
	@scripts/chromium.sh
	@$(PY) scripts/bench.py

.PHONY: soak
soak: export SEEDS := $(SEEDS)
soak: $(STAMPS)/dev ready ## The long runs: many seeds of faults (SEEDS=, SCALE=)
	@scripts/chromium.sh
	@EXAMPLES=$(SEEDS) $(PY) -m pytest tests/load tests/integration/assessments/test_properties.py

.PHONY: xapi-credential
xapi-credential: export DJANGO_SETTINGS_MODULE := elearning.settings.demo
xapi-credential: ready ## NAME:SECRET of a new full-access credential for /xapi/ of the demo site
	@$(PY) manage.py migrate --verbosity=0
	@$(PY) manage.py make_credential "make xapi-credential"

.PHONY: messages
messages: $(STAMPS)/run ## Put new strings into the catalogues; no translation is lost
	@$(PY) scripts/messages.py update
	@$(PY) scripts/messages.py compile
	@$(PY) scripts/messages.py report

.PHONY: format
format: $(STAMPS)/dev ## Write the Python as `make check` wants it
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

.PHONY: lock
lock: $(STAMPS)/dev ## Fix the versions of everything that requirements-dev.txt brings, in constraints.txt
	@scripts/lock.sh

.PHONY: clean
clean: ## Forget what was installed and built; the data in var/ stays
	rm -rf .venv .cache node_modules elearning/static/vendor
	find locale -name '*.mo' -delete
