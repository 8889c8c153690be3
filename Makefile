# The one door: a person and CI run the same targets. Needs Python >= 3.11 and git.
# Nothing here is a script with a shebang: those break in folders with a space.

PYTHON ?= python3
LINTERS ?= 2
python := .venv/bin/python
# The environment is made again when, and only when, the lock file changes.
ready := .venv/.ready-$(firstword $(shell cksum requirements.lock))

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PYTHONDONTWRITEBYTECODE := 1
# Own data, for example: make build SOURCE=hubspot DATA="../my export" NAME=
export SOURCE DATA NAME SCHEMA LOAD DATES DECIMAL MAX_REJECTS
# What is not given here stays as the environment has it.
ifneq ($(POLICY),)
export LIFECYCLE_POLICY := $(POLICY)
endif
ifneq ($(TIMEZONE),)
export LIFECYCLE_TIMEZONE := $(TIMEZONE)
endif
ifneq ($(AS_OF),)
export LIFECYCLE_AS_OF := $(AS_OF)
endif

# make ends with 2 whenever a command fails, and knows 1 only as the answer to a question (-q: is it
# up to date?). So these two targets are asked as a question: lines with a + run all the same, and a
# line without one, which findings leave over, answers 1. Who only looks (-n) runs nothing, as ever.
asked := $(filter build report,$(MAKECMDGOALS))
ifeq ($(asked),$(or $(MAKECMDGOALS),none))
ifeq ($(findstring n,$(firstword -$(MAKEFLAGS))),)
MAKEFLAGS += -q
run := +
endif
endif
# The exit code of the command before: 0 and 1 are kept for the line that answers, 2 ends make.
code = .venv/.exit-$@
keep = ; code=$$?; echo $$code > $(code); test $$code -le 1 || exit $$code
answer = $(if $(filter 1,$(file < .venv/.exit-run-$@)),@exit 1)

.PHONY: run-build run-report
.PHONY: help setup build report lint format types style compiled demo-tests pytest test test-zones stress docs clean
.DEFAULT_GOAL := help

help:
	@echo 'make build                              the demo CRM, from nothing to its reports'
	@echo 'make build SOURCE=hubspot DATA=FOLDER   the same for your own files'
	@echo 'make build SOURCE=hubspot DATA=FOLDER LOAD="--language de"   with options of scripts.load'
	@echo 'make build SOURCE=open DATA=FOLDER NAME=pipedrive   any other CRM, by its name'
	@echo 'make build SOURCE=hubspot SCHEMA=NAME   what a connector fills in warehouse/crm.duckdb'
	@echo 'make build … POLICY=acme TIMEZONE=Europe/Berlin   your policy, the zone of your dates'
	@echo 'make build … AS_OF=2026-05-01T00:00:00  as it stood at an earlier moment'
	@echo 'make build … DATES=dmy DECIMAL=comma    files with 20.12.2025 and 1.234,50'
	@echo 'make build FORCE=1                      also if nothing has changed'
	@echo 'make test                               every check of the project itself'
	@echo 'make test-zones                         the tests of SQL in time zones far from UTC'
	@echo 'make report                             the reports again; red when over budget'
	@echo 'make lint | make format                 check the style | put it right'
	@echo 'make stress                             builds that meet, are stopped, find no room, or stand in the past: two hours'
	@echo 'make docs                               the models as one page, target/static_index.html'
	@echo 'make clean                              remove all that was made, but .venv and crm.duckdb'

setup: $(ready)

$(ready): requirements.lock
	$(run)@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'crm-lifecycle needs Python 3.11 or newer (make PYTHON=python3.12 ...)' >&2; exit 2; }
	$(run)@echo 'setting up .venv, once (a few minutes)'
	$(run)@test -x $(python) || $(PYTHON) -m venv .venv
	$(run)@$(python) -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements.lock
	$(run)@rm -f .venv/.ready-*
	$(run)@touch $@

build: run-build
	$(answer)

run-build: $(ready)
	$(run)@$(python) -m scripts.build --source "$$SOURCE" --data "$$DATA" --name "$$NAME" \
		--schema "$$SCHEMA" --load="$$LOAD" --dates "$$DATES" --decimal "$$DECIMAL" \
		--max-rejects "$$MAX_REJECTS" \
		$(if $(FORCE),--force) $(keep)

report: run-report
	$(answer)

run-report: $(ready)
	$(run)@$(python) -m scripts.report $(keep)

lint: $(ready)
	@PYTHONWARNINGS=ignore::UserWarning $(python) -m sqlfluff lint --disable-progress-bar --processes $(LINTERS) $(wildcard models analyses tests)
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

format: $(ready)
	@$(python) -m sqlfluff fix --disable-progress-bar --processes 2 $(wildcard models analyses tests)
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

types: $(ready)
	@$(python) -m mypy

# Two lanes: the demo; what one core can check of style meanwhile, then pytest on both, in the order
# of tests/conftest.py; + shows it as it runs.
test: $(ready)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target LINTERS=1 demo-tests pytest

pytest: style
	+@$(python) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

style: lint types compiled

# What many tests run: the SQL of all models, as dbt compiles it.
compiled: $(ready)
	@$(python) -m tests.compiled

# The demo is built with the unit tests switched on: dbt's unit and data tests run there.
demo-tests: $(ready)
	@$(python) -m scripts.build --unit-tests

# Builds that meet, are stopped or find no room, on copies of the demo, and builds as of 20 random
# earlier moments of the demo, a real log and random CRMs: two hours, not part of test.
stress: $(ready)
	@test -f warehouse/demo.duckdb || $(python) -m scripts.build
	@$(python) -m benchmarks.stress_builds warehouse/demo.duckdb
	@$(python) -m benchmarks.past_moments
	@LIFECYCLE_PAST_MOMENTS=20 $(python) -m pytest tests/properties/test_past.py

# Nightly in the workflow: a build of the demo with all tests for each zone.
test-zones: $(ready)
	@$(python) -m tests.zones

docs: $(ready)
	@LIFECYCLE_WAREHOUSE="$${LIFECYCLE_WAREHOUSE:-warehouse/demo.duckdb}" \
		$(python) -c 'from dbt.cli.main import cli; cli()' docs generate --static

clean:
	@rm -rf target logs reports demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -rf warehouse/.building* warehouse/.locks warehouse/.published warehouse/demo.duckdb
