"""What a login waits for beside a thousand audited events a second; each short forward is two of them."""

import json
import pathlib
import socket
import subprocess
import sys
import threading
import time

from servers import CHECKOUT, Door, Tunnel

PER_SECOND, TUNNELS, ROUNDS = 1000, 4, 4


def compare(place, cipher, seconds, servers):
    """Logins in turns without and beside the events, and whether each event is in the audit."""
    door = Door(place, cipher)
    servers.append(door)
    logins(door, 5)  # warm-up
    times, made, took = {"alone": [], "beside": []}, 0, 0.0
    before = events(door)
    for number in range(ROUNDS):
        print(f"bench: round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        times["alone"] += logins(door, seconds / ROUNDS)
        crowd = Crowd(door)
        crowd.start()
        times["beside"] += logins(door, seconds / ROUNDS)
        more, long = crowd.stop()
        made, took = made + more, took + long
    after = events(door)
    figures = {name: sorted(each) for name, each in times.items()}
    forwards = [after[kind] - before[kind] for kind in ("forward-opened", "forward-closed")]
    verified = subprocess.run([CHECKOUT / "bin/keyhole", "audit", "verify", "--home", door.home], capture_output=True, text=True)
    return {"logins": {name: len(each) for name, each in figures.items()},
            "login_p50_ms": {name: each[len(each) // 2] for name, each in figures.items()},
            "login_p95_ms": {name: each[len(each) * 95 // 100] for name, each in figures.items()},
            "forwards": made, "opened": forwards[0], "closed": forwards[1],
            "events_per_s": sum(forwards) / took, "verify": verified.returncode}


def logins(door, seconds):
    """Milliseconds of each login for so long, a pause between them."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        subprocess.run(door.login_command(), check=True, stdout=subprocess.DEVNULL)
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.1)
    return times


def events(door):
    """How many of each kind are on disk."""
    counts = {"forward-opened": 0, "forward-closed": 0}
    for segment in pathlib.Path(door.home, "audit").glob("audit*.jsonl"):
        for line in segment.read_text().splitlines():
            action = json.loads(line)["event.action"]
            if action in counts:
                counts[action] += 1
    return counts


class Crowd:
    """People who are in already and open a forward for a moment, again and again, at a pace."""

    def __init__(self, door):
        self.tunnels = [Tunnel(door, door.toy_port).__enter__() for _ in range(TUNNELS)]
        self.over = threading.Event()
        self.counts = [0] * TUNNELS
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(TUNNELS)]

    def start(self):
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()

    def run(self, number):
        due = time.monotonic()
        while not self.over.is_set():
            with socket.create_connection(("127.0.0.1", self.tunnels[number].local)) as forward:
                forward.shutdown(socket.SHUT_WR)
                forward.recv(1)  # the service has nothing to say and closes
            self.counts[number] += 1
            due += 2 * TUNNELS / PER_SECOND
            time.sleep(max(0, due - time.monotonic()))

    def stop(self):
        """How many forwards, and how long."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        took = time.monotonic() - self.began
        for tunnel in self.tunnels:
            tunnel.__exit__()
        time.sleep(1)  # their ends are events, too
        return sum(self.counts), took


def report(machine, figures, as_json):
    if as_json:
        print(json.dumps({"machine": machine, **figures}))
        return
    print(machine)
    for name, figure in figures.items():
        print(f"{name:16}{figure}")
