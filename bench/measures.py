"""What is measured of bytes and answers. Each function takes a server and the words of the command line, and returns numbers by name."""

import contextlib
import http.client
import shlex
import subprocess
import sys
import time

import traffic
from processes import accepts, cpu_seconds, free_port, wait_for
from servers import CHECKOUT, TOY_INSIDE, Tunnel
from toy import MIB

CHACHA = "chacha20-poly1305@openssh.com"
FORWARDS = 32


def bulk(server, words, cipher=None, prefix="", forwards=1):
    """One forward, one transfer each way: MB/s, and CPU-seconds for each GiB, of the server and of ssh."""
    with server.tunnel(cipher=cipher) as tunnel:
        return transfers(server.cpu, tunnel, words.size, prefix, forwards)


def transfers(cpu, tunnel, mebibytes, prefix, forwards):
    figures = {}
    with contextlib.ExitStack() as ending:
        connections = [ending.enter_context(traffic.connect(tunnel.local)) for _ in range(forwards)]
        each = mebibytes * MIB // forwards
        for name, send in (("download", traffic.download_all), ("upload", traffic.upload_all)):
            send(connections, MIB)  # windows and buffers find their size
            client, server, began = cpu_seconds(tunnel.process.pid), cpu(), time.monotonic()
            send(connections, each)
            took = time.monotonic() - began
            gib = each * forwards / 1024 / MIB
            figures[f"{prefix}{name}_mb_per_s"] = each * forwards / 1e6 / took
            figures[f"{prefix}{name}_cpu_s_per_gib"] = (cpu() - server) / gib
            figures[f"{prefix}{name}_client_cpu_s_per_gib"] = (cpu_seconds(tunnel.process.pid) - client) / gib
    return figures


def chacha(server, words):
    """The same with chacha20-poly1305."""
    return bulk(server, words, CHACHA, "chacha_")


def many_forwards(server, words):
    """The same amount over 32 connections at once through one session."""
    return bulk(server, words, prefix=f"forwards{FORWARDS}_", forwards=FORWARDS)


def default_order(server, words):
    """The same with the stock client's own order of ciphers, and which one they agreed on."""
    return {**bulk(server, words, "", "default_order_"), "default_order_cipher": negotiated(server)}


def negotiated(server):
    """What the server's packets are encrypted with when the client asks for nothing special."""
    command = server.login_command(cipher="")
    command[command.index("LogLevel=ERROR")] = "LogLevel=DEBUG1"
    said = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True).stderr
    line = next(line for line in said.splitlines() if "kex: server->client cipher:" in line)
    return line.split("cipher:")[1].split()[0]


def own_loopback(server, words):
    """A TCP port of the principal's own in place of the unix socket; the door reaches it through its broker, which counts too."""
    with own_toy(server) as target, Tunnel(server, target) as tunnel:
        return transfers(lambda: server.cpu(whole=True), tunnel, words.size, "own_loopback_", 1)


@contextlib.contextmanager
def own_toy(server):
    """Where who logs in would start it: inside, and by ssh. The door's own loopback is not that of a workspace."""
    port = free_port()
    program = shlex.quote((CHECKOUT / "bench/toy.py").read_text())
    inside = subprocess.Popen([*server.ssh(), f"exec /usr/bin/python3 -B -c {program} {port} {TOY_INSIDE}"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        if not inside.stdout.readline():
            raise RuntimeError("the toy service does not start by ssh")
        yield f"localhost:{port}"
    finally:
        inside.communicate()
        inside.wait()


def round_trips(server, words):
    """A 1 KiB GET on a kept connection: median and 99th percentile in milliseconds, alone and beside a download."""
    count = 200 if words.quick else 1000
    figures = {}
    with server.tunnel(forwards=2) as tunnel, server.tunnel() as other:
        figures.update(answers_of(tunnel.local, count, "round_trip"))
        with download_beside(tunnel.ports[1]):
            figures.update(answers_of(tunnel.local, count, "round_trip_beside_download"))
        with download_beside(other.local):
            figures.update(answers_of(tunnel.local, count, "round_trip_beside_other_session"))
    return figures


def answers_of(port, count, name):
    times = []
    with traffic.connect(port) as connection:
        for _ in range(count + 100):
            began = time.monotonic()
            traffic.small(connection)
            times.append((time.monotonic() - began) * 1000)
    times = sorted(times[100:])
    return {f"{name}_p50_ms": times[count // 2], f"{name}_p99_ms": times[count * 99 // 100]}


@contextlib.contextmanager
def download_beside(port):
    """Another process that downloads as fast as it goes."""
    drain = subprocess.Popen([sys.executable, "-B", CHECKOUT / "bench/traffic.py", "drain", str(port)])
    try:
        time.sleep(0.5)
        yield
        if drain.poll() is not None:
            raise RuntimeError("the download beside ended too soon")
    finally:
        drain.kill()
        drain.wait()


def logins(server, words):
    """Milliseconds of the server's CPU, and of time, for a login and one short command."""
    count = 5 if words.quick else 20
    subprocess.run(server.login_command(), check=True, stdout=subprocess.DEVNULL)
    cpu, began = server.cpu(), time.monotonic()
    for _ in range(count):
        subprocess.run(server.login_command(), check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - began
    time.sleep(0.3)  # what a login leaves to tidy up is part of it
    return {"login_cpu_ms": (server.cpu() - cpu) * 1000 / count, "login_ms": took * 1000 / count}


def first_byte(server, _words):
    """Warm: from the start of ssh to the first byte of Jupyter's answer, in milliseconds. The door only."""
    if not hasattr(server, "jupyter"):
        return {}
    with Tunnel(server, server.jupyter) as warm:
        wait_for("jupyter", lambda: answers(warm.local))
    began = time.monotonic()
    tunnel = Tunnel(server, server.jupyter)
    try:
        wait_for("tunnel", lambda: accepts(tunnel.local))
        wait_for("jupyter", lambda: answers(tunnel.local))
        return {"tunnel_to_first_jupyter_byte_ms": (time.monotonic() - began) * 1000}
    finally:
        tunnel.__exit__()


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/api", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
