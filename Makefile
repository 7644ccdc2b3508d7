# Three commands need nothing but Python 3.11+, make and git:
#   make report   set up and build report/haixi/
#   make sample   set up and build report/illustrative/
#   make test     set up and pass the test suite
# The others are for people who change the program.

find-python = for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done
PYTHON ?= $(shell $(find-python))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: report sample test lint format gallery lock benchmark campaign clean

report: $(VENV)/.ready
	@$(BIN)/ipreport build report/haixi

sample: $(VENV)/.ready
	@$(BIN)/ipreport build report/illustrative

test: $(VENV)/.ready-to-test
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy report/illustrative/generator
	$(BIN)/mypy docs/gallery

format: $(VENV)/.ready-to-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

gallery: $(VENV)/.ready-to-test
	$(BIN)/python docs/gallery

benchmark: $(VENV)/.ready-to-test
	$(BIN)/python benchmarks/build_time.py
	$(BIN)/python benchmarks/figures.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/rules.py
	$(BIN)/python benchmarks/word.py
	$(BIN)/python benchmarks/wording.py
	$(BIN)/python benchmarks/pagination.py
	$(BIN)/python benchmarks/pdf.py
	$(BIN)/python benchmarks/pdf_size.py
	$(BIN)/python benchmarks/glyph_cache.py
	$(BIN)/python benchmarks/delivery.py

# Kills programs that send mail, and Postfix, as often as the promise says; takes some minutes, as root, on Linux.
campaign: $(VENV)/.ready-to-test
	$(BIN)/python tests/delivery_campaign.py --clients 1000 --servers 200

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; set PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up $(VENV) with $(PYTHON); this takes a minute the first time"
	@"$(PYTHON)" -m venv $(VENV) || { echo "the venv module is missing (on Debian: apt install python3-venv)" >&2; exit 1; }

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready requirements-dev.lock
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Resolves every dependency for all systems and Python versions; records hashes, no addresses.
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet
lock: $(VENV)/.ready-to-test
	$(LOCK) --extra build pyproject.toml --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
