"""How long an image takes to build on a warm cache, and a bare container of it to be ready."""

import json
import pathlib
import re
import socket
import statistics
import subprocess
import time

KEYHOLE = pathlib.Path(__file__).resolve().parent.parent / "bin" / "keyhole"
LIMITS = """
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
REGISTRY = """
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: %s}}
http: {addr: "127.0.0.1:%d"}
"""


def compare(place, base, rounds, servers):
    """Builds from a registry to it and to a file, in turns; then starts the image on fresh volumes."""
    registry = Registry(place)
    servers.append(registry)
    podman = Podman(place)
    servers.append(podman)
    podman.load(base, registry.name("base:1"))
    podman.run("push", "-q", "--tls-verify=false", registry.name("base:1"))
    podman.run("rmi", "-a", "-f")
    tar = place / "image.tar"
    first = build(registry.name("base:1"), "--tar", str(tar))
    to_registry, to_file = [], []
    for number in range(rounds):
        to_registry.append(build(registry.name("base:1"), "--to", registry.name(f"ws:{number}")))
        tar.unlink()
        to_file.append(build(registry.name("base:1"), "--tar", str(tar)))
    podman.load(tar, "localhost/ws:1")
    key = (place / "key.pub").read_text()
    return {
        "base_bytes": pathlib.Path(base).stat().st_size,
        "first_build_seconds": first,
        "to_registry_seconds": to_registry,
        "to_file_seconds": to_file,
        "ready_seconds": [podman.ready("localhost/ws:1", key) for _ in range(rounds)],
    }


def build(base, *target):
    since = time.monotonic()
    subprocess.run([KEYHOLE, "image", "build", "--from", base, *target, "--json"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - since


def report(machine, found, as_json):
    if as_json:
        print(json.dumps({"machine": machine, **found}))
        return
    print(machine)
    print(f"base {found['base_bytes'] / 1e6:.0f} MB; the first build on it {found['first_build_seconds']:.1f} s")
    for name in ("to_registry", "to_file", "ready"):
        seconds = found[f"{name}_seconds"]
        print(f"{name:<12} median {statistics.median(seconds):.1f} s of "
              + ", ".join(f"{one:.1f}" for one in seconds))


class Registry:
    def __init__(self, place):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = place / "registry.yml"
        config.write_text(REGISTRY % (place / "registry", self.port))
        self.process = subprocess.Popen(["docker-registry", "serve", config],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: socket.create_connection(("127.0.0.1", self.port)).close() is None)

    def name(self, image):
        return f"127.0.0.1:{self.port}/{image}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Podman:
    def __init__(self, place):
        self.place = place
        (place / "containers.conf").write_text(LIMITS)

    def command(self, *words):
        return ["env", f"CONTAINERS_CONF={self.place}/containers.conf", "podman",
                *(f"--{name}={self.place}/pod/{name}" for name in ("root", "runroot", "tmpdir")), *words]

    def run(self, *words):
        return subprocess.run(self.command(*words), check=True, capture_output=True, text=True).stdout

    def load(self, tar, name):
        said = self.run("load", "-q", "-i", str(tar))
        self.run("tag", said.partition(": ")[2].strip(), name)

    def ready(self, image, key):
        """From the start of its first process to the line that says so; the volume is new."""
        running = subprocess.Popen(
            self.command("run", "--name", "bare", "--network=none", "--read-only", "--cap-drop=all",
                         "--security-opt=no-new-privileges", "-v", "bare:/state", "-e", f"KEYHOLE_KEYS={key}", image),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in running.stdout:
            if line.startswith("Ready."):
                break
        now = time.time()
        started = self.run("inspect", "--format", "{{.State.StartedAt.UnixMilli}}", "bare")
        self.run("rm", "-f", "-t", "1", "bare")
        running.wait()
        self.run("volume", "rm", "-f", "bare")
        return now - int(re.match(r"\d+", started).group()) / 1000

    def stop(self):
        subprocess.run(self.command("rm", "-a", "-f", "-t", "1"), capture_output=True)
        subprocess.run(self.command("system", "reset", "-f"), capture_output=True)


def until(done, seconds=20):
    end = time.monotonic() + seconds
    while True:
        try:
            if done():
                return
        except OSError:
            pass
        if time.monotonic() > end:
            raise SystemExit("bin/bench: docker-registry does not answer")
        time.sleep(0.05)
