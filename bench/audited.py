"""What a login waits for beside a thousand audited events a second; each short forward is two of them."""

import json
import pathlib
import re
import subprocess
import sys
import time

from processes import wait_for
from servers import CHECKOUT, Door, Tunnel

PER_SECOND, TUNNELS, ROUNDS = 1000, 4, 12

# People and what they reach would be on other machines: here they get what the door and the logins leave of this one.
ELSEWHERE = ["nice", "-n", "19"]


def compare(place, cipher, seconds, servers):
    """Logins in turns without and beside the events, and whether each event is in the audit."""
    door = Door(place, cipher)
    servers.append(door)
    moments = place / "moments"
    service = subprocess.Popen([*ELSEWHERE, "/usr/bin/python3", "-B", CHECKOUT / "bench/moments.py", "serve", moments])
    try:
        wait_for("the service", moments.exists)
        door.share("moments", moments)
        return rounds(door, seconds)
    finally:
        service.kill()
        service.wait()


def rounds(door, seconds):
    logins(door, 5)  # warm-up
    crowd = Crowd(door, "moments")
    times, waits = {"alone": [], "beside": []}, {"alone": {}, "beside": {}}
    made, took, lasted, cpu = 0, 0.0, seconds / ROUNDS, {"alone": 0.0, "beside": 0.0}
    before = events(door)
    for number in range(ROUNDS):
        print(f"bench: round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        for name in ("alone", "beside") if number % 2 else ("beside", "alone"):
            at, used = audit_waits(door), door.cpu()
            if name == "beside":
                crowd.start()
            began = time.monotonic()
            times[name] += logins(door, lasted)
            if name == "beside":
                took += time.monotonic() - began
                made += crowd.pause()
            cpu[name] += (door.cpu() - used) / (time.monotonic() - began)
            now = audit_waits(door)
            for bound in now:
                waits[name][bound] = waits[name].get(bound, 0) + now[bound] - at[bound]
    crowd.end()
    after = events(door)
    figures = {name: sorted(each) for name, each in times.items()}
    forwards = [after[kind] - before[kind] for kind in ("forward-opened", "forward-closed")]
    verified = subprocess.run([CHECKOUT / "bin/keyhole", "audit", "verify", "--home", door.home], capture_output=True, text=True)
    return {"logins": {name: len(each) for name, each in figures.items()},
            "login_p50_ms": {name: round(each[len(each) // 2], 1) for name, each in figures.items()},
            "login_p95_ms": {name: round(each[len(each) * 95 // 100], 1) for name, each in figures.items()},
            "audit_wait_p95_ms": {name: f"{p95(each):.2f}" for name, each in waits.items()},
            "door_cores": {name: round(each / ROUNDS, 2) for name, each in cpu.items()},
            "forwards": made, "opened": forwards[0], "closed": forwards[1],
            "events_per_s": round(sum(forwards) / took), "verify": verified.returncode}


def audit_waits(door):
    """How many waited so long for the audit at most; the bounds are in seconds."""
    text = subprocess.run([CHECKOUT / "bin/keyhole", "metrics", "--home", door.home], check=True, capture_output=True, text=True).stdout
    return {float(bound): int(float(count)) for bound, count in re.findall(r'^keyhole_audit_wait_seconds_bucket\{le="(.+)"\} (\S+)$', text, re.M)}


def p95(counts):
    """Milliseconds, by a line through the class it falls into."""
    wanted, under, below = counts[float("inf")] * 0.95, 0.0, 0
    for bound in sorted(counts):
        if counts[bound] >= wanted:
            return 1000 * (under + (bound - under) * (wanted - below) / max(1, counts[bound] - below))
        under, below = bound, counts[bound]
    raise ValueError(counts)


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

    def __init__(self, door, name):
        self.tunnels = [Tunnel(door, f"{name}:80", prefix=ELSEWHERE).__enter__() for _ in range(TUNNELS)]
        self.maker = subprocess.Popen(
            [*ELSEWHERE, "/usr/bin/python3", "-B", CHECKOUT / "bench/moments.py", "make", str(PER_SECOND / 2),
             *[str(tunnel.local) for tunnel in self.tunnels]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self):
        print("begin", file=self.maker.stdin, flush=True)

    def pause(self):
        """How many forwards there were since the start; all of them have ended."""
        print("end", file=self.maker.stdin, flush=True)
        return int(self.maker.stdout.readline())

    def end(self):
        self.maker.communicate()
        for tunnel in self.tunnels:
            tunnel.__exit__()
        time.sleep(1)  # their ends are events, too


def report(machine, figures, as_json):
    if as_json:
        print(json.dumps({"machine": machine, **figures}))
        return
    print(machine)
    for name, figure in figures.items():
        print(f"{name:16}{figure}")
