# Majlis. `make` alone lists what can be asked for.
PYTHON ?= python3
BIN := .venv/bin
READY := @$(PYTHON) scripts/setup.py

help: ## List these targets.
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Serve Majlis on http://127.0.0.1:8000; HOST=0.0.0.0 for the local network, PORT=… for another port.
	$(READY) run && exec $(BIN)/majlis serve

test: ## Run every test on SQLite, on PostgreSQL where one answers, in Chromium where it is found; ARGS="-k word".
	+$(READY) dev && exec $(BIN)/python scripts/test.py $(ARGS)

check: ## Do all that CI does.
	$(READY) dev && $(MAKE) --jobs=2 --no-print-directory --output-sync lint types arch catalogue test

check-long: ## Run every test, the long ones too, with more examples and coverage; keep what they said in bench/results.
	$(READY) dev && exec $(BIN)/python scripts/test.py --long $(ARGS)

lint: ## Look for faults and for formatting that is not the project's.
	$(READY) dev && $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint src/majlis --lint --quiet

fix: ## Mend what can be mended by itself.
	$(READY) dev && $(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: ## Check types, strictly.
	$(READY) dev && $(BIN)/mypy

arch: ## Check that apps and layers import only downwards.
	$(READY) dev && $(BIN)/lint-imports

catalogue: ## Check that every string is in the catalogue and translated.
	$(READY) dev && $(BIN)/python scripts/messages.py check

messages: ## Bring the catalogues up to date with the strings in code and templates.
	$(READY) dev && $(BIN)/python scripts/messages.py update

journeys: ## Walk the browser journeys only.
	$(READY) dev && exec $(BIN)/python scripts/test.py --journeys $(ARGS)

js: ## Test the phone's modules only, in Node.
	node --test tests/js/*.test.mjs

bench: ## Measure: kill the server during a storm of votes, twenty times.
	$(READY) dev && exec $(BIN)/python bench/kill.py $(ARGS)

bench-opinion: ## Measure opinion analysis beside red-dwarf on the same votes; ARGS="--rows 10k --slow-peer".
	$(READY) dev && exec $(BIN)/python bench/opinion.py $(ARGS)

bench-refresh: ## Measure how soon a vote is in the routing of a large round; ARGS="--database postgres://…".
	$(READY) dev && exec $(BIN)/python bench/refresh.py $(ARGS)

bench-close: ## Measure what closing a round costs, and the first page of its results.
	$(READY) dev && exec $(BIN)/python bench/close.py $(ARGS)

bench-documents: ## Measure briefs as PDF, HTML, DOCX and PPTX, beside WeasyPrint; ARGS="--weasyprint /path/to/its/venv".
	$(READY) dev && exec $(BIN)/python bench/documents.py $(ARGS)

bench-lists: ## Measure every page of a large edition: 5,000 people, 2,000 statements; ARGS="--only statements".
	$(READY) dev && exec $(BIN)/python bench/lists.py $(ARGS)

bench-start: ## Measure how long the server takes until it is ready, and the first page after it.
	$(READY) dev && exec $(BIN)/python bench/start.py $(ARGS)

bench-pages: ## Measure public pages beside pretalx (bench/pretalx.txt) on the same machine.
	$(READY) dev && exec $(BIN)/python bench/pages.py $(ARGS)

bench-room: ## Measure what a room of phones asks; ARGS="--database postgres://… --processes 2" or "--quick".
	$(READY) dev && exec $(BIN)/python bench/room.py $(ARGS)

docs: ## Write the reference pages that are made from the code.
	$(READY) dev && $(BIN)/python scripts/docs.py && $(BIN)/python scripts/notebook.py

lock: ## Lock the dependencies again, with hashes and without addresses.
	$(READY) dev && $(BIN)/python scripts/lock.py

.PHONY: help run test check check-long lint fix types arch catalogue messages journeys js bench bench-close bench-documents bench-lists bench-opinion bench-pages bench-refresh bench-room bench-start docs lock
