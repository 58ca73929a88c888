# Each target says what it does: `make help`. Nothing but Python 3.11+ and make is needed beforehand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
MARK := $(VENV)/.installed
CHECK_MARK := $(VENV)/.check-installed

.PHONY: help demo test test-vllm check serve scorecard calibrate confidence bench scale negex note-facts faults conformance retrieval medcalc ehrsql latency red-flags applicability calculators ecqm safety-speed clean links lint-corpora

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(MARK): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "chartcite needs Python 3.11 or newer: install it, or say which one to use: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@[ "$$(df -Pk . | awk 'NR==2 {print $$4}')" -gt 3000000 ] || { echo "chartcite needs 3 GB of free disk for its libraries: free some space here and run again" >&2; exit 1; }
	@echo "Installing into $(VENV) (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "could not make a virtual environment: on Debian or Ubuntu run apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . 2>$(VENV)/install.log || { tail -n 3 $(VENV)/install.log >&2; echo "installation failed: is the Python package index reachable, and is there space on the disk? Details: $(VENV)/install.log" >&2; exit 1; }
	@touch $@

$(VENV)/.test-installed: $(MARK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $$($(BIN)/python -c 'import tomllib;print(" ".join(tomllib.load(open("pyproject.toml","rb"))["dependency-groups"]["test"]))' | tr -d '"') 2>$(VENV)/install.log || { tail -n 3 $(VENV)/install.log >&2; echo "installing the test tools failed: is the Python package index reachable? Details: $(VENV)/install.log" >&2; exit 1; }
	@touch $@

$(CHECK_MARK): $(VENV)/.test-installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $$($(BIN)/python -c 'import tomllib;print(" ".join(tomllib.load(open("pyproject.toml","rb"))["dependency-groups"]["check"]))' | tr -d '"') 2>$(VENV)/install.log || { tail -n 3 $(VENV)/install.log >&2; echo "installing the checkers failed: is the Python package index reachable? Details: $(VENV)/install.log" >&2; exit 1; }
	@touch $@

demo: $(MARK) ## Install, ingest the bundled charts, ask them telling questions
	@$(BIN)/chartcite demo

test: $(VENV)/.test-installed ## Install what the tests need and run them all
	@$(BIN)/python -m pytest

test-vllm: $(VENV)/.test-installed ## Build a real vLLM server with small weights, once, and run the tests that talk to it
	@$(BIN)/python tests/vllm/build.py
	@$(BIN)/python -m pytest -m vllm tests/vllm

check: $(CHECK_MARK) links ## Format, lint, types, import rules, corpora
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy -p chartcite.engine -p chartcite.indexes -p chartcite.ingestion -p chartcite.api
	@$(BIN)/mypy tests
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.evals.lint_corpora

serve: $(MARK) ## Serve the page and the HTTP API on loopback, over the demo's store
	@test -d .demo-store || $(BIN)/chartcite ingest corpora/patients corpora/guidelines --store .demo-store
	@$(BIN)/chartcite serve --store .demo-store

scorecard: $(VENV)/.test-installed ## Measure answers against the gold questions; writes docs/scorecard.md; GENERATOR=vllm: with a model too
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.$(if $(GENERATOR),with_model,scorecard)

calibrate: $(VENV)/.test-installed ## Fit the confidence of answers on the tune half and measure it; writes engine/confidence/calibration.py, docs/confidence.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.confidence --fit

confidence: $(VENV)/.test-installed ## Measure the confidence of answers as it is; writes docs/confidence.json and two pictures
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.confidence

bench: $(VENV)/.test-installed ## Measure latency, memory and ingestion; writes docs/benchmark.md
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.bench

scale: $(VENV)/.test-installed ## Store and ask 1,000 made-up charts: speed, growth, memory, latency; writes docs/scale.json
	@$(BIN)/python -m tests.evals.scale

negex: $(VENV)/.test-installed ## Measure negation, time and person of mentions; writes docs/negex.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.negex

note-facts: $(VENV)/.test-installed ## Measure facts found in notes; writes docs/note_facts.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.note_facts

faults: $(VENV)/.test-installed ## Kill ingestions, flip bits, fill disks, and count what is lost; writes docs/faults.json
	@$(BIN)/python -m tests.evals.faults

conformance: $(VENV)/.test-installed ## Compare what is stored with what the open data holds, and read mutated files; writes docs/conformance.md
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.conformance
	@$(BIN)/python -m tests.evals.mutations

retrieval: $(VENV)/.test-installed ## Rank open corpora beside other libraries; writes docs/retrieval.md
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.retrieval

medcalc: $(VENV)/.test-installed ## Ask open notes for their values in three wordings; writes docs/medcalc.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.medcalc

ehrsql: $(VENV)/.test-installed ## Tell answerable from unanswerable questions by their plans; writes docs/ehrsql.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.ehrsql

latency: $(VENV)/.test-installed ## Time questions over 600 patients, the import and a server's start; writes docs/latency.json
	@$(BIN)/python -m tests.evals.latency

red-flags: $(VENV)/.test-installed ## Count missed and false alarms over vignettes and questions; writes docs/red_flags.json
	@$(BIN)/python -m tests.evals.red_flags

applicability: $(VENV)/.test-installed ## Find recommendations and judge their conditions for made patients; writes docs/applicability.json
	@$(BIN)/python -m tests.evals.applicability --write

calculators: $(VENV)/.test-installed ## Calculate scores from open notes, given and found; writes docs/calculators.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.medcalc_calculators

ecqm: $(VENV)/.test-installed ## Put ten quality measures to their test patients; writes docs/ecqm.json
	@SHARED=$(SHARED) $(BIN)/python -m tests.evals.ecqm --write

safety-speed: $(VENV)/.test-installed ## Time reports of medication safety; writes docs/safety_speed.json
	@$(BIN)/python -m tests.evals.safety_speed

links: ## Show type checkers and editors the package mapping
	@mkdir -p .import-root/chartcite
	@for d in api engine indexes ingestion corpora; do ln -sfn ../../$$d .import-root/chartcite/$$d; done

clean: ## Remove what make made: environment, caches, the demo's store
	@rm -rf $(VENV) .import-root .demo-store .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build dist
