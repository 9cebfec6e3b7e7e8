package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The {@code source-address} of a certificate: addresses and ranges, nothing else (PROTOCOL.certkeys of OpenSSH). Immutable. */
record CertificateSource(List<AddressBlock> blocks) {
    /** @throws LineRefused when any of them is none: dropping it could widen what the certificate may do */
    static CertificateSource parse(String text) throws LineRefused {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String block : text.split(",", -1)) {
            try {
                blocks.add(AddressBlock.parse(block));
            } catch (IllegalArgumentException e) {
                throw KeyBlob.broken("its source-address is wrong: " + e.getMessage());
            }
        }
        return new CertificateSource(List.copyOf(blocks));
    }

    boolean permits(InetAddress source) {
        return blocks.stream().anyMatch(block -> block.contains(source));
    }
}
