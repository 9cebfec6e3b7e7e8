"""Mutated packets in each state of a connection. The seeds are what stock clients send; the dice are thrown from a seed too.

The door may answer or hang up, within a second. What it may not: fall silent, or let anything of it in.
"""

import random
import subprocess
import threading

from raw import *

AWKWARD = [0, 1, 2, 4, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]
SLOW = 1.0


def mutated(dice, data):
    """One to four changes of a kind that breaks parsers."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        kind = dice.randrange(8)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif kind == 1 and at < len(data):
            data[at] = dice.choice([0, 1, 0x7F, 0x80, 0xFF, 10, 13, dice.randrange(256)])
        elif kind == 2 and at + 4 <= len(data):
            data[at : at + 4] = u32(dice.choice(AWKWARD + [len(data) - at - 4, len(data) - at - 3]) & 0xFFFFFFFF)
        elif kind == 3:
            data[at:at] = dice.randbytes(dice.choice([1, 4, 64, 1024]))
        elif kind == 4:
            del data[at : at + dice.choice([1, 2, 4, 32])]
        elif kind == 5:
            data[at:at] = data[at : at + dice.choice([1, 8, 64])]
        elif kind == 6 and at > 0:
            del data[at:]
        elif kind == 7:
            lengths = [i for i in range(len(data) - 3) if data[i] == data[i + 1] == 0]
            if lengths:
                at = dice.choice(lengths)
                data[at : at + 4] = u32(dice.choice(AWKWARD))
        if not data:
            data = bytearray(b"\0")
    return bytes(data)


def mutated_message(dice, payload):
    """Mostly of the number that it had, so that its own parser gets it."""
    changed = mutated(dice, payload)
    return payload[:1] + changed[1:] if dice.random() < 0.9 else changed


def stock_messages():
    """What stock ssh sends in the clear: its greeting, its KEXINIT, its first message of the exchange."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = ["ssh", "-F", "none", "-p", str(listener.getsockname()[1]), "-o", "BatchMode=yes"]
        command += ["-o", "KexAlgorithms=curve25519-sha256", "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null"]
        ssh = subprocess.Popen(command + ["-o", "StrictHostKeyChecking=no", "x@127.0.0.1"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            sock, _ = listener.accept()
            stock = Raw.__new__(Raw)
            stock.sock, stock.buffer, stock.cipher, stock.compression, stock.kex_name = sock, b"", GCM, "none", "curve25519-sha256"
            stock.out, stock.inn, stock.out_seq, stock.in_seq = Plain(), Plain(), 0, 0
            sock.sendall(b"SSH-2.0-recorder\r\n")
            ident = b""
            while not ident.endswith(b"\n"):
                ident += stock.take(1)
            stock.send_kexinit()
            _, kexinit = stock.read_any()
            _, first = stock.read_any()
            sock.close()
            return ident, kexinit, first
        finally:
            ssh.kill()
            ssh.wait()


def means_the_same(seed, changed):
    """RFC 4251, section 5: every byte but 0 is TRUE. And what comes after the signature nobody reads."""
    yes = seed.find(string("publickey")) + 13
    return changed.startswith(seed) or (changed[:yes] + b"\1" + changed[yes + 1 :]).startswith(seed)


class Tally:
    """What happened to the packets of a state."""

    def __init__(self):
        self.sent, self.slowest, self.closed, self.answered, self.let_in = 0, 0.0, 0, 0, []

    def ended(self, client):
        """We send no more: the door has everything, and ends it. A silence is a packet that it waits on."""
        began = time.monotonic()
        try:
            client.sock.shutdown(socket.SHUT_WR)
            client.sock.settimeout(20)
            while client.sock.recv(65536):
                pass
        except OSError:
            pass
        self.took(began)
        self.closed += 1
        client.close()

    def took(self, began):
        self.slowest = max(self.slowest, time.monotonic() - began)

    def verdict(self):
        return {"sent": self.sent, "slowest": round(self.slowest, 2), "closed": self.closed, "answered": self.answered, "let in": self.let_in}


def fuzz_ident(port, dice, count, tally):
    ident, _, _ = stock_messages()
    while tally.sent < count:
        client = Raw(port)
        try:
            client.write(mutated(dice, ident) + dice.choice([b"", b"\r\n", b"\n"]))
        except Closed:
            pass
        tally.sent += 1
        tally.ended(client)


def fuzz_kexinit(port, dice, count, tally):
    ident, kexinit, first = stock_messages()
    while tally.sent < count:
        client = Raw(port, ident=ident)
        try:
            client.hello()
            client.write(client.sealed(client.packet(mutated_message(dice, kexinit))) + client.sealed(client.packet(first)))
        except Closed:
            pass
        tally.sent += 1
        tally.ended(client)


def fuzz_kex(port, dice, count, tally):
    ident, _, first = stock_messages()
    while tally.sent < count:
        client = Raw(port, ident=ident)
        try:
            client.hello()
            client.send_kexinit()
            client.write(client.sealed(client.packet(mutated_message(dice, dice.choice([first, first, bytes([NEWKEYS])])))))
        except Closed:
            pass
        tally.sent += 1
        tally.ended(client)


def fuzz_auth(port, dice, count, tally, key, user):
    while tally.sent < count:
        client = Raw(port, timeout=10).hello()
        try:
            client.kex().service()
            blob = public_blob(key)
            head = bytes([USERAUTH_REQUEST]) + string(user) + string("ssh-connection")
            offer = head + string("publickey") + b"\0" + string("ssh-ed25519") + string(blob)
            signed = head + string("publickey") + b"\1" + string("ssh-ed25519") + string(blob)
            signature = key.sign(string(client.session_id) + signed)
            signed += string(string("ssh-ed25519") + string(signature))
            seeds = [offer, signed, signed, head + string("none"), head + string("password") + b"\0" + string("secret")]
            seeds.append(bytes([SERVICE_REQUEST]) + string("ssh-userauth"))
            for _ in range(4):
                seed = dice.choice(seeds)
                changed = mutated_message(dice, seed)
                if means_the_same(seed, changed):
                    continue
                client.write(client.sealed(client.packet(changed)))
                tally.sent += 1
                began = time.monotonic()
                client.sock.settimeout(SLOW)
                number, _ = client.read()
                tally.took(began)
                tally.answered += 1
                if number == USERAUTH_SUCCESS:
                    tally.let_in.append([seed.hex(), changed.hex()])
        except (Closed, AssertionError):
            pass
        except (socket.timeout, TimeoutError):
            pass  # some answers are none; whether it lives shows its end
        tally.ended(client)


def fuzz_channels(port, dice, count, tally, key, user):
    while tally.sent < count:
        client = logged_in(port, key, user, timeout=10)
        try:
            client.open_channel("session")
            client.expect(CHANNEL_OPEN_CONFIRMATION)
            seeds = [
                bytes([CHANNEL_OPEN]) + string("session") + u32(1) + u32(2**21) + u32(2**15),
                bytes([CHANNEL_OPEN]) + string("direct-tcpip") + u32(2) + u32(2**21) + u32(2**15) + string("localhost") + u32(8888) + string("127.0.0.1") + u32(1),
                bytes([CHANNEL_REQUEST]) + u32(0) + string("exec") + b"\1" + string("keyhole services"),
                bytes([CHANNEL_REQUEST]) + u32(0) + string("pty-req") + b"\1" + string("xterm") + u32(80) + u32(24) + u32(0) + u32(0) + string(b"\x80\0\0\x96\0\0"),
                bytes([CHANNEL_REQUEST]) + u32(0) + string("env") + b"\0" + string("LANG") + string("C"),
                bytes([CHANNEL_REQUEST]) + u32(0) + string("window-change") + b"\0" + u32(80) + u32(24) + u32(0) + u32(0),
                bytes([CHANNEL_DATA]) + u32(0) + string("hello"),
                bytes([CHANNEL_EXTENDED_DATA]) + u32(0) + u32(1) + string("hello"),
                bytes([CHANNEL_WINDOW_ADJUST]) + u32(0) + u32(2**15),
                bytes([CHANNEL_EOF]) + u32(0),
                bytes([GLOBAL_REQUEST]) + string("keepalive@openssh.com") + b"\1",
                bytes([GLOBAL_REQUEST]) + string("tcpip-forward") + b"\1" + string("127.0.0.1") + u32(0),
                bytes([REQUEST_SUCCESS]),
                bytes([IGNORE]) + string("x" * 30),
                bytes([DEBUG]) + b"\0" + string("x") + string(""),
                bytes([EXT_INFO]) + u32(1) + string("x") + string("y"),
            ]
            for _ in range(20):
                client.write(client.sealed(client.packet(mutated_message(dice, dice.choice(seeds)))))
                tally.sent += 1
            began = time.monotonic()
            tally.answered += client.is_alive(10)
            tally.took(began)
        except (Closed, AssertionError, socket.timeout, TimeoutError):
            pass
        tally.ended(client)


def fuzz(port, key, user, state, count, seed):
    dice, tally = random.Random(int(seed)), Tally()
    states = {"ident": fuzz_ident, "kexinit": fuzz_kexinit, "kex": fuzz_kex}
    if state in states:
        states[state](port, dice, int(count), tally)
    else:
        {"auth": fuzz_auth, "channels": fuzz_channels}[state](port, dice, int(count), tally, key, user)
    return tally.verdict()


if __name__ == "__main__":
    main({"fuzz": fuzz})
