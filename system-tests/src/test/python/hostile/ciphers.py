"""How a packet is sealed and opened (RFC 4253, section 6, RFC 5647, and OpenSSH's own two)."""

import hashlib
import hmac
import struct

from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.poly1305 import Poly1305

CTR, GCM, CHACHA = "aes128-ctr", "aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com"
KEY_LENGTHS = {CTR: 16, "aes256-ctr": 32, GCM: 16, "aes256-gcm@openssh.com": 32, CHACHA: 64}


def u32(number):
    return struct.pack(">I", number)


class Plain:
    """Before the first NEWKEYS; what is asked of a cipher."""

    block, tag, clear_length = 8, 0, True

    def seal(self, _seq, packet):
        return packet

    def length(self, _seq, head):
        return struct.unpack(">I", head)[0]

    def open(self, _seq, head, rest, _tag):
        return head + rest


class AesGcm:
    block, tag, clear_length = 16, 16, True

    def __init__(self, key, iv, _mac_key):
        self.gcm, self.fixed, self.count = AESGCM(key), iv[:4], struct.unpack(">Q", iv[4:12])[0]

    def nonce(self):
        nonce = self.fixed + struct.pack(">Q", self.count)
        self.count = (self.count + 1) & (2**64 - 1)
        return nonce

    def seal(self, _seq, packet):
        return packet[:4] + self.gcm.encrypt(self.nonce(), packet[4:], packet[:4])

    def length(self, _seq, head):
        return struct.unpack(">I", head)[0]

    def open(self, _seq, head, rest, tag):
        return head + self.gcm.decrypt(self.nonce(), rest + tag, head)


class AesCtrEtm:
    """AES-CTR with hmac-sha2-256-etm@openssh.com."""

    block, tag, clear_length = 16, 32, True

    def __init__(self, key, iv, mac_key):
        self.stream, self.mac_key = Cipher(algorithms.AES(key), modes.CTR(iv[:16])).encryptor(), mac_key[:32]

    def mac(self, seq, data):
        return hmac.new(self.mac_key, u32(seq) + data, hashlib.sha256).digest()

    def seal(self, seq, packet):
        sealed = packet[:4] + self.stream.update(packet[4:])
        return sealed + self.mac(seq, sealed)

    def length(self, _seq, head):
        return struct.unpack(">I", head)[0]

    def open(self, seq, head, rest, tag):
        assert constant_time.bytes_eq(tag, self.mac(seq, head + rest))
        return head + self.stream.update(rest)


class ChaCha:
    block, tag, clear_length = 8, 16, False

    def __init__(self, key, _iv, _mac_key):
        self.main, self.head = key[:32], key[32:64]

    @staticmethod
    def stream(key, seq, data, block=0):
        nonce = struct.pack("<Q", block) + struct.pack(">Q", seq)
        return Cipher(algorithms.ChaCha20(key, nonce), mode=None).encryptor().update(data)

    def seal(self, seq, packet):
        sealed = self.stream(self.head, seq, packet[:4]) + self.stream(self.main, seq, packet[4:], 1)
        return sealed + Poly1305.generate_tag(self.stream(self.main, seq, bytes(32)), sealed)

    def length(self, seq, head):
        return struct.unpack(">I", self.stream(self.head, seq, head))[0]

    def open(self, seq, head, rest, tag):
        Poly1305.verify_tag(self.stream(self.main, seq, bytes(32)), head + rest, tag)
        return self.stream(self.head, seq, head) + self.stream(self.main, seq, rest, 1)


def cipher_for(name):
    return ChaCha if name == CHACHA else AesGcm if "gcm" in name else AesCtrEtm
