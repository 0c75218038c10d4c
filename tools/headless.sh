#!/usr/bin/env bash
# Runs a command with a display and a session bus of its own: a 1366x768 screen, as on the village laptop.
set -euo pipefail
number=$((100 + RANDOM % 400))
while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
Xvfb ":$number" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null || true' EXIT
for _ in $(seq 50); do [ -e "/tmp/.X11-unix/X$number" ] && break; sleep 0.1; done

export DISPLAY=":$number" NO_AT_BRIDGE=1
# Dialogs of the system want a window manager to give them the keys.
openbox --sm-disable >/dev/null 2>&1 &
openbox=$!
trap 'kill "$openbox" "$xvfb" 2>/dev/null || true' EXIT
dbus-run-session -- "$@"
