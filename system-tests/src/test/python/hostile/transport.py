"""Attacks below the login: the order of the first messages, packet lengths, compression, flipped bits, slow sockets."""

import random
import threading
import zlib

from raw import *


def post_quantum(port, key, user):
    """A login whose keys come from ML-KEM and X25519 together (RFC 10042)."""
    return {"alive": logged_in(port, key, user, kex="mlkem768x25519-sha256").is_alive()}


def scanner_that_waits(port, _key, _user):
    """Sends only its banner and waits, as the Terrapin scanner does."""
    client = Raw(port).hello()
    client.read_kexinit()
    names = ["kex", "host keys", "ciphers in", "ciphers out", "macs in", "macs out", "compression in", "compression out"]
    return dict(zip(names, client.offers))


def goes_on(client):
    """Whether the door takes the next step of a login."""
    try:
        if isinstance(client.out, Plain):
            client.kex()
        client.service()
        return True
    except Closed:
        return False


def fillers_before_newkeys(port, _key, _user):
    """Terrapin's tool: messages that slip in between KEXINIT and NEWKEYS and shift the sequence numbers."""
    verdict = {}
    fillers = {"ignore": (IGNORE, "x"), "debug": (DEBUG, False, "x", ""), "unimplemented": (UNIMPLEMENTED, 0)}
    for label, message in fillers.items():
        client = Raw(port).hello()
        try:
            client.send(*message)
            client.kex()
            verdict[label + " before KEXINIT"] = goes_on(client)
        except Closed:
            verdict[label + " before KEXINIT"] = False
        client = Raw(port).hello()
        try:
            client.kex(before_newkeys=[message])
            verdict[label + " before NEWKEYS"] = goes_on(client)
        except Closed:
            verdict[label + " before NEWKEYS"] = False
    return verdict


def packet_lengths(port, _key, _user):
    """Lengths and paddings that no client sends, in the clear and encrypted; each must end the connection at once."""
    verdict = {}
    lengths = [0, 1, 4, 256 * 1024 + 8, 2**31, 2**31 - 1, 2**32 - 1]
    for cipher in (None, GCM, CTR, CHACHA):
        for length in lengths + ["padding beyond the packet", "padding of 0"]:
            client = Raw(port).hello()
            if cipher:
                client.cipher = cipher
                client.kex()
            payload = bytes([IGNORE]) + string("x" * 24)
            if length == "padding beyond the packet":
                packet = client.packet(payload)
                packet = packet[:4] + b"\xff" + packet[5:]
            elif length == "padding of 0":
                packet = client.packet(bytes([IGNORE]) + string("x" * (client.out.block * 3 - 6)), pad=0)
            else:
                packet = client.packet(payload, length=length)
            began = time.monotonic()
            client.write(client.sealed(packet))
            if isinstance(length, str):
                closed = not goes_on(client)
            else:
                closed = drip(client, 64)
            verdict["%s %s" % (cipher, length)] = round(time.monotonic() - began, 2) if closed else None
            client.close()
    return verdict


def drip(client, kibibytes):
    """A length that is taken at its word makes the door wait for the rest. Gives it some; tells whether it gave up."""
    try:
        for _ in range(kibibytes):
            client.write(bytes(1024))
        return client.until_closed(3) is not None
    except Closed:
        return True


def only_zlib(port, _key, _user):
    verdict = {}
    for name in ("zlib", "zlib@openssh.com"):
        client = Raw(port, compression=name).hello()
        try:
            client.kex()
            verdict[name] = "accepted"
        except Closed:
            verdict[name] = "no match"
    client = connected(port)
    bomb = zlib.compress(bytes(110 * 1024 * 1024), 9)
    try:
        client.write(client.sealed(client.packet(bytes([IGNORE]) + string(bomb))))
        verdict["bomb as it is"] = "closed" if client.until_closed(2) else "read as plain bytes"
    except Closed:
        verdict["bomb as it is"] = "closed"
    return verdict


