package dev.keyhole.gateway.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.compression.Compression;
import org.apache.sshd.common.helpers.AbstractFactoryManager;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * What the door offers, and asks of servers that it logs in to, in order, and nothing else. MINA's own defaults hold SHA-1, NIST curves, DH groups, zlib before
 * the login and RSA-1024; none of that is here.
 *
 * <p>A post-quantum key exchange comes first (RFC 10042, then the one that OpenSSH 8.5 to 9.8 know); curve25519 stays
 * for clients without either.
 */
public final class Algorithms {
    static final List<BuiltinDHFactories> KEY_EXCHANGES =
            List.of(
                    BuiltinDHFactories.mlkem768x25519,
                    BuiltinDHFactories.sntrup761x25519,
                    BuiltinDHFactories.sntrup761x25519_openssh,
                    BuiltinDHFactories.curve25519,
                    BuiltinDHFactories.curve25519_libssh);

    /** AES-GCM first: several times cheaper than chacha20 here, and what AES hardware is for. */
    static final List<BuiltinCiphers> CIPHERS =
            List.of(
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.cc20p1305_openssh,
                    BuiltinCiphers.aes256ctr,
                    BuiltinCiphers.aes128ctr);

    /** Encrypt-then-MAC only (for the CTR ciphers; the others authenticate by themselves). */
    static final List<BuiltinMacs> MACS =
            List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);

    /** For the host key, user keys and user certificates; without SHA-1. */
    static final List<BuiltinSignatures> SIGNATURES =
            List.of(
                    BuiltinSignatures.ed25519,
                    BuiltinSignatures.sk_ssh_ed25519,
                    BuiltinSignatures.nistp256,
                    BuiltinSignatures.nistp384,
                    BuiltinSignatures.nistp521,
                    BuiltinSignatures.sk_ecdsa_sha2_nistp256,
                    BuiltinSignatures.rsaSHA512,
                    BuiltinSignatures.rsaSHA256,
                    BuiltinSignatures.ed25519_cert,
                    BuiltinSignatures.nistp256_cert,
                    BuiltinSignatures.nistp384_cert,
                    BuiltinSignatures.nistp521_cert,
                    BuiltinSignatures.rsaSHA512_cert,
                    BuiltinSignatures.rsaSHA256_cert);

    private Algorithms() {}

    /**
     * Sets them and checks that each one is really there.
     *
     * @param exchange makes a key exchange for that side
     * @throws IllegalStateException when one is missing: with an older Bouncy Castle MINA would silently offer less
     */
    public static void apply(
            AbstractFactoryManager manager, Function<DHFactory, KeyExchangeFactory> exchange) {
        List<KeyExchangeFactory> keyExchanges =
                NamedFactory.setUpTransformedFactories(false, KEY_EXCHANGES, exchange);
        List<NamedFactory<Cipher>> ciphers =
                new ArrayList<>(NamedFactory.setUpBuiltinFactories(false, CIPHERS));
        List<NamedFactory<Mac>> macs =
                new ArrayList<>(NamedFactory.setUpBuiltinFactories(false, MACS));
        List<NamedFactory<Signature>> signatures =
                new ArrayList<>(NamedFactory.setUpBuiltinFactories(false, SIGNATURES));
        requireAll("key exchange", KEY_EXCHANGES, keyExchanges);
        requireAll("cipher", CIPHERS, ciphers);
        requireAll("MAC", MACS, macs);
        requireAll("signature", SIGNATURES, signatures);
        manager.setKeyExchangeFactories(keyExchanges);
        manager.setCipherFactories(ciphers);
        manager.setMacFactories(macs);
        manager.setSignatureFactories(signatures);
        List<NamedFactory<Compression>> none = List.of(BuiltinCompressions.none);
        manager.setCompressionFactories(none);
    }

    static void requireAll(
            String kind,
            List<? extends NamedResource> expected,
            List<? extends NamedResource> present) {
        List<String> wanted = NamedResource.getNameList(expected);
        List<String> there = NamedResource.getNameList(present);
        if (!there.equals(wanted)) {
            throw new IllegalStateException(
                    "The "
                            + kind
                            + " list is "
                            + there
                            + " and not "
                            + wanted
                            + ": the cryptography library on the class path is not the one this was built with");
        }
    }
}
