package dev.keyhole.gateway.access;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of public keys that may log in. Any other kind is not accepted. */
public enum KeyType {
    ED25519("ssh-ed25519"),
    ECDSA_P256("ecdsa-sha2-nistp256"),
    ECDSA_P384("ecdsa-sha2-nistp384"),
    ECDSA_P521("ecdsa-sha2-nistp521"),
    SK_ED25519("sk-ssh-ed25519@openssh.com"),
    SK_ECDSA("sk-ecdsa-sha2-nistp256@openssh.com"),
    RSA("ssh-rsa");

    private final String sshName;

    KeyType(String sshName) {
        this.sshName = sshName;
    }

    /** As it stands at the start of a line and of a blob. */
    public String sshName() {
        return sshName;
    }

    /** Whether the private half lives in a FIDO security key. */
    public boolean isSecurityKey() {
        return this == SK_ED25519 || this == SK_ECDSA;
    }

    /** As it stands at the start of a certificate for such a key; FIDO keys have none here, because MINA knows none. */
    Optional<String> certificateName() {
        return isSecurityKey() ? Optional.empty() : Optional.of(sshName + "-cert-v01@openssh.com");
    }

    /** The type of the key that a certificate of that kind certifies. */
    static Optional<KeyType> certifiedBy(String certificateName) {
        return Arrays.stream(values())
                .filter(type -> type.certificateName().filter(certificateName::equals).isPresent())
                .findFirst();
    }

    static Optional<KeyType> named(String sshName) {
        return Arrays.stream(values()).filter(type -> type.sshName.equals(sshName)).findFirst();
    }
}
