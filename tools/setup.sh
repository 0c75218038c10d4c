#!/usr/bin/env bash
# Installs what building, running and testing need and the machine lacks. Rust, Node and git must be there already.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev # to build
  xvfb dbus webkit2gtk-driver poppler-utils                   # to run without a display, and to test
)

missing_programs=()
for program in cargo node npm git; do
  command -v "$program" >/dev/null || missing_programs+=("$program")
done
if [ ${#missing_programs[@]} -gt 0 ]; then
  echo "Payung needs these programs first: ${missing_programs[*]} (Rust 1.92 or newer, Node 20 or newer)." >&2
  exit 1
fi

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    sudo=()
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null || { echo "Please install as root: apt-get install ${missing[*]}" >&2; exit 1; }
      sudo=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
else
  unknown=()
  pkg-config --exists webkit2gtk-4.1 2>/dev/null || unknown+=("WebKitGTK 4.1 with headers")
  pkg-config --exists libcrypto 2>/dev/null || unknown+=("OpenSSL 3 with headers")
  command -v cc >/dev/null || unknown+=("a C compiler and make")
  command -v Xvfb >/dev/null || unknown+=("Xvfb")
  command -v dbus-run-session >/dev/null || unknown+=("dbus")
  command -v WebKitWebDriver >/dev/null || unknown+=("WebKitWebDriver")
  command -v pdfinfo >/dev/null || unknown+=("poppler's programs (pdfinfo, pdftotext)")
  if [ ${#unknown[@]} -gt 0 ]; then
    echo "This system has no apt-get. Please install with its own package manager:" >&2
    printf '  - %s\n' "${unknown[@]}" >&2
    exit 1
  fi
fi

# npm ci is slow; run it only when the lock file is not the one that was installed.
stamp=ui/node_modules/.installed-lock
if ! cmp -s ui/package-lock.json "$stamp"; then
  (cd ui && npm ci --no-audit --no-fund --loglevel=error)
  cp ui/package-lock.json "$stamp"
fi
