"""Attacks on the login: messages too early, limits that a client would reset, names and keys made to confuse."""

import os
import random
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from raw import *


def ending(client, patience=3):
    lasted = client.until_closed(patience)
    return {"closed": lasted is not None, "after": lasted, "reason": client.reason, "text": client.text}


def pretends_success(port, _key, _user):
    client = connected(port).service()
    client.send(USERAUTH_SUCCESS)
    try:
        client.forward("localhost", 8888)
        return ending(client)
    except Closed:
        return {"closed": True}


def connection_messages_before_login(port, key, user):
    verdict = {}
    for number, fields in (
        (GLOBAL_REQUEST, ["keepalive@openssh.com", True]),
        (CHANNEL_OPEN, ["session", 0, 2**20, 2**15]),
        (CHANNEL_REQUEST, [0, "exec", True, "id"]),
    ):
        for when in ("before", "during"):
            client = connected(port)
            client.service()
            if when == "during":
                client.offer(user, public_blob(Ed25519PrivateKey.generate()))
                client.expect(USERAUTH_FAILURE)
            client.send(number, *fields)
            verdict["%d %s" % (number, when)] = ending(client)
    return verdict


def rekey_instead_of_login(port, _key, _user):
    verdict = {}
    client = connected(port).service().kex()
    client.open_channel("session")
    verdict["whole rekey, then a channel"] = ending(client)
    client = connected(port).service()
    client.send_kexinit()
    client.open_channel("session")
    verdict["half a rekey, then a channel"] = ending(client)
    return verdict


def service_request_flood(port, _key, user):
    """Repeats SERVICE_REQUEST every second: the deadline counts from the accept all the same."""
    client = connected(port).service()
    client.sock.settimeout(1)
    while time.monotonic() - client.born < 36:
        try:
            client.send(SERVICE_REQUEST, "ssh-userauth")
            while True:
                client.read()  # its answer, then silence for a second, or the end
        except Closed:
            break
        except TimeoutError:
            pass
    return {"lasted": time.monotonic() - client.born, "text": client.text}


def probes_with_repeats(port, _key, user):
    """Offers unknown keys, each after a new SERVICE_REQUEST; counts the failures that it gets."""
    client, failures = connected(port), 0
    try:
        for _ in range(60):
            client.service()
            client.offer(user, public_blob(Ed25519PrivateKey.generate()))
            client.expect(USERAUTH_FAILURE)
            failures += 1
    except Closed:
        pass
    return {"failures": failures, "closed": client.reason is not None, "text": client.text}


def auth_flood(port, _key, user, connections, keys):
    """Many connections, each with many keys that nobody knows; how many the door answers on each."""
    answered, texts = [], set()
    for _ in range(int(connections)):
        client, failures = connected(port).service(), 0
        try:
            for _ in range(int(keys)):
                client.offer(user, public_blob(Ed25519PrivateKey.generate()))
                client.expect(USERAUTH_FAILURE)
                failures += 1
        except Closed:
            pass
        answered.append(failures)
        texts.add((client.text or "").split(":")[0])
        client.close()
    return {"connections": len(answered), "most failures": max(answered), "texts": sorted(texts)}


def many_key_floods(port, _key, user, connections):
    """The same at a door that remembers: how many connections get as far as a key, and how many do not."""
    tried, refused = 0, 0
    for _ in range(int(connections)):
        try:
            client = connected(port).service()
        except (Closed, OSError):
            refused += 1
            continue
        tried += 1
        try:
            while True:
                client.offer(user, public_blob(Ed25519PrivateKey.generate()))
                client.expect(USERAUTH_FAILURE)
        except (Closed, OSError):
            pass
        client.close()
    return {"tried keys": tried, "refused before a key": refused}


def changes_its_name(port, _key, user):
    client, failures = connected(port), 0
    try:
        for number in range(10):
            client.service()
            client.offer(user + str(number), public_blob(Ed25519PrivateKey.generate()))
            client.expect(USERAUTH_FAILURE)
            failures += 1
    except Closed:
        pass
    return {"failures": failures, "closed": client.reason is not None, "text": client.text}


