#!/bin/sh
# Makes every raster size the desktop bundle wants from the two drawings.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
draw() { rsvg-convert -w "$2" -h "$2" "$1" -o "$3"; }
draw payung-small.svg 32 32x32.png
draw payung.svg 128 128x128.png
draw payung.svg 256 128x128@2x.png
draw payung.svg 512 icon.png
for size in 16 24 32; do draw payung-small.svg "$size" "$work/$size.png"; done
for size in 48 64 128 256; do draw payung.svg "$size" "$work/$size.png"; done
convert "$work/16.png" "$work/24.png" "$work/32.png" "$work/48.png" "$work/64.png" "$work/128.png" "$work/256.png" icon.ico
