"""An SSH client that obeys nobody: it sends any message, well formed or not, at any time.

The packet layer and one key exchange (curve25519-sha256) are written out here, because every library refuses to send
what a test of refusals has to send.
"""

import hashlib
import json
import os
import socket
import struct
import sys
import time

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from ciphers import CHACHA, CTR, GCM, KEY_LENGTHS, Plain, cipher_for

DISCONNECT, IGNORE, UNIMPLEMENTED, DEBUG, SERVICE_REQUEST, SERVICE_ACCEPT, EXT_INFO = 1, 2, 3, 4, 5, 6, 7
KEXINIT, NEWKEYS, KEX_ECDH_INIT, KEX_ECDH_REPLY = 20, 21, 30, 31
USERAUTH_REQUEST, USERAUTH_FAILURE, USERAUTH_SUCCESS, USERAUTH_PK_OK = 50, 51, 52, 60
GLOBAL_REQUEST, REQUEST_SUCCESS, REQUEST_FAILURE = 80, 81, 82
CHANNEL_OPEN, CHANNEL_OPEN_CONFIRMATION, CHANNEL_OPEN_FAILURE, CHANNEL_WINDOW_ADJUST = 90, 91, 92, 93
CHANNEL_DATA, CHANNEL_EXTENDED_DATA, CHANNEL_EOF, CHANNEL_CLOSE, CHANNEL_REQUEST = 94, 95, 96, 97, 98
CHANNEL_SUCCESS, CHANNEL_FAILURE = 99, 100

# Where the attack comes from: another address of loopback, where honest people share the machine.
SOURCE = os.environ.get("ATTACK_FROM", "127.0.0.1")


class Closed(Exception):
    """The door ended the connection."""


def u32(number):
    return struct.pack(">I", number)


def string(value):
    data = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)
    return u32(len(data)) + data


def mpint(number):
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big") if number else b"")


def field(value):
    """bool and bytes as they are, int as uint32, str as string."""
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, int):
        return u32(value)
    return string(value) if isinstance(value, str) else value


def get_string(data, at):
    length = struct.unpack_from(">I", data, at)[0]
    return data[at + 4 : at + 4 + length], at + 4 + length


def ml_kem():
    """Needs a newer library than most distributions have."""
    from cryptography.hazmat.primitives.asymmetric import mlkem

    return mlkem.MLKEM768PrivateKey.generate()


