"""What sessions cost that do nothing."""

import subprocess
import threading


def idle_memory(server, words):
    """KiB for each of a hundred sessions."""
    return {"idle_session_kib": grown(server, 20 if words.quick else 100)}


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
