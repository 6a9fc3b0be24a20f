#!/usr/bin/env python3
"""Fails when Cargo.lock holds a version that a known advisory is about."""

import sys
import tomllib

# The first version of each crate that no advisory known to us is about.
SAFE = {
    "h2": "0.4.16",
    "bytes": "1.11.1",
    "rustls-webpki": "0.103.13",
    "time": "0.3.47",
    "tracing-subscriber": "0.3.20",
    "tokio": "1.44.2",
    "lru": "0.18.2",
    "crossbeam-channel": "0.5.15",
}


def numbers(version: str) -> tuple[int, ...]:
    """1.2.3-rc.1+build -> (1, 2, 3)."""
    return tuple(int(part) for part in version.split("+")[0].split("-")[0].split("."))


def main(path: str) -> int:
    with open(path, "rb") as lock:
        packages = tomllib.load(lock)["package"]
    bad = [
        f"{package['name']} {package['version']} is below {SAFE[package['name']]}"
        for package in packages
        if package["name"] in SAFE and numbers(package["version"]) < numbers(SAFE[package["name"]])
    ]
    for line in bad:
        print(line, file=sys.stderr)
    print(f"{len(packages)} packages, {len(bad)} with a known advisory")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
