#!/usr/bin/env bash
# Prints the figures of docs/FIGURES.md, measured here and now. Nothing fails for being slow.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "== judging an applicant";            cargo bench --quiet -p payung-regulation --bench judging
echo "== finding a region";                cargo bench --quiet -p payung-regions --bench search
echo "== the register: save, search over 100,000, unlock"; cargo bench --quiet -p payung-register --bench register
echo "== the register: letters";            cargo bench --quiet -p payung-register --bench statements
echo "== a statement: pages set";          cargo bench --quiet -p payung-statement --bench render
echo "== a statement: set and signed, read back"; cargo bench --quiet -p payung-tests --bench signing
echo "== the line: bytes, bad lines, speed, a whole regency"; cargo build --quiet --release -p payung-district; cargo bench --quiet -p payung-tests --bench line
tools/build.sh
bin="${CARGO_TARGET_DIR:-target}/debug"
echo "== the window: start to usable, key to painted list, memory (the program that make run starts)"
tools/headless.sh "$bin/payung-window-figures"
