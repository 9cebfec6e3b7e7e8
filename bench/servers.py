"""The two servers under test, started as people start them."""

import itertools
import os
import pathlib
import pwd
import subprocess

from processes import accepts, cpu_seconds, free_port, memory_kib, tree, tree_seconds, wait_for

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent

# As many as a bench may want; what they are limited to otherwise is not what is measured.
MANY = 30000

# In the command of a toy service that runs below a server and is no part of it.
TOY_INSIDE = "bench-toy-inside"


class Toy:
    """The service of toy.py on a unix socket or a loopback port, until `stop`."""

    name = "toy"

    def __init__(self, address, *prefix):
        self.address = address
        self.process = subprocess.Popen([*prefix, "/usr/bin/python3", "-B", CHECKOUT / "bench/toy.py", str(address)], cwd="/")
        wait_for("toy service", lambda: accepts(address))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Server:
    """What all have: a port, a key, and how to reach the toy service, which is the same for all."""

    host = "127.0.0.1"

    # Names of measures that make sense here; None for all.
    can = None

    def __init__(self, place, cipher, toy=None):
        self.place = place
        self.port = free_port()
        self.key = place / "key"
        self.known_hosts = place / f"known_hosts.{self.name}"
        self.cipher = cipher
        self.toy = toy

    def ssh(self, *words, cipher=None, prefix=()):
        """The words of a stock client; `cipher` is the bench's own one, another one, or "" for the client's default order."""
        cipher = self.cipher if cipher is None else cipher
        return [*prefix, "ssh", "-F", "none", "-p", str(self.port), "-i", str(self.key), *(["-c", cipher] if cipher else []),
                "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=accept-new", "-o", f"UserKnownHostsFile={self.known_hosts}",
                "-o", "LogLevel=ERROR", *words, f"{self.login}@{self.host}"]

    def another(self, name, **how):
        """One more of its kind, with the same key and the same service; to be stopped by who asked for it."""
        place = self.place / f"{name}-{self.name}"
        place.mkdir(mode=0o755)
        (place / "key").symlink_to(self.key)
        (place / "key.pub").symlink_to(f"{self.key}.pub")
        return type(self)(place, self.cipher, toy=self.toy, **how)

    def tunnel(self, **how):
        """A tunnel to the toy service on its unix socket."""
        return Tunnel(self, self.target(), **how)

    def stop(self):
        pass


class Tunnel:
    """ssh -N -L to what the server reaches, one or several times in one session; for use with `with`.

    It listens on loopback ports, or, when `sockets` is true, on unix sockets, which are the same in every network namespace.
    """

    numbers = itertools.count()

    def __init__(self, server, target, forwards=1, options=(), sockets=False, **how):
        self.ports = [server.place / f"tunnel{next(Tunnel.numbers)}" if sockets else free_port() for _ in range(forwards)]
        self.local = self.ports[0]
        forwarded = [word for port in self.ports for word in ("-L", f"{port if sockets else f'127.0.0.1:{port}'}:{target}")]
        self.process = subprocess.Popen(server.ssh("-N", "-o", "ExitOnForwardFailure=yes", *options, *forwarded, **how))

    def __enter__(self):
        wait_for("tunnel", lambda: self.process.poll() is not None or all(accepts(port) for port in self.ports))
        if self.process.poll() is not None:
            raise RuntimeError(f"ssh ended with {self.process.returncode}")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        for port in self.ports:
            if not isinstance(port, int):
                port.unlink(missing_ok=True)


