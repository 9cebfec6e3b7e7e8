package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;

/** Two public keys. */
record Keys(String line) {
    static final Keys ONE =
            new Keys(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUS8E457cC1bcCl9VrQMeb/y/YpCiZPyO0nBMAhGeUZ one");
    static final Keys OTHER =
            new Keys(
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea other");

    AuthorizedKey key() {
        return ((KeyLine.Usable) AuthorizedKeysLine.parse(line, KeyRules.usual())).key();
    }
}
