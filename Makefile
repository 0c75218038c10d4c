# Two commands do everything: `make run` and `make test`. The others are parts of them or measure.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help setup run test check bench bindings simulate

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what the machine lacks (apt-get on Debian and Ubuntu) and the UI's packages
	@tools/setup.sh

run: setup ## Build, start both demo districts, open the window (VILLAGE=klungkung for the other one)
	@tools/run.sh

test: setup ## Every check and test, with totals
	@tools/test.sh

check: setup ## Formatting, lints and types only
	@tools/check.sh

bench: setup ## Print the figures of docs/FIGURES.md, measured on this machine
	@tools/bench.sh

bindings: ## Write ui/src/ipc/bindings.ts anew after a command or a dto changed
	@PAYUNG_WRITE_BINDINGS=1 cargo test -p payung-desktop bindings

simulate: setup ## Live through made-up worlds on all cores (SEEDS=10000, from FIRST=1), or through one with its diary (SEED=7)
	@PAYUNG_SEEDS="$(SEEDS)" PAYUNG_FIRST="$(FIRST)" PAYUNG_SEED="$(SEED)" \
		cargo test --workspace --test simulation every_world -- --nocapture
