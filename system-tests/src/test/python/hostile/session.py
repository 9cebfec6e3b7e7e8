"""Attacks of somebody who may log in: floods, rekeys, channels and windows beyond every measure, and where forwards go."""

import threading

from raw import *

REASONS = {1: "prohibited", 2: "connect failed", 3: "unknown type", 4: "resource shortage"}


def answer_to_open(client):
    """Reads up to the answer of the last CHANNEL_OPEN: open, or the reason with its text."""
    number, payload = client.read()
    while number not in (CHANNEL_OPEN_CONFIRMATION, CHANNEL_OPEN_FAILURE):
        number, payload = client.read()
    if number == CHANNEL_OPEN_CONFIRMATION:
        client.peer = struct.unpack_from(">I", payload, 5)[0]
        return "open", ""
    reason = struct.unpack_from(">I", payload, 5)[0]
    return REASONS.get(reason, str(reason)), get_string(payload, 9)[0].decode()


def forwards(port, key, user, *destinations):
    """Asks for each HOST=PORT on one session; tells the door's answers."""
    client, verdict = logged_in(port, key, user), {}
    for destination in destinations:
        host, wanted = destination.rsplit("=", 1)
        client.forward(host, int(wanted))
        reason, text = answer_to_open(client)
        verdict[destination] = {"answer": reason, "text": text}
        if reason == "open":
            client.send(CHANNEL_CLOSE, client.peer)
    return verdict


def odd_destinations(port, key, user):
    client, verdict = logged_in(port, key, user), {}
    cases = {"port 0": ("localhost", 0), "port 65536": ("localhost", 65536), "port 2^32-1": ("localhost", 2**32 - 1)}
    cases.update({"64 KiB host": ("h" * 65536, 80), "nul in host": ("jupyter\0x", 8888)})
    cases["not utf-8"] = (b"\xff\xfe", 8888)
    for label, (host, wanted) in cases.items():
        client.forward(host, wanted)
        reason, text = answer_to_open(client)
        verdict[label] = {"answer": reason, "text": text[:200]}
    verdict["alive"] = client.is_alive()
    return verdict


def other_directions(port, key, user):
    """Everything besides direct-tcpip that would carry bytes, asked for by its message."""
    client, verdict = logged_in(port, key, user), {}
    kinds = {
        "direct-streamlocal@openssh.com": [string("/run/s"), "", 0],
        "tun@openssh.com": [1, 0x7FFFFFFF],
        "forwarded-tcpip": ["127.0.0.1", 80, "127.0.0.1", 1],
        "x11": ["127.0.0.1", 1],
        "auth-agent@openssh.com": [],
        "auth-agent": [],
        "": [],
    }
    for kind, more in kinds.items():
        client.open_channel(kind, *more)
        verdict["channel " + kind] = answer_to_open(client)[0]
    requests = {
        "tcpip-forward": ["127.0.0.1", 0],
        "cancel-tcpip-forward": ["127.0.0.1", 1],
        "streamlocal-forward@openssh.com": [string("/run/s")],
        "nonsense@example.com": [],
    }
    for name, more in requests.items():
        client.send(GLOBAL_REQUEST, name, True, *more)
        verdict["request " + name] = client.read()[0]
    client.open_channel("session")
    answer_to_open(client)
    for name, more in {
        "exec": ["id"],
        "subsystem": ["sftp"],
        "x11-req": [False, "MIT-MAGIC-COOKIE-1", "0", 0],
        "auth-agent-req@openssh.com": [],
        "env": ["LD_PRELOAD", "/tmp/x.so"],
    }.items():
        client.send(CHANNEL_REQUEST, client.peer, name, True, *more)
        verdict["session " + name] = client.read()[0]
    verdict["alive"] = client.is_alive()
    return verdict


def rekeys(port, key, user):
    """As fast as it goes, with hardly a byte in between."""
    client, count = logged_in(port, key, user), 0
    try:
        while count < 1000:
            client.kex()
            count += 1
    except Closed:
        pass
    return {"rekeys": count, "closed": count < 1000}


def unfinished_rekey(port, key, user):
    """A KEXINIT and nothing more: as a flood behind it, and in silence."""
    flood, silent = logged_in(port, key, user), logged_in(port, key, user)
    silent.send_kexinit()
    began = time.monotonic()
    flood.send_kexinit()
    sent = 0
    try:
        while sent < 30000:
            flood.send(GLOBAL_REQUEST, "keepalive@openssh.com", True)
            sent += 1
    except Closed:
        pass
    flooded = sent < 30000 or flood.until_closed(2) is not None
    closed = silent.until_closed(36) is not None
    return {"flood closed": flooded, "silent closed after": time.monotonic() - began if closed else None}


