#!/usr/bin/env bash
# Builds the UI and every program. One command line for running and testing, so that nothing is compiled twice.
set -euo pipefail
cd "$(dirname "$0")/.."
newest_source() { find ui/src ui/index.html ui/package-lock.json ui/vite.config.ts -newer ui/dist/index.html -print -quit 2>/dev/null; }
if [ ! -f ui/dist/index.html ] || [ -n "$(newest_source)" ]; then
  (cd ui && npm run --silent build)
fi
cargo build --workspace --bins --locked
