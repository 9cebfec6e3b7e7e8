"""The two servers under test, started as people start them, and what the kernel says about their processes."""

import json
import os
import pathlib
import pwd
import socket
import subprocess
import time

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.01)


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stat(pid):
    """Fields of /proc/PID/stat from the state on."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def cpu_seconds(pid):
    """User and system time, with that of children that have ended."""
    fields = stat(pid)
    return sum(int(fields[i]) for i in (11, 12, 13, 14)) / TICKS


def children(pid):
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if int(stat(entry.name)[1]) == pid:
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def memory_kib(pid, field):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise KeyError(field)


class Server:
    """What both have: a port, a key, and how to reach the toy service."""

    def __init__(self, place, cipher):
        self.place = place
        self.port = free_port()
        self.toy_port = free_port()
        self.key = place / "key"
        self.known_hosts = place / f"known_hosts.{self.name}"
        self.cipher = cipher
        self.toy = None

    def ssh(self, *words):
        return ["ssh", "-F", "none", "-p", str(self.port), "-i", str(self.key), "-c", self.cipher,
                "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=accept-new", "-o", f"UserKnownHostsFile={self.known_hosts}",
                "-o", "LogLevel=ERROR", *words, f"{self.login}@127.0.0.1"]

    def tunnel(self):
        return Tunnel(self, self.toy_port)

    def start_toy(self, *prefix):
        self.toy = subprocess.Popen([*prefix, "/usr/bin/python3", "-B", "-", str(self.toy_port)],
                                    stdin=open(CHECKOUT / "bench/toy.py"), cwd="/")
        wait_for("toy service", lambda: accepts(self.toy_port))

    def stop(self):
        if self.toy:
            self.toy.kill()
            self.toy.wait()


class Tunnel:
    """ssh -N -L to a loopback port of the server; for use with `with`."""

    def __init__(self, server, remote_port, host="localhost", prefix=()):
        self.local = free_port()
        self.process = subprocess.Popen(
            [*prefix, *server.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-L", f"127.0.0.1:{self.local}:{host}:{remote_port}")])

    def __enter__(self):
        wait_for("tunnel", lambda: accepts(self.local))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Door(Server):
    name = "keyhole"

    def __init__(self, place, cipher, login="ada"):
        super().__init__(place, cipher)
        self.login = login
        self.home = place / f"home-{login}"
        self.up = subprocess.Popen(
            [CHECKOUT / "bin/keyhole", "up", "--home", self.home, "--listen", "127.0.0.1", "--port", str(self.port),
             "--as", self.login, "--key", f"{self.key}.pub", "--json"],
            stdout=subprocess.PIPE, stderr=open(place / f"up-{login}.log", "w"), stdin=subprocess.DEVNULL)
        line = self.up.stdout.readline()
        if not line:
            raise RuntimeError((place / f"up-{login}.log").read_text())
        self.jupyter_port = next(s["port"] for s in json.loads(line)["services"] if s["name"] == "jupyter")
        pid_file = self.home / "run/door.pid"
        self.pid = int((pid_file if pid_file.exists() else self.home / "run/up.pid").read_text().split()[0])
        self.start_toy(*self.as_principal())

    def as_principal(self):
        if os.getuid() != 0:
            return []
        user = pwd.getpwnam(f"keyhole-{self.login}")
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def cpu(self):
        return cpu_seconds(self.pid)

    def connection_memory_kib(self, before=None):
        """The one process of all connections: how much it grew since."""
        now = memory_kib(self.pid, "Rss")
        return now if before is None else now - before

    def login_command(self):
        return [*self.ssh(), "keyhole", "services"]

    def keyhole(self, *words):
        subprocess.run([CHECKOUT / "bin/keyhole", *words, "--home", self.home], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        super().stop()
        subprocess.run([CHECKOUT / "bin/keyhole", "down", "--home", self.home], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.up.wait()


class Sshd(Server):
    name = "sshd"

    def __init__(self, place, cipher):
        super().__init__(place, cipher)
        self.login = pwd.getpwuid(os.getuid()).pw_name
        host_key = place / "sshd_host_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key], check=True)
        config = place / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {host_key}\nAuthorizedKeysFile {self.key}.pub\n"
            f"StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\nMaxStartups 300\nMaxSessions 300\n")
        pathlib.Path("/run/sshd").mkdir(exist_ok=True) if os.getuid() == 0 else None
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", config],
                                        stderr=open(place / "sshd.log", "w"), stdin=subprocess.DEVNULL)
        wait_for("sshd", lambda: accepts(self.port))
        self.start_toy()

    def tree(self):
        pids, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            pids.append(pid)
            waiting += children(pid)
        return pids

    def cpu(self):
        total = 0
        for pid in self.tree():
            try:
                total += cpu_seconds(pid)
            except (FileNotFoundError, ProcessLookupError):
                pass  # ended just now; its parent has counted it
        return total

    def connection_memory_kib(self, before=None):
        """The processes of all connections, what they share counted in parts (PSS)."""
        now = 0
        for pid in self.tree():
            try:
                now += memory_kib(pid, "Pss")
            except (FileNotFoundError, ProcessLookupError, KeyError):
                pass  # a helper of a login that has ended just now
        return now if before is None else now - before

    def login_command(self):
        return [*self.ssh(), "true"]

    def stop(self):
        super().stop()
        for pid in reversed(self.tree()):
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                pass
        self.process.wait()
