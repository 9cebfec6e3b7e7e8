"""Builds what is written in Go, where a Go is installed and its modules can be had; bin/keyhole needs none of it."""

import functools
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class Missing(Exception):
    """Why something cannot be measured here; the other measures can."""


@functools.cache
def build(place, folder, package="."):
    """The program of bench/FOLDER, or one of the modules that it names, built into the run's temporary place."""
    program = place / f"{folder.replace('/', '-')}.bin"
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin:/usr/lib/go/bin")
    if not go:
        raise Missing("Go is not installed")
    ran = subprocess.run([go, "build", "-o", program, package], cwd=HERE / folder, capture_output=True, text=True)
    if ran.returncode:
        raise Missing(f"{folder} does not build: {ran.stderr.strip()[-300:]}")
    return program
