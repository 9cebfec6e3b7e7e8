"""Others to compare with, where they can be built: an SSH server of Go's library, and chisel, which is no SSH server but does the same."""

import subprocess

import golang
from processes import accepts, cpu_seconds, free_port, memory_kib, wait_for
from servers import Server, Toy, Tunnel


class OneProcess(Server):
    """A server that is one process and nothing more."""

    process = None

    def cpu(self, whole=False):
        return cpu_seconds(self.process.pid)

    def connection_memory_kib(self, before=None):
        now = memory_kib(self.process.pid, "Rss")
        return now if before is None else now - before

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class GoForwarder(OneProcess):
    name = "go-ssh"
    can = {"bulk", "default_order", "round_trips", "logins", "idle_memory", "chacha", "many_forwards", "storm", "rekey", "idle_1000", "delay"}

    def __init__(self, place, cipher, toy=None, listen="127.0.0.1", prefix=()):
        super().__init__(place, cipher, toy)
        self.host, self.login = listen, "ada"
        program = golang.build(place, "peers/forwarder")
        host_key = place / "go_host_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key], check=True)
        self.process = subprocess.Popen([*prefix, program, f"{listen}:{self.port}", host_key, f"{self.key}.pub"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        if not self.process.stdout.readline():
            raise golang.Missing("the Go forwarder does not start")

    def target(self):
        return str(self.toy.address)

    def login_command(self, **how):
        return [*self.ssh(**how), "true"]


class Chisel(OneProcess):
    """TCP over SSH over a websocket, with a client of its own; it reaches no unix sockets, so it has a toy service on loopback."""

    name = "chisel"
    can = {"bulk", "round_trips", "many_forwards"}

    def __init__(self, place, cipher, toy=None):
        super().__init__(place, cipher, toy)
        self.program = golang.build(place, "peers/chisel", "github.com/jpillora/chisel")
        self.own_toy = Toy(free_port())
        self.process = subprocess.Popen([self.program, "server", "--host", self.host, "--port", str(self.port)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("chisel", lambda: accepts(self.port))

    def tunnel(self, forwards=1, **_):
        return ChiselTunnel(self, forwards)

    def stop(self):
        super().stop()
        self.own_toy.stop()


class ChiselTunnel(Tunnel):
    def __init__(self, server, forwards):
        self.ports = [free_port() for _ in range(forwards)]
        self.local = self.ports[0]
        remotes = [f"127.0.0.1:{port}:127.0.0.1:{server.own_toy.address}" for port in self.ports]
        self.process = subprocess.Popen([server.program, "client", f"http://{server.host}:{server.port}", *remotes],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
