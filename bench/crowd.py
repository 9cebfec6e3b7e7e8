"""What many people cost one: logins at a door with one key, next to logins at a door with 500 people and 2,000 keys."""

import base64
import json
import random
import struct
import subprocess
import sys
import time

from servers import Door

PEOPLE, KEYS = 500, 2000
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def compare(place, cipher, count, servers):
    """Milliseconds of each login, by door; the doors take turns. Doors are left in `servers` to be stopped."""
    alone, crowd = (start(place, cipher, login, servers) for login in ("ada", "eve"))
    classroom = place / "people.csv"
    classroom.write_text(people())
    crowd.keyhole("principal", "import", classroom)
    times = {"alone": [], "crowd": []}
    for turn in range(count + 20):
        for name, door in (("alone", alone), ("crowd", crowd)) if turn % 2 else (("crowd", crowd), ("alone", alone)):
            began = time.monotonic()
            subprocess.run(door.login_command(), check=True, stdout=subprocess.DEVNULL)
            times[name].append((time.monotonic() - began) * 1000)
    return {name: sorted(each[20:]) for name, each in times.items()}  # the first ones are warm-up


def start(place, cipher, login, servers):
    print(f"bench: starting the door of {login}", file=sys.stderr, flush=True)
    door = Door(place, cipher, login)
    servers.append(door)
    return door


def people():
    """As a class list; who logs in is there already, with one key."""
    some = random.Random(1)
    more, first = divmod(KEYS - 1, PEOPLE - 1)
    lines = ["name,key"]
    for number in range(PEOPLE - 1):
        keys = "\n".join(key(some) for _ in range(more + (number < first)))
        lines.append(f'p{number},"{keys}"')
    return "\n".join(lines) + "\n"


def key(some):
    """A public key that nobody has the private half of; ssh-keygen would take a minute for all."""
    while True:
        y = some.randrange(2, P)
        square = y * y % P
        if pow((square - 1) * pow(square * D + 1, -1, P), (P - 1) // 2, P) == 1:
            blob = struct.pack(">I11sI", 11, b"ssh-ed25519", 32) + y.to_bytes(32, "little")
            return "ssh-ed25519 " + base64.b64encode(blob).decode()


def report(machine, times, as_json):
    rows = []
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        alone, crowd = (each[int(len(each) * share)] for each in (times["alone"], times["crowd"]))
        rows.append({"metric": f"login_{name}_ms", "alone": alone, "crowd": crowd, "ratio": crowd / alone})
    document = {"machine": machine, "people": PEOPLE, "keys": KEYS, "logins": len(times["alone"]), "figures": rows}
    if as_json:
        print(json.dumps(document))
        return
    print(f"{machine}\n{document['logins']} logins at each door, in turns\n")
    print(f"{'':16}{'1 key':>10}{f'{KEYS} keys':>12}{'ratio':>8}")
    for row in rows:
        print(f"{row['metric']:16}{row['alone']:10.1f}{row['crowd']:12.1f}{row['ratio']:8.2f}")