def message_flood(port, key, user, kind, count):
    """Sends many of a kind and reads the answers, as fast as both go."""
    client = logged_in(port, key, user)
    messages = {
        "ping": (192, "x"),
        "keepalive": (GLOBAL_REQUEST, "keepalive@openssh.com", True),
        "ignore": (IGNORE, "x" * 8),
        "debug": (DEBUG, False, "x", ""),
        "unknown": (199, "x"),
        "unknown request": (GLOBAL_REQUEST, "nonsense@example.com", True),
    }
    stop, answers = threading.Event(), [0]

    def reads():
        try:
            while not stop.is_set():
                client.read()
                answers[0] += 1
        except (Closed, OSError):
            pass

    thread = threading.Thread(target=reads, daemon=True)
    thread.start()
    began, sent = time.monotonic(), 0
    try:
        while sent < int(count):
            client.write(b"".join(client.bytes_of(*messages[kind]) for _ in range(500)))
            sent += 500
        closed = False
    except (Closed, OSError):
        closed = True
    took = time.monotonic() - began
    thread.join(1)
    stop.set()
    return {"sent": sent, "answers": answers[0], "closed": closed or not thread.is_alive(), "took": round(took, 2)}


def does_not_read(port, key, user):
    """Asks and never reads the answers: they must not pile up in the door."""
    client = logged_in(port, key, user, timeout=3)
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sent = 0
    try:
        while sent < 1_000_000:
            batch = [client.bytes_of(GLOBAL_REQUEST, "keepalive@openssh.com", True) for _ in range(500)]
            client.write(b"".join(batch))
            sent += 500
        ended = "went on"
    except Closed:
        ended = "closed"
    except (TimeoutError, socket.timeout):
        ended = "stopped reading"
    return {"sent": sent, "ended": ended}


def channel_flood(port, key, user, count):
    """Opens and never closes; then the same with channels that are always refused."""
    client, kinds = logged_in(port, key, user), {}
    for _ in range(int(count)):
        client.open_channel("session")
        reason, text = answer_to_open(client)
        label = reason if reason == "open" else reason + " " + text.split(":")[0]
        kinds[label] = kinds.get(label, 0) + 1
    return {"answers": kinds, "alive": client.is_alive()}


def refused_channel_flood(port, key, user, count):
    client, refused = logged_in(port, key, user), 0
    for _ in range(int(count) // 50):
        for _ in range(50):
            client.forward("nowhere", 1)
        for _ in range(50):
            refused += answer_to_open(client)[0] == "prohibited"
    return {"refused": refused, "alive": client.is_alive()}


def window_abuse(port, key, user):
    """Each violation on a session of its own; what the door did with it."""
    verdict = {}

    def attack(label, act, **sizes):
        client = logged_in(port, key, user, timeout=10)
        try:
            client.forward("jupyter", 8888, **sizes)
            if answer_to_open(client)[0] != "open":
                verdict[label] = "refused"
                return
            act(client)
            verdict[label] = "alive" if client.is_alive() else "cut"
        except Closed:
            verdict[label] = "cut"
        except (TimeoutError, socket.timeout):
            verdict[label] = "hangs"
        finally:
            client.close()

    get = b"GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n"

    def asks(client):
        client.send(CHANNEL_DATA, client.peer, string(get))

    def overflows(client):
        client.send(CHANNEL_WINDOW_ADJUST, client.peer, 2**32 - 1)

    def sends_beyond_the_window(client):
        for _ in range(400):
            client.send(CHANNEL_DATA, client.peer, string(bytes(32768)))

    def announces_more_than_it_sends(client):
        client.send(CHANNEL_DATA, client.peer, u32(2**31) + b"x")

    def sends_after_eof(client):
        client.send(CHANNEL_EOF, client.peer)
        client.send(CHANNEL_DATA, client.peer, string(b"x"))

    def names_no_channel(client):
        client.send(CHANNEL_DATA, 12345, string(b"x"))

    def sends_extended(client):
        client.send(CHANNEL_EXTENDED_DATA, client.peer, 1, string(b"x"))

    attack("initial window 0", asks, window=0)
    attack("initial window 2^32-1", asks, window=2**32 - 1)
    attack("window overflow", overflows)
    attack("beyond the window", sends_beyond_the_window)
    attack("packet size 0", asks, packet=0)
    attack("packet size 1", asks, packet=1)
    attack("packet size 2^32-1", asks, packet=2**32 - 1)
    attack("more announced than sent", announces_more_than_it_sends)
    attack("data after EOF", sends_after_eof)
    attack("no such channel", names_no_channel)
    attack("extended data", sends_extended)
    return verdict


def reader_that_stops(port, key, user, path, seconds):
    """Opens channels, asks each for a large answer with a huge window, and reads nothing more."""
    client = logged_in(port, key, user)
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    for _ in range(8):
        client.forward("jupyter", 8888, window=2**32 - 1)
        answer_to_open(client)
        request = "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" % path
        client.send(CHANNEL_DATA, client.peer, string(request))
    time.sleep(float(seconds))
    return {"channels": 8}


if __name__ == "__main__":
    main(
        {
            "forwards": forwards,
            "odd-destinations": odd_destinations,
            "other-directions": other_directions,
            "rekeys": rekeys,
            "unfinished-rekey": unfinished_rekey,
            "message-flood": message_flood,
            "does-not-read": does_not_read,
            "channel-flood": channel_flood,
            "refused-channel-flood": refused_channel_flood,
            "window-abuse": window_abuse,
            "reader-that-stops": reader_that_stops,
        }
    )
