"""Adds people with two keys each and takes them away again, through the control socket, until the door dies.

changes.py HOME FIRST     prints ?+N or ?-N before it asks, and +N or -N when the door has said that it is done
"""

import base64
import json
import pathlib
import random
import socket
import struct
import sys

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def main(home, first):
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(pathlib.Path(home, "run/control").read_text().strip())
        answers = door.makefile("r")
        number = first
        while True:
            table = f'name,key\nk{number},"{key()}\n{key()}"\n'
            ask(door, answers, f"+{number}", verb="principal import", text=table)
            if number % 3 == 2 and number > first:
                ask(door, answers, f"-{number - 1}", verb="principal remove", name=f"k{number - 1}")
            number += 1


def ask(door, answers, what, **request):
    print(f"?{what}", flush=True)
    door.sendall(json.dumps(request).encode() + b"\n")
    for line in answers:
        answer = json.loads(line)
        if "status" in answer:
            if "privileged process does not answer" in answer["text"]:
                sys.exit(0)  # the broker was killed, and the door ends any moment
            if answer["status"] != 0:
                raise RuntimeError(answer["text"])
            print(what, flush=True)
            return
    sys.exit(0)


def key():
    """Somebody's public key; the private half is not needed."""
    while True:
        y = random.randrange(2, P)
        square = y * y % P
        if pow((square - 1) * pow(square * D + 1, -1, P), (P - 1) // 2, P) == 1:
            blob = struct.pack(">I11sI", 11, b"ssh-ed25519", 32) + y.to_bytes(32, "little")
            return "ssh-ed25519 " + base64.b64encode(blob).decode()


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except OSError:
        pass  # the door was killed, which is what this is for