class Door(Server):
    name = "keyhole"

    def __init__(self, place, cipher, login="ada", toy=None, listen="127.0.0.1", prefix=()):
        super().__init__(place, cipher, toy)
        self.login = login
        self.host = listen
        self.home = place / f"home-{login}"
        config, log = place / f"keyhole-{login}.yaml", place / f"serve-{login}.log"
        config.write_text(
            f"listen: {listen}:{self.port}\nhome: {self.home}\nservices: {{own-loopback: allow}}\n"
            f"limits: {{sessions: {MANY}, forwards: {MANY}}}\n"
            f'ban: {{exempt: [127.0.0.0/8, 10.0.0.0/8], startups: "{MANY}:30:{MANY}", startups-per-source: {MANY}}}\n'
            f"principals:\n  {login}: {{key-files: [{self.key}.pub], shell: allow}}\n")
        self.process = subprocess.Popen([*prefix, CHECKOUT / "bin/keyhole", "serve", "--config", config],
                                        stdout=open(log, "w"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        wait_for("the door", lambda: self.process.poll() is not None or "The door listens" in log.read_text(), seconds=300)
        if self.process.poll() is not None:
            raise RuntimeError(log.read_text())
        self.jupyter = "localhost:8888"
        self.up = int((self.home / "run/up.pid").read_text().split()[0])
        pid_file = self.home / "run/door.pid"
        self.pid = int(pid_file.read_text().split()[0]) if pid_file.exists() else self.up
        if toy:
            self.share("toy", toy.address)

    def share(self, name, address):
        """Offers what listens there, a path or HOST:PORT, to who logs in."""
        self.keyhole("service", "add", name, "--address", str(address))
        self.keyhole("service", "grant", name, self.login)

    def target(self):
        return "toy:80"

    def cpu(self, whole=False):
        """Of the process that all connections belong to; of its broker with all relays, too, when `whole`."""
        return tree_seconds(self.up, TOY_INSIDE) if whole else cpu_seconds(self.pid)

    def connection_memory_kib(self, before=None):
        """The one process of all connections: how much it grew since."""
        now = memory_kib(self.pid, "Rss")
        return now if before is None else now - before

    def login_command(self, **how):
        return [*self.ssh(**how), "keyhole", "services"]

    def keyhole(self, *words):
        subprocess.run([CHECKOUT / "bin/keyhole", *words, "--home", self.home], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        subprocess.run([CHECKOUT / "bin/keyhole", "down", "--home", self.home], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.wait()


class Sshd(Server):
    name = "sshd"

    def __init__(self, place, cipher, toy=None, listen="127.0.0.1", prefix=()):
        super().__init__(place, cipher, toy)
        self.login = pwd.getpwuid(os.getuid()).pw_name
        self.host = listen
        host_key = place / "sshd_host_key"
        if not host_key.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key], check=True)
        config = place / f"sshd_config.{self.port}"
        config.write_text(
            f"Port {self.port}\nListenAddress {listen}\nHostKey {host_key}\nAuthorizedKeysFile {self.key}.pub\n"
            f"StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\nMaxStartups {MANY}\nMaxSessions 300\n")
        pathlib.Path("/run/sshd").mkdir(exist_ok=True) if os.getuid() == 0 else None
        self.process = subprocess.Popen([*prefix, "/usr/sbin/sshd", "-D", "-e", "-f", config],
                                        stderr=open(place / "sshd.log", "a"), stdin=subprocess.DEVNULL)
        self.await_port()

    def await_port(self):
        """Until it listens, seen from here or from where it is."""
        wait_for("sshd", lambda: self.process.poll() is not None or "Server listening" in (self.place / "sshd.log").read_text())
        if self.process.poll() is not None:
            raise RuntimeError((self.place / "sshd.log").read_text())

    def target(self):
        return str(self.toy.address)

    def tree(self):
        return tree(self.process.pid)

    def cpu(self, whole=False):
        """Of sshd and all its children; that is the whole of it."""
        return tree_seconds(self.process.pid, TOY_INSIDE)

    def connection_memory_kib(self, before=None):
        """The processes of all connections, what they share counted in parts (PSS)."""
        now = 0
        for pid in self.tree():
            try:
                now += memory_kib(pid, "Pss")
            except (FileNotFoundError, ProcessLookupError, KeyError):
                pass  # a helper of a login that has ended just now
        return now if before is None else now - before

    def login_command(self, **how):
        return [*self.ssh(**how), "true"]

    def stop(self):
        for pid in reversed(self.tree()):
            try:
                os.kill(pid, 15)
            except ProcessLookupError:
                pass
        self.process.wait()
