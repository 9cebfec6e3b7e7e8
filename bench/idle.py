"""What sessions cost that do nothing."""

import contextlib
import itertools
import os
import pathlib
import re
import subprocess
import threading
import time

import golang
from hot import jdk
from processes import memory_kib

NUMBERS = itertools.count()


def idle_memory(server, words):
    """KiB for each of a hundred sessions."""
    with fresh(server) as own:
        return {"idle_session_kib": grown(own, 20 if words.quick else 100)}


def idle_1000(server, words):
    """KiB for each of a thousand."""
    with fresh(server) as own:
        return {"idle_session_of_1000_kib": grown(own, 100 if words.quick else 1000)}


def idle_10000(server, words):
    """Ten thousand, of a light client: what the whole process holds while they are there. The door only: sshd would need 16 GB."""
    if not hasattr(server, "home"):
        return {}
    with fresh(server) as own:
        return crowd(own, golang.build(server.place, "light"), 500 if words.quick else 10000, 5 if words.quick else 40)


@contextlib.contextmanager
def fresh(server):
    """One of its kind that has seen some logins and nothing else: in a heap that is large already sessions seem to cost nothing."""
    own = server.another(f"idle{next(NUMBERS)}")
    try:
        for _ in range(10):
            subprocess.run(own.login_command(), check=True, stdout=subprocess.DEVNULL)
        yield own
    finally:
        own.stop()


def crowd(door, light, count, seconds):
    before, cpu, began = door.connection_memory_kib(), door.cpu(), time.monotonic()
    client = subprocess.Popen([light, f"{door.host}:{door.port}", door.login, door.key, str(count), "32"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if client.stdout.readline() != f"in {count}\n":
            raise RuntimeError("the sessions did not log in")
        took = time.monotonic() - began
        login_cpu = door.cpu() - cpu
        time.sleep(seconds)  # the door asks silent clients whether they live: all of them, twice
        process = pathlib.Path(f"/proc/{door.pid}")
        figures = {"idle_10000_rss_mib": memory_kib(door.pid, "Rss") / 1024,
                   "idle_10000_session_kib": door.connection_memory_kib(before) / count,
                   "idle_10000_threads": len(os.listdir(process / "task")), "idle_10000_descriptors": len(os.listdir(process / "fd")),
                   "idle_10000_logins_per_s": count / took, "idle_10000_login_cpu_ms": login_cpu * 1000 / count}
        figures["idle_10000_live_heap_mib"] = live_heap_mib(door.pid)
        lost = client.communicate()[0].split()[1]
        return {**figures, "idle_10000_lost": int(lost)}
    finally:
        client.kill()
        client.wait()


def live_heap_mib(pid):
    """What is left of the heap after a collection, which is made here; so this comes last."""
    jdk("jcmd", pid, "GC.run")
    return int(re.search(r"used (\d+)K", jdk("jcmd", pid, "GC.heap_info"))[1]) / 1024


def grown(server, count, at_once=8):
    """KiB for each of so many stock clients that are logged in and stay."""
    before = server.connection_memory_kib()
    clients, waiting = [], threading.Semaphore(at_once)
    failed = []
    try:
        for _ in range(count):
            waiting.acquire()
            client = subprocess.Popen(server.ssh("-N", "-v"), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            clients.append(client)
            threading.Thread(target=await_login, args=(client, waiting, failed), daemon=True).start()
        for _ in range(at_once):
            waiting.acquire()
        if failed:
            raise RuntimeError(f"{len(failed)} of {count} sessions did not log in: {failed[0]}")
        return server.connection_memory_kib(before) / count
    finally:
        for client in clients:
            client.terminate()
        for client in clients:
            client.wait()
            client.stderr.close()


def await_login(client, waiting, failed):
    said = ""
    for said in client.stderr:
        if "Entering interactive session" in said:
            break
    else:
        failed.append(said.strip())
    waiting.release()
