#!/usr/bin/env bash
# Formatting, lints and types. Every line must pass.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh
echo "== formatting"; cargo fmt --all --check
echo "== clippy";     cargo clippy --workspace --all-targets --locked -- -D warnings
echo "== svelte-check"; (cd ui && npm run --silent check)
if cargo deny --version >/dev/null 2>&1; then
  echo "== cargo deny (licences, bans, sources)"; cargo deny --offline check licenses bans sources
else
  echo "== cargo deny: not installed here, not run (cargo install cargo-deny)"
fi
