package dev.keyhole.gateway.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.control.operator.HopKeys;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.ssh.hop.IdentityFile;
import dev.keyhole.gateway.ssh.hop.PinnedKey;
import java.io.IOException;
import java.nio.file.Files;

/** The keys of attached hosts, as files of the door. */
record HopKeyFiles(HomeLayout home) implements HopKeys {
    @Override
    public Fingerprint hostKey(String line) {
        return PinnedKey.read(line).fingerprint();
    }

    @Override
    public Identity made(PrincipalName owner) throws IOException {
        return identity(IdentityFile.loadOrMake(home.hopIdentity(owner), "keyhole-" + owner));
    }

    @Override
    public Identity given(PrincipalName owner, String text) throws IOException {
        return identity(IdentityFile.keep(text.getBytes(UTF_8), home.hopIdentity(owner)));
    }

    private static Identity identity(IdentityFile file) {
        return new Identity(file.publicLine(), file.fingerprint());
    }

    @Override
    public void forget(PrincipalName owner) throws IOException {
        Files.deleteIfExists(home.hopIdentity(owner));
    }
}
