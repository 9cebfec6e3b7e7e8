"""What sessions cost that do nothing."""

import os
import pathlib
import subprocess
import threading
import time

import golang
from processes import memory_kib


def idle_memory(server, words):
    """KiB for each of a hundred sessions."""
    return {"idle_session_kib": grown(server, 20 if words.quick else 100)}


def idle_1000(server, words):
    """KiB for each of a thousand."""
    return {"idle_session_of_1000_kib": grown(server, 100 if words.quick else 1000)}


def idle_10000(server, words):
    """Ten thousand, of a light client: what the whole process holds while they are there. The door only: sshd would need 16 GB."""
    if not hasattr(server, "pid"):
        return {}
    count = 500 if words.quick else 10000
    light = golang.build(server.place, "light")
    before, cpu, began = server.connection_memory_kib(), server.cpu(), time.monotonic()
    client = subprocess.Popen([light, f"{server.host}:{server.port}", server.login, server.key, str(count), "32"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if client.stdout.readline() != f"in {count}\n":
            raise RuntimeError("the sessions did not log in")
        took = time.monotonic() - began
        login_cpu = server.cpu() - cpu
        time.sleep(5 if words.quick else 40)  # the door asks silent clients whether they live: all of them, twice
        process = pathlib.Path(f"/proc/{server.pid}")
        figures = {"idle_10000_rss_mib": memory_kib(server.pid, "Rss") / 1024,
                   "idle_10000_session_kib": server.connection_memory_kib(before) / count,
                   "idle_10000_threads": len(os.listdir(process / "task")), "idle_10000_descriptors": len(os.listdir(process / "fd")),
                   "idle_10000_logins_per_s": count / took, "idle_10000_login_cpu_ms": login_cpu * 1000 / count}
        lost = client.communicate()[0].split()[1]
        return {**figures, "idle_10000_lost": int(lost)}
    finally:
        client.kill()
        client.wait()


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