def other_method(port, _key, user, method):
    client = connected(port).service()
    client.request_auth(user, method, False, "secret")
    payload = client.expect(USERAUTH_FAILURE)
    names, at = get_string(payload, 1)
    return {"methods": names.decode(), "partial": bool(payload[at]), "sigs": client.server_sig_algs}


def names_made_to_confuse(port, key, _user):
    """One connection for each; the door must refuse each or let the right key in, and go on."""
    verdict = {}
    names = {
        "empty": b"",
        "nul": b"\0",
        "not utf-8": b"\xff\xfe\x80",
        "64 KiB": b"n" * 65536,
        "line break": b"ada\n{\"event.action\":\"login\"}",
        "escape": b"\x1b[31mada",
        "looks like a log": b"x from 9.9.9.9 port 1",
    }
    stranger = Ed25519PrivateKey.generate()
    for label, name in names.items():
        client = connected(port).service()
        try:
            client.request_auth(name, "none")
            client.expect(USERAUTH_FAILURE)
            client.sign_in(name, stranger)
            client.expect(USERAUTH_FAILURE)
            verdict[label] = "refused"
        except Closed:
            verdict[label] = "refused"
        client.close()
    return verdict


def offers_a_known_key_under_names(port, key, user):
    """The answer to a key without a signature: what a stranger can learn from it."""
    verdict = {}
    stranger = Ed25519PrivateKey.generate()
    for label, name, blob in (
        ("known key, own name", user, public_blob(key)),
        ("known key, other name", "nobody-here", public_blob(key)),
        ("unknown key, own name", user, public_blob(stranger)),
        ("unknown key, other name", "nobody-here", public_blob(stranger)),
    ):
        client = connected(port).service()
        client.offer(name, blob)
        number, payload = client.read()
        verdict[label] = {"message": number, "payload": payload.hex() if number == USERAUTH_FAILURE else ""}
        client.close()
    return verdict


def rsa_blob(e, n):
    return string("ssh-rsa") + mpint(e) + mpint(n)


def pathological_keys(port, _key, user, pid):
    """Offers RSA keys that cost a careless server seconds; tells the processor time of the dearest."""

    def cpu():
        with open("/proc/%s/stat" % pid) as file:
            fields = file.read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    odd = lambda bits: random.getrandbits(bits) | 1 | 1 << (bits - 1)
    blobs = {
        "16384-bit n": rsa_blob(65537, odd(16384)),
        "e=1": rsa_blob(1, odd(3072)),
        "even e": rsa_blob(65536, odd(3072)),
        "huge e": rsa_blob(odd(2048), odd(3072)),
        "n=0": rsa_blob(65537, 0),
        "negative n": string("ssh-rsa") + mpint(65537) + string(b"\xff" * 384),
        "200 KiB n": rsa_blob(65537, odd(200 * 1024 * 8)),
        "cut short": rsa_blob(65537, odd(3072))[:-7],
        "empty": b"",
        "ed25519 of 31 bytes": string("ssh-ed25519") + string(b"x" * 31),
    }
    verdict = {"refused": [], "took": {}, "cpu": 0.0}
    for label, blob in blobs.items():
        client = connected(port).service()
        before, began = cpu(), time.monotonic()
        answer = None
        try:
            client.offer(user, blob, "rsa-sha2-512" if b"rsa" in blob else "ssh-ed25519")
            answer, _ = client.read()
        except Closed:
            answer = DISCONNECT
        verdict["took"][label] = round(time.monotonic() - began, 3)
        verdict["cpu"] = max(verdict["cpu"], cpu() - before)
        if answer in (USERAUTH_FAILURE, DISCONNECT):
            verdict["refused"].append(label)
        client.close()
    verdict["all"] = len(blobs)
    return verdict


if __name__ == "__main__":
    main(
        {
            "pretends-success": pretends_success,
            "connection-messages-before-login": connection_messages_before_login,
            "rekey-instead-of-login": rekey_instead_of_login,
            "service-request-flood": service_request_flood,
            "probes-with-repeats": probes_with_repeats,
            "auth-flood": auth_flood,
            "many-key-floods": many_key_floods,
            "changes-its-name": changes_its_name,
            "other-method": other_method,
            "names-made-to-confuse": names_made_to_confuse,
            "offers-a-known-key-under-names": offers_a_known_key_under_names,
            "pathological-keys": pathological_keys,
        }
    )