def flipped_bits(port, key, user):
    """One flipped bit in what an honest client sends, at a hundred places; the answer is the end, never data."""
    verdict = {"tries": 0, "ended": 0, "data": 0}
    dice = random.Random(7)
    for cipher in (GCM, "aes256-gcm@openssh.com", CTR, "aes256-ctr", CHACHA):
        for number in range(20):
            client = logged_in(port, key, user, cipher=cipher, timeout=10)
            stream = client.bytes_of(CHANNEL_OPEN, "session", 0, 2**21, 2**15)
            # More follows, so that a longer length does not just make the door wait.
            more = b"".join(client.bytes_of(IGNORE, string(bytes(16000))) for _ in range(20))
            at = number if number < 4 else dice.randrange(len(stream))
            flipped = bytearray(stream)
            flipped[at] ^= 1 << dice.randrange(8)
            verdict["tries"] += 1
            try:
                client.write(bytes(flipped) + more)
                while True:
                    answer, _ = client.read()
                    verdict["data"] += answer >= 90
            except Closed:
                verdict["ended"] += 1
            except (TimeoutError, socket.timeout):
                pass
            client.close()
    return verdict


def slow_sockets(port, key, user, count):
    """Hundreds of sockets in four kinds of slowness, and one honest login every second meanwhile."""
    began, slow = time.monotonic(), []
    for number in range(int(count)):
        kind = number % 4
        sock = socket.create_connection(("127.0.0.1", port), 40, (SOURCE, 0))
        if kind == 2:
            sock.sendall(b"SSH-2.0-slow\r\n")
        elif kind == 3:
            client = Raw.__new__(Raw)
            client.cipher, client.compression, client.kex_name = GCM, "none", "curve25519-sha256"
            client.out, client.out_seq = Plain(), 0
            sock.sendall(b"SSH-2.0-slow\r\n" + client.sealed(client.packet(client.kexinit_payload())))
        sock.setblocking(False)
        slow.append([sock, kind, None, None])
    opened = time.monotonic() - began

    logins, done = [], threading.Event()

    def honest():
        while not done.is_set():
            logins.append(good_login(port, key, user))
            done.wait(1)

    thread = threading.Thread(target=honest)
    thread.start()
    drip = 0
    while time.monotonic() - began < 36 and any(one[3] is None for one in slow):
        drip += 1
        for one in slow:
            if one[3] is None:
                watch(one, drip % 25 == 0)
        time.sleep(0.2)
    done.set()
    thread.join()
    lasted = [one[3] - one[2] for one in slow if one[3] is not None]
    good = [took for took in logins if took is not None]
    return {
        "opened in": round(opened, 2),
        "left open": sum(one[3] is None for one in slow),
        "longest": round(max(lasted), 2) if lasted else None,
        "shortest": round(min(lasted), 2) if lasted else None,
        "logins": len(logins),
        "good logins": len(good),
        "slowest login": round(max(good), 2) if good else None,
    }


def watch(one, drips):
    """Notes when the door greets, which is when it has accepted, and when it hangs up."""
    sock, kind, _, _ = one
    try:
        if kind == 1 and drips:
            sock.send(b"S")
        while True:
            greeted = sock.recv(65536)
            one[2] = one[2] or time.monotonic()
            if not greeted:
                one[3] = time.monotonic()
                sock.close()
                return
    except BlockingIOError:
        pass
    except OSError:
        one[3] = time.monotonic()
        one[2] = one[2] or one[3]
        sock.close()


if __name__ == "__main__":
    main(
        {
            "post-quantum": post_quantum,
            "scanner-that-waits": scanner_that_waits,
            "fillers-before-newkeys": fillers_before_newkeys,
            "packet-lengths": packet_lengths,
            "only-zlib": only_zlib,
            "flipped-bits": flipped_bits,
            "slow-sockets": slow_sockets,
        }
    )
