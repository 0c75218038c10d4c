#!/usr/bin/env bash
# Installs what building, running and testing need and the machine lacks. Rust, Node and git must be there already.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev # to build
  xvfb dbus webkit2gtk-driver openbox xdotool x11-apps        # to run without a display, and to test
  poppler-utils qpdf libnss3-tools openssl python3-venv       # strangers who read our PDFs and signatures in tests
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
  command -v openbox >/dev/null || unknown+=("openbox")
  command -v xdotool >/dev/null || unknown+=("xdotool")
  command -v xwd >/dev/null || unknown+=("xwd")
  command -v WebKitWebDriver >/dev/null || unknown+=("WebKitWebDriver")
  command -v pdfsig >/dev/null || unknown+=("poppler's programs (pdfinfo, pdfsig, pdftotext)")
  command -v qpdf >/dev/null || unknown+=("qpdf")
  command -v certutil >/dev/null || unknown+=("NSS tools (certutil)")
  command -v openssl >/dev/null || unknown+=("OpenSSL's program")
  command -v python3 >/dev/null || unknown+=("Python 3 with venv")
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

# pyHanko judges our signatures in tests; it lives in a folder of its own and touches no other Python.
stamp=tests/.venv/.installed-requirements
if ! cmp -s tests/requirements.txt "$stamp"; then
  python3 -m venv --clear tests/.venv
  tests/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
  cp tests/requirements.txt "$stamp"
fi
