# The way in. `make` alone prints what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Outside the clone, so that a fresh clone on the same machine reuses the built dependencies.
AIOM_BUILD_DIR ?= /var/tmp/aiom-build
export AIOM_BUILD_DIR

AIOM := $(AIOM_BUILD_DIR)/debug/aiom
AIOM_RELEASE := $(AIOM_BUILD_DIR)/release/aiom
SWIFT_FILES := Package.swift Sources Tests

.PHONY: help
help: ## print this list
	@echo "usage: make TARGET [ARGS='arguments for the program']"
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | \
	  while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done
	@echo "builds go to $(AIOM_BUILD_DIR) (AIOM_BUILD_DIR=DIRECTORY chooses another)"

.PHONY: demo
demo: build ## a demo company in your browser, no account needed (ARGS=--yes tells it here and ends)
	@"$(AIOM)" demo $(ARGS)

.PHONY: test
test: bootstrap check ## every check and every test
	@scripts/build --build-tests
	@scripts/check-docs "$(AIOM)"
	@scripts/test $(ARGS)

.PHONY: test-odoo
test-odoo: bootstrap ## the Odoo client against a real Odoo 19 that is started for it
	@scripts/build --build-tests
	@scripts/test-odoo $(ARGS)

.PHONY: test-api
test-api: build ## a foreign tool asks a running server whether it does what its OpenAPI says
	@scripts/test-api $(ARGS)

.PHONY: test-browser
test-browser: build ## the pages in a real Chromium (AIOM_BROWSER_SHOTS=FOLDER keeps screenshots)
	@scripts/test-browser $(ARGS)

.PHONY: ci
ci: ## what CI runs: `make test` in a fresh clone of the last commit
	@scripts/ci

.PHONY: check
check: ## formatting, pure core, imports, secrets, documents
	@status=0; \
	for one in lint check-purity check-imports check-secrets check-docs; do \
	  scripts/$$one || status=1; \
	done; exit $$status

.PHONY: lint
lint: ## formatting only, changes nothing
	@scripts/lint

.PHONY: format
format: ## format the Swift files in place
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

.PHONY: build
build: bootstrap ## build aiom for development
	@scripts/build --product aiom

.PHONY: release
release: bootstrap ## build aiom optimised
	@scripts/build --configuration release --product aiom
	@echo "$(AIOM_RELEASE)"

.PHONY: bench
bench: release ## the benchmarks, optimised, against the local sandbox
	@"$(AIOM_RELEASE)" bench $(ARGS)

.PHONY: soak
soak: release ## the long runs: crashes, two processes on one database, kill loops, failovers
	@scripts/build --build-tests
	@AIOM_SOAK=1 AIOM_BINARY="$(AIOM_RELEASE)" scripts/test --filter EndToEndTests $(ARGS)
	@for database in sqlite postgres pair; do \
	  scripts/kill-loop --binary "$(AIOM_RELEASE)" --database $$database --workers 4 \
	    --actions 1000 --database-dies-every 10; \
	done

.PHONY: kill-loop
kill-loop: release ## kills and stops working processes against a failing sandbox (ARGS=--help)
	@scripts/kill-loop --binary "$(AIOM_RELEASE)" $(ARGS)

.PHONY: bootstrap
bootstrap: # checks for what is needed, installs what it may
	@scripts/bootstrap
