"""Logins with keys of other kinds: a FIDO key in software, and claims that do not fit the key."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from raw import *

SK = "sk-ssh-ed25519@openssh.com"
APPLICATION = "ssh:"


def sk_key():
    """The same FIDO key in every run: the tests need no other."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a FIDO key for tests").digest())


def sk_blob(key):
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return string(SK) + string(raw) + string(APPLICATION)


def sk_line(_port, _key, _user):
    import base64

    return {"line": SK + " " + base64.b64encode(sk_blob(sk_key())).decode() + " fido"}


def sk_login(port, _key, user, touched):
    """Signs as an authenticator does, with or without a touch."""
    client, key = connected(port).service(), sk_key()
    blob = sk_blob(key)
    body = bytes([USERAUTH_REQUEST]) + string(user) + string("ssh-connection") + string("publickey") + b"\1"
    body += string(SK) + string(blob)
    trailer = bytes([touched == "touched"]) + u32(1)
    message = hashlib.sha256(APPLICATION.encode()).digest() + trailer
    message += hashlib.sha256(string(client.session_id) + body).digest()
    signature = string(SK) + string(key.sign(message)) + trailer
    client.write(client.sealed(client.packet(body + string(signature))))
    return {"in": client.read()[0] == USERAUTH_SUCCESS}


def wrong_signatures(port, key, user):
    """A known key with signatures that are not its own for this session."""
    verdict = {}
    blob = public_blob(key)
    other = Ed25519PrivateKey.generate()
    for label in ("by another key", "of another session", "empty", "cut short", "all zero", "of another user"):
        client = connected(port).service()
        body = bytes([USERAUTH_REQUEST]) + string(user) + string("ssh-connection") + string("publickey") + b"\1"
        body += string("ssh-ed25519") + string(blob)
        session = os.urandom(32) if label == "of another session" else client.session_id
        signed = body.replace(string(user), string(user[::-1] + "z")) if label == "of another user" else body
        signature = (other if label == "by another key" else key).sign(string(session) + signed)
        signature = {"empty": b"", "cut short": signature[:-1], "all zero": bytes(64)}.get(label, signature)
        client.write(client.sealed(client.packet(body + string(string("ssh-ed25519") + string(signature)))))
        try:
            verdict[label] = client.read()[0] == USERAUTH_SUCCESS
        except Closed:
            verdict[label] = False
    return verdict


if __name__ == "__main__":
    main({"sk-line": sk_line, "sk-login": sk_login, "wrong-signatures": wrong_signatures})
