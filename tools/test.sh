#!/usr/bin/env bash
# Everything: checks, unit tests, the UI's tests, sync over real HTTPS, kill -9, and the real window. Prints totals.
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
failed_parts=()
export PATH="$PWD/tests/.venv/bin:$PATH"

part() { # name, command...
  local name=$1 started=$SECONDS
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$log/$name.log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || failed_parts+=("$name")
  echo "== $name took $((SECONDS - started)) s"
}

part check tools/check.sh
part ui bash -c 'cd ui && npm run --silent test'
# The real window and kill -9 need the machine for themselves, so their tests run one after the other.
part rust cargo test --workspace --locked --no-fail-fast -- --test-threads=2
part window timeout 1500 tools/headless.sh cargo test --workspace --locked --no-fail-fast --features payung-tests/window --test desktop -- --test-threads=1

# The figures of every test runner, added up. A skipped test is not a passed one: it fails the run.
sum() { awk -v key="$1" '/^test result:/ { for (i = 1; i < NF; i++) if ($(i + 1) ~ "^" key) n += $i } END { print n + 0 }' "$log"/*.log; }
ui_count() { sed 's/\x1b\[[0-9;]*m//g' "$log/ui.log" 2>/dev/null | awk -v key="$1" '/^ *Tests / { for (i = 2; i <= NF; i++) if ($i ~ "^" key) n += $(i - 1) } END { print n + 0 }'; }
passed=$(($(sum passed) + $(ui_count passed)))
failed=$(($(sum failed) + $(ui_count failed)))
skipped=$(($(sum ignored) + $(ui_count skipped)))

echo
[ ${#failed_parts[@]} -eq 0 ] || echo "Failed parts: ${failed_parts[*]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ ${#failed_parts[@]} -eq 0 ] && [ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ]
