# `make demo` and `make test` are all that a newcomer needs.  Both make their own
# environment in .venv and renew it when pyproject.toml or constraints.txt changes.

PYTHON := $(or $(PYTHON),$(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$candidate && break; \
	done))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
DEMO := demo-output
WORKERS := 2

.PHONY: help demo test lint types bench docs clean
.DELETE_ON_ERROR:

help:
	@echo "make demo   install, find the hot spots of the small example, say where the maps are"
	@echo "make test   install, run the whole test suite"
	@echo "make lint   style, format and import layers      make types  mypy --strict"
	@echo "make bench  side-by-side timings against peers   make docs   HTML into docs/_build"
	@echo "make clean  remove everything that these made"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "error: Python 3.11 or newer is needed and none was found; \
	name one with  make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "error: $(PYTHON) cannot make a virtual \
	environment; on Debian and Ubuntu install the package python3-venv" >&2; exit 1; }

# The stamps are written last, so an installation that broke off is taken up again.
$(VENV)/.runtime: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV) (a few minutes the first time) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.%: $(VENV)/.runtime
	@echo "Installing the extra '$*' ..."
	@$(PIP) --editable '.[$*]'
	@touch $@

demo: $(VENV)/.runtime
	@$(BIN)/python infer.py archive=examples/archive out=$(DEMO)

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n $(WORKERS) -q

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(VENV)/.dev
	@$(BIN)/mypy

bench: $(VENV)/.dev
	@set -e; for script in benchmarks/*_vs_*.py benchmarks/*_throughput.py; do echo "== $$script"; $(BIN)/python $$script; done

docs: $(VENV)/.docs
	@$(BIN)/sphinx-build -q -W -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean:
	rm -rf $(VENV) $(DEMO) train-output docs/_build docs/reference/generated build dist \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
