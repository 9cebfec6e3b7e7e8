"""Builds what is written in Go, where a Go is installed and its modules can be had; bin/keyhole needs none of it."""

import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class Missing(Exception):
    """Why something cannot be measured here; the other measures can."""


def build(place, folder):
    """The program of bench/FOLDER, built once for a run into its temporary place."""
    program = place / f"{folder.replace('/', '-')}.bin"
    if not program.exists():
        run(place, "build", "-o", program, ".", inside=HERE / folder)
    return program


def install(place, module):
    """A program by its module and version, as everybody installs it."""
    name = module.split("@")[0].rsplit("/", 1)[1]
    if not (place / "gobin" / name).exists():
        run(place, "install", module, inside=place)
    return place / "gobin" / name


def run(place, *words, inside):
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin:/usr/lib/go/bin")
    if not go:
        raise Missing("Go is not installed")
    ran = subprocess.run(["env", f"GOBIN={place / 'gobin'}", go, *words], cwd=inside, capture_output=True, text=True)
    if ran.returncode:
        raise Missing(f"go {words[0]}: {ran.stderr.strip()[-300:]}")
