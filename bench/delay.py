"""The same over a line with delay: servers in one network namespace, clients in another one, and time between them."""

import subprocess
import sys

import measures
from golang import Missing
from servers import CHECKOUT

NEAR, FAR = "10.213.0.1", "10.213.0.2"

# There and back, in milliseconds, and MiB of a transfer at most: 2 MiB in flight are 40 MB/s at 50 ms.
DELAYS = {"0.1": 1024, "50": 128}
WARM_UP_MIB = 1024


def delay(server, words):
    """One forward, one transfer each way and small requests, with a round trip of 0.1 ms and of 50 ms below."""
    line = next((each for each in words.running if isinstance(each, Line)), None)
    if line is None:
        line = Line()
        words.running.append(line)
        line.open()
    if server.name not in line.twins:
        line.twins[server.name] = line.twin(server, words.running)
        if not words.cold:
            warm_up(line, line.twins[server.name], WARM_UP_MIB // (32 if words.quick else 1))
    twin = line.twins[server.name]
    figures = {}
    for milliseconds, most in DELAYS.items():
        line.wait(float(milliseconds))
        prefix = f"delay_{milliseconds}ms_"
        with twin.tunnel(sockets=True, prefix=line.far.inside()) as tunnel:
            figures.update(measures.transfers(twin.cpu, tunnel, min(words.size, 16 if words.quick else most), prefix, 1))
            figures.update(measures.answers_of(tunnel.local, 50 if words.quick else 200, f"{prefix}round_trip"))
    return figures


def warm_up(line, twin, mebibytes):
    line.wait(0)
    with twin.tunnel(sockets=True, prefix=line.far.inside()) as tunnel:
        measures.transfers(twin.cpu, tunnel, mebibytes, "", 1)


class Network:
    """A namespace, kept by a process that waits."""

    def __init__(self):
        self.keeper = subprocess.Popen(["unshare", "--net", "sh", "-c", "ip link set lo up && echo yes && exec sleep infinity"],
                                       stdout=subprocess.PIPE)
        if not self.keeper.stdout.readline():
            raise Missing("no network namespaces here; they need root")

    def inside(self):
        return ["nsenter", f"--net=/proc/{self.keeper.pid}/ns/net"]

    def ip(self, *words):
        subprocess.run([*self.inside(), "ip", *words], check=True)

    def stop(self):
        self.keeper.kill()
        self.keeper.wait()


class Line:
    """Two namespaces and what is between them: a veth pair with netem at both ends, or wire.py where the kernel has no netem."""

    def __init__(self):
        self.networks, self.wire, self.twins = [], None, {}

    def open(self):
        for _ in range(2):
            self.networks.append(Network())
        self.near, self.far = self.networks
        self.near.ip("link", "add", "line", "type", "veth", "peer", "name", "line", "netns", str(self.far.keeper.pid))
        if not self.netem("0ms"):
            print("bench: this kernel has no netem; a wire of the bench's own delays instead", file=sys.stderr, flush=True)
            self.near.ip("link", "del", "line")
            self.wire = subprocess.Popen([*self.near.inside(), "/usr/bin/python3", "-B", CHECKOUT / "bench/wire.py", "line", "far",
                                          str(self.far.keeper.pid)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            if not self.wire.stdout.readline():
                raise Missing("neither netem nor /dev/net/tun")
            self.far.ip("link", "set", "far", "name", "line")
        for network, own, peer in ((self.near, NEAR, FAR), (self.far, FAR, NEAR)):
            network.ip("address", "add", own, "peer", peer, "dev", "line")
            network.ip("link", "set", "line", "up")

    def netem(self, each_way):
        return all(subprocess.run([*network.inside(), "tc", "qdisc", "replace", "dev", "line", "root", "netem", "limit", "100000",
                                   "delay", each_way], capture_output=True).returncode == 0 for network in self.networks)

    def wait(self, milliseconds):
        """From now on there and back takes so long."""
        if not self.wire:
            self.netem(f"{milliseconds * 500:.0f}us")
            return
        print(milliseconds / 2000, file=self.wire.stdin, flush=True)
        self.wire.stdout.readline()

    def twin(self, server, running):
        """One of its kind that listens at the near end."""
        running.append(server.another("near", listen=NEAR, prefix=self.near.inside()))
        return running[-1]

    def stop(self):
        if self.wire:
            self.wire.stdin.close()
            self.wire.wait()
        for network in self.networks:
            network.stop()
