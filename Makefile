# How is everything run? "make help" lists it. A second run of anything finds its set-up done and starts at once.

PYTHON ?= python3
BIN := .venv/bin
CODE := bot handlers scheduler storage tests $(wildcard bench)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

# What Python compiled once, a later process finds: tests start many.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run setup test pytest browser format formatted lint types walls migration bench words lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

run: .venv/run.stamp ## set up and start: with the Slack tokens the bot, without them the demo
	@has() { [ -n "$$(printenv "$$1")" ] || grep -Eqs "^ *(export +)?$$1 *= *[\"']?[^\"' #]" .env; }; \
	if has SLACK_BOT_TOKEN && has SLACK_APP_TOKEN; then exec $(BIN)/pairloop run; else exec $(BIN)/pairloop demo; fi

setup: .venv/dev.stamp ## set up everything for working on the code

test: browser formatted lint types walls pytest ## check everything: format, lint, types, walls, tests

pytest: .venv/dev.stamp
	@printf '\n== Tests ==\n'
	@$(BIN)/pytest -n 3 --dist worksteal

browser:
	@.ci/need chromium chromium "$$CHROMIUM" || [ -z "$$CI" ]

format: .venv/dev.stamp ## lay out the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

formatted: .venv/dev.stamp
	@printf '\n== Format ==\n'
	@$(BIN)/ruff format --check .

lint: .venv/dev.stamp ## look for mistakes (ruff)
	@printf '\n== Lint ==\n'
	@$(BIN)/ruff check .

types: .venv/dev.stamp ## check the types (mypy --strict)
	@printf '\n== Types ==\n'
	@$(BIN)/mypy --strict $(CODE)

walls: .venv/dev.stamp ## check who may import whom (import-linter)
	@printf '\n== Walls ==\n'
	@$(BIN)/lint-imports

migration: .venv/dev.stamp ## write the revision for a changed schema: make migration MESSAGE="why"
	@$(BIN)/python -c 'import sys; from storage.engine import open_engine; \
	from storage.migrations import upgrade, write_revision; \
	engine = open_engine("sqlite://"); upgrade(engine); write_revision(engine, sys.argv[1])' "$(MESSAGE)"

bench: .venv/dev.stamp ## measure what has a limit, on a machine that does nothing else
	@set -e; for name in $(filter-out results entries,$(basename $(notdir $(wildcard bench/*.py)))); do printf '\n== %s ==\n' "$$name"; $(BIN)/python -m "bench.$$name"; done
	@printf '\n== All ==\n'; $(BIN)/python -m bench.results

words: .venv/dev.stamp ## bring the message catalogues in step with the texts in the code
	@$(BIN)/pybabel -q extract --no-location --no-wrap --sort-output -k t -k n:1,2 -o bot/locales/pairloop.pot bot handlers
	@$(BIN)/pybabel -q update --no-wrap --omit-header --no-fuzzy-matching --ignore-obsolete \
		-D pairloop -d bot/locales -i bot/locales/pairloop.pot
	@rm bot/locales/pairloop.pot

lock: .venv/dev.stamp ## choose the versions anew, from pyproject.toml
	@echo 'setuptools>=77' | $(COMPILE) --upgrade --extra postgresql --extra meaning --extra pdf --output-file requirements.lock pyproject.toml -
	@$(COMPILE) --upgrade --constraint requirements.lock --extra dev --output-file requirements-dev.lock \
		pyproject.toml requirements.lock

clean: ## remove what these commands made; your data and your .env stay
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Pairloop needs Python 3.11 or newer.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/need python3-venv
	@$(PYTHON) -m venv .venv

# Everything comes from the lock; the project itself is built with the setuptools of the lock, so nothing else is fetched.
.venv/%.stamp: pyproject.toml | .venv/bin/pip
	@echo 'Installing what $(filter %.lock,$^) lists …'
	@$(PIP) install --only-binary :all: --require-hashes -r $(filter %.lock,$^)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/run.stamp: requirements.lock
.venv/dev.stamp: requirements-dev.lock
