"""What is measured. Each function takes a server and returns numbers by name; nothing here knows which server it is."""

import http.client
import subprocess
import time

from servers import Tunnel, accepts, wait_for

MIB = 1 << 20
BLOCK = b"y" * MIB


def bulk(server, mebibytes):
    """One forward, one transfer each way: MB/s, and CPU-seconds of the server for each GiB."""
    with server.tunnel() as tunnel:
        connection = http.client.HTTPConnection("127.0.0.1", tunnel.local)
        transfer(connection, "GET", f"/bytes/{MIB}")  # the first connection is warm-up
        figures = {}
        for name, send in (("download", lambda: transfer(connection, "GET", f"/bytes/{mebibytes * MIB}")),
                           ("upload", lambda: transfer(connection, "POST", "/", mebibytes))):
            cpu, began = server.cpu(), time.monotonic()
            send()
            took = time.monotonic() - began
            figures[f"{name}_mb_per_s"] = mebibytes * MIB / 1e6 / took
            figures[f"{name}_cpu_s_per_gib"] = (server.cpu() - cpu) * 1024 / mebibytes
        return figures


def transfer(connection, method, path, mebibytes=0):
    body = (BLOCK for _ in range(mebibytes)) if mebibytes else None
    headers = {"Content-Length": str(mebibytes * MIB)} if mebibytes else {}
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    while answer.read(MIB):
        pass


def round_trips(server, count):
    """A 1 KiB GET on a kept connection: median and 99th percentile in milliseconds."""
    with server.tunnel() as tunnel:
        connection = http.client.HTTPConnection("127.0.0.1", tunnel.local)
        times = []
        for _ in range(count + 100):
            began = time.monotonic()
            transfer(connection, "GET", "/bytes/1024")
            times.append((time.monotonic() - began) * 1000)
        times = sorted(times[100:])
        return {"round_trip_p50_ms": times[count // 2], "round_trip_p99_ms": times[count * 99 // 100]}


def logins(server, count):
    """Milliseconds of the server's CPU, and of time, for a login and one short command."""
    subprocess.run(server.login_command(), check=True, stdout=subprocess.DEVNULL)
    cpu, began = server.cpu(), time.monotonic()
    for _ in range(count):
        subprocess.run(server.login_command(), check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - began
    time.sleep(0.3)  # what a login leaves to tidy up is part of it
    return {"login_cpu_ms": (server.cpu() - cpu) * 1000 / count, "login_ms": took * 1000 / count}


def idle_memory(server, count):
    """KiB for each idle connection."""
    before = server.connection_memory_kib()
    clients = [subprocess.Popen(server.ssh("-N", "-v"), stderr=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        for client in clients:
            for line in client.stderr:
                if "Entering interactive session" in line:
                    break
        return {"idle_connection_kib": server.connection_memory_kib(before) / count}
    finally:
        for client in clients:
            client.terminate()
        for client in clients:
            client.wait()
            client.stderr.close()


def first_byte(door):
    """Warm: from the start of ssh to the first byte of Jupyter's answer, in milliseconds. The door only."""
    with Tunnel(door, door.jupyter_port) as warm:
        wait_for("jupyter", lambda: answers(warm.local))
    began = time.monotonic()
    tunnel = Tunnel(door, door.jupyter_port)
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
