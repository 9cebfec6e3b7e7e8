"""Everybody at once, as after a restart or at the begin of a lecture."""

import concurrent.futures
import subprocess
import time


def storm(server, words):
    """Logins of stock clients, so many at a time: how many a second, the server's CPU for each, and how long the slow ones take."""
    count, at_once = (32, 8) if words.quick else (320, 32)
    subprocess.run(server.login_command(), check=True, stdout=subprocess.DEVNULL)
    cpu, began = server.cpu(), time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(at_once) as crowd:
        times = sorted(crowd.map(lambda _: login(server), range(count)))
    took = time.monotonic() - began
    time.sleep(0.3)  # what a login leaves to tidy up is part of it
    return {"storm_logins_per_s": count / took, "storm_login_cpu_ms": (server.cpu() - cpu) * 1000 / count,
            "storm_login_p95_ms": times[count * 95 // 100]}


def login(server):
    began = time.monotonic()
    subprocess.run(server.login_command(), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return (time.monotonic() - began) * 1000
