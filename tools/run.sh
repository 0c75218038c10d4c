#!/usr/bin/env bash
# Builds, starts a district server for each of the two regencies on loopback, prepares a demo village of each the first
# time, and opens the window. Without a display it does the same under Xvfb and walks through the main job.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/build.sh
bin="${CARGO_TARGET_DIR:-target}/debug"
demo="${PAYUNG_DEMO:-$PWD/run}" # everything the demonstration keeps; remove it to start anew
mkdir -p "$demo"
servers=()
stop_servers() { for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; wait 2>/dev/null || true; }
trap stop_servers EXIT

# Invented secrets of invented people: a demonstration only.
printf '%s\n' 'padi sawah kuning' >"$demo/operator.txt"
printf '%s\n' 'kelapa gading 77' >"$demo/head.txt"
chmod 600 "$demo/operator.txt" "$demo/head.txt"

free_port() { # first free port of loopback from $1 on
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

start_district() { # name, regency, first port to try
  local name=$1 regency=$2 data="$demo/$1-district"
  if [ ! -f "$data/port" ]; then
    rm -rf "$data"
    local port; port=$(free_port "$3")
    "$bin/payung-district" init --data "$data" --regency "$regency" --url "https://127.0.0.1:$port" >/dev/null
    echo "$port" >"$data/port"
  fi
  "$bin/payung-district" serve --data "$data" --listen "127.0.0.1:$(cat "$data/port")" >"$demo/$name-district.log" 2>&1 &
  servers+=($!)
  for _ in $(seq 100); do grep -q listening "$demo/$name-district.log" && break; sleep 0.1; done
  grep -q listening "$demo/$name-district.log" || { echo "The district server of $name did not start:" >&2; cat "$demo/$name-district.log" >&2; exit 1; }
  echo "District server of $name: https://127.0.0.1:$(cat "$data/port")"
}

prepare_village() { # name, village code, operator, head
  local name=$1 code=$2 data="$demo/$1-village"
  [ ! -f "$data/.prepared" ] || return 0
  rm -rf "$data"
  "$bin/payung" village new --data "$data" --code "$code" --operator "$3" --head "$4" \
    --passphrase-file "$demo/operator.txt" --head-secret-file "$demo/head.txt" >"$demo/$name-recovery-code.txt"
  "$bin/payung-district" enrol --data "$demo/$name-district" --village "$code" --out "$demo/$name-enrolment.json" >/dev/null
  "$bin/payung" enrol --data "$data" --passphrase-file "$demo/operator.txt" "$demo/$name-enrolment.json" >/dev/null
  "$bin/payung" import --data "$data" --passphrase-file "$demo/operator.txt" "tools/demo/$name.csv" >/dev/null
  touch "$data/.prepared"
  echo "Demo village of $name is ready in $data"
}

start_district kebumen 33.05 18443
start_district klungkung 51.05 18453
prepare_village kebumen 33.05.01.2001 "Siti Aminah" "Harjo Sumarto"
prepare_village klungkung 51.05.01.2010 "Ni Made Ayu" "I Wayan Darma"

village="${VILLAGE:-kebumen}"
[ -d "$demo/$village-village" ] || { echo "VILLAGE is kebumen or klungkung, not $village" >&2; exit 1; }
cat <<WORDS

  Kata sandi operator : $(cat "$demo/operator.txt")
  Rahasia kepala      : $(cat "$demo/head.txt")
  Data                : $demo
  The other regency   : make run VILLAGE=$([ "$village" = kebumen ] && echo klungkung || echo kebumen)

WORDS

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  "$bin/payung-desktop" --data "$demo/$village-village"
else
  echo "There is no display here: walking through the main job under Xvfb instead."
  for name in kebumen klungkung; do
    tools/headless.sh "$bin/payung-walkthrough" "$demo/$name-village" "$demo/screenshots/$name"
  done
  echo "Screenshots: $demo/screenshots"
fi