class Raw:
    def __init__(self, port, timeout=40, ident=b"SSH-2.0-hostile\r\n", cipher=GCM, compression="none", kex="curve25519-sha256"):
        self.sock = socket.create_connection(("127.0.0.1", port), timeout, (SOURCE, 0))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.born = time.monotonic()
        self.ident, self.cipher, self.compression, self.kex_name = ident, cipher, compression, kex
        self.out, self.inn, self.out_seq, self.in_seq = Plain(), Plain(), 0, 0
        self.buffer, self.session_id, self.server_kexinit, self.next_channel = b"", None, None, 0
        self.offers, self.server_sig_algs = [], ""

    # --- bytes and packets

    def take(self, count):
        while len(self.buffer) < count:
            try:
                more = self.sock.recv(65536)
            except (ConnectionError, BrokenPipeError):
                more = b""
            if not more:
                raise Closed()
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def write(self, data):
        try:
            self.sock.sendall(data)
        except (ConnectionError, BrokenPipeError):
            raise Closed()

    def hello(self):
        self.write(self.ident)
        line = b""
        while not line.endswith(b"\n"):
            line += self.take(1)
        self.server_ident = line.strip()
        return self

    def packet(self, payload, pad=None, length=None):
        """The bytes of a packet, before sealing; padding and length may be wrong on purpose."""
        size = len(payload) + 1 + (4 if isinstance(self.out, Plain) else 0)
        fill = pad if pad is not None else self.out.block - size % self.out.block
        fill += self.out.block if pad is None and fill < 4 else 0
        said = length if length is not None else 1 + len(payload) + fill
        return u32(said) + bytes([fill & 255]) + payload + os.urandom(max(0, fill))

    def sealed(self, packet):
        data = self.out.seal(self.out_seq, packet)
        self.out_seq = (self.out_seq + 1) & 0xFFFFFFFF
        return data

    def bytes_of(self, number, *fields):
        return self.sealed(self.packet(bytes([number]) + b"".join(map(field, fields))))

    def send(self, number, *fields):
        self.write(self.bytes_of(number, *fields))

    def read_any(self):
        head = self.take(4)
        length = self.inn.length(self.in_seq, head)
        rest = self.take(length)
        packet = self.inn.open(self.in_seq, head, rest, self.take(self.inn.tag))
        self.in_seq = (self.in_seq + 1) & 0xFFFFFFFF
        return packet[5], packet[5 : 4 + length - packet[4]]

    def read(self):
        """The next message that is not small talk."""
        while True:
            number, payload = self.read_any()
            if number == EXT_INFO:
                self.note_extensions(payload)
            elif number == DISCONNECT:
                self.reason = struct.unpack_from(">I", payload, 1)[0]
                self.text = get_string(payload, 5)[0].decode()
                raise Closed()
            elif number not in (IGNORE, DEBUG) and not self.is_small_talk(number, payload):
                return number, payload

    def is_small_talk(self, number, payload):
        if number != GLOBAL_REQUEST:
            return False
        name, at = get_string(payload, 1)
        if payload[at]:
            self.send(REQUEST_FAILURE)
        return True

    reason, text = None, ""

    def note_extensions(self, payload):
        at = 5
        for _ in range(struct.unpack_from(">I", payload, 1)[0]):
            name, at = get_string(payload, at)
            value, at = get_string(payload, at)
            if name == b"server-sig-algs":
                self.server_sig_algs = value.decode()

    def expect(self, *numbers):
        number, payload = self.read()
        if number not in numbers:
            raise AssertionError("message %d instead of %s" % (number, numbers))
        return payload

    # --- key exchange

    def kexinit_payload(self):
        lists = [
            self.kex_name + ",ext-info-c,kex-strict-c-v00@openssh.com",
            "ssh-ed25519",
            self.cipher,
            self.cipher,
            "hmac-sha2-256-etm@openssh.com",
            "hmac-sha2-256-etm@openssh.com",
            self.compression,
            self.compression,
            "",
            "",
        ]
        return bytes([KEXINIT]) + os.urandom(16) + b"".join(map(string, lists)) + bytes(5)

    def read_kexinit(self):
        while True:
            number, payload = self.read_any()
            if number == KEXINIT:
                self.server_kexinit, at, self.offers = payload, 17, []
                for _ in range(10):
                    names, at = get_string(payload, at)
                    self.offers.append(names.decode().split(","))
                return payload
            if number == DISCONNECT:
                self.reason = struct.unpack_from(">I", payload, 1)[0]
                raise Closed()

    def send_kexinit(self):
        self.client_kexinit = self.kexinit_payload()
        self.write(self.sealed(self.packet(self.client_kexinit)))

    def kex(self, before_newkeys=()):
        """A whole key exchange, the first or a later one; the messages given come before our NEWKEYS."""
        self.send_kexinit()
        self.read_kexinit()
        secret = X25519PrivateKey.generate()
        public = secret.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        post_quantum = ml_kem() if self.kex_name.startswith("mlkem") else None
        if post_quantum:
            public = post_quantum.public_key().public_bytes_raw() + public
        self.send(KEX_ECDH_INIT, string(public))
        payload = self.expect(KEX_ECDH_REPLY)
        host_key, at = get_string(payload, 1)
        theirs, _ = get_string(payload, at)
        shared = secret.exchange(X25519PublicKey.from_public_bytes(theirs[-32:]))
        if post_quantum:
            shared = hashlib.sha256(post_quantum.decapsulate(theirs[:-32]) + shared).digest()
        shared = string(shared) if post_quantum else mpint(int.from_bytes(shared, "big"))
        texts = [self.ident.strip(), self.server_ident, self.client_kexinit, self.server_kexinit]
        known = b"".join(map(string, texts + [host_key, public, theirs])) + shared
        self.keys_from(shared, hashlib.sha256(known).digest())
        for number, *fields in before_newkeys:
            self.send(number, *fields)
        first = isinstance(self.out, Plain)
        self.strict = self.strict if not first else "kex-strict-s-v00@openssh.com" in self.offers[0]
        self.expect(NEWKEYS)
        self.send(NEWKEYS)
        make = cipher_for(self.cipher)
        self.out = make(self.derive("C"), self.derive("A", 16), self.derive("E", 32))
        self.inn = make(self.derive("D"), self.derive("B", 16), self.derive("F", 32))
        if self.strict:
            self.out_seq = self.in_seq = 0
        return self

    strict = False

    def keys_from(self, shared, exchange_hash):
        self.shared, self.hash = shared, exchange_hash
        self.session_id = self.session_id or exchange_hash

    def derive(self, letter, size=None):
        size = size or KEY_LENGTHS[self.cipher]
        key = hashlib.sha256(self.shared + self.hash + letter.encode() + self.session_id).digest()
        while len(key) < size:
            key += hashlib.sha256(self.shared + self.hash + key).digest()
        return key[:size]

    # --- login and channels

    def service(self, name="ssh-userauth"):
        self.send(SERVICE_REQUEST, name)
        self.expect(SERVICE_ACCEPT)
        return self

    def request_auth(self, user, method, *fields, service="ssh-connection"):
        self.send(USERAUTH_REQUEST, string(user), service, method, *fields)

    def offer(self, user, blob, algorithm="ssh-ed25519"):
        self.request_auth(user, "publickey", False, algorithm, string(blob))

    def sign_in(self, user, key, algorithm="ssh-ed25519"):
        """Sends a signed request; its answer is not read."""
        blob = public_blob(key)
        body = string(user) + string("ssh-connection") + string("publickey") + b"\1"
        body = bytes([USERAUTH_REQUEST]) + body + string(algorithm) + string(blob)
        signature = string(algorithm) + string(key.sign(string(self.session_id) + body))
        self.write(self.sealed(self.packet(body + string(signature))))

    def login(self, user, key):
        self.sign_in(user, key)
        self.expect(USERAUTH_SUCCESS)
        return self

    def open_channel(self, kind, *more, window=2**21, packet=2**15):
        self.next_channel += 1
        self.send(CHANNEL_OPEN, kind, self.next_channel, window, packet, *more)
        return self.next_channel

    def forward(self, host, port, **sizes):
        return self.open_channel("direct-tcpip", string(host), port, "127.0.0.1", 1, **sizes)

    def until_closed(self, patience=40):
        """Reads until the door ends it; None when it does not."""
        self.sock.settimeout(patience)
        try:
            while True:
                self.read()
        except Closed:
            return round(time.monotonic() - self.born, 2)
        except (socket.timeout, TimeoutError):
            return None

    def is_alive(self, patience=2):
        """Whether the door still answers, after everything that it sent before."""
        self.sock.settimeout(patience)
        try:
            self.send(GLOBAL_REQUEST, "keepalive@openssh.com", True)
            while self.read()[0] not in (REQUEST_SUCCESS, REQUEST_FAILURE):
                pass
            return True
        except (Closed, socket.timeout, TimeoutError):
            return False

    def close(self):
        self.sock.close()


def public_blob(key):
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return string("ssh-ed25519") + string(raw)


def load_key(path):
    with open(path, "rb") as file:
        return serialization.load_ssh_private_key(file.read(), None)


def connected(port, **how):
    return Raw(port, **how).hello().kex()


def logged_in(port, key, user, **how):
    return connected(port, **how).service().login(user, key)


def good_login(port, key, user):
    """What an honest user does; seconds, or None when it failed."""
    began = time.monotonic()
    try:
        client = logged_in(port, key, user, timeout=10)
        client.close()
        return time.monotonic() - began
    except (Closed, OSError, AssertionError):
        return None


def main(attacks):
    """Runs the attack that the command line names: PORT KEYFILE LOGIN ATTACK [WORD...]; prints its verdict."""
    port, key_file, user, attack, *words = sys.argv[1:]
    verdict = attacks[attack](int(port), load_key(key_file), user, *words)
    print(json.dumps(verdict))
