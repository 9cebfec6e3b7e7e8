package dev.keyhole.gateway.audit;

import java.nio.file.Path;

/**
 * Where the parts of an audit lie. Immutable; it touches no disk.
 *
 * @param directory of the segments, the public key and the checkpoints
 * @param signingKey the private key: outside of the directory, so that a copy of the audit does not carry it
 */
public record AuditPlace(Path directory, Path signingKey) {
    /** Who is behind the pseudonyms: beside the private key, so that a copy of the audit names nobody. */
    Path names() {
        return signingKey.resolveSibling("audit-names.jsonl");
    }

    /** The segment that is being written. */
    Path current() {
        return directory.resolve("audit.jsonl");
    }

    /** Held by the one process that writes. */
    Path lock() {
        return directory.resolve("audit.jsonl.lock");
    }

    /** Blocks that were taken while the disk had some. */
    Path reserve() {
        return directory.resolve("reserve");
    }

    /** A full segment, named after its first event. */
    Path closed(long firstSequence) {
        return directory.resolve(String.format("audit-%012d.jsonl", firstSequence));
    }

    /** What a release before the chain wrote; nothing in it can be proved. */
    Path unchained(int number) {
        return directory.resolve("audit-unchained-" + number + ".jsonl");
    }

    /** Signed notes, an empty line between them. */
    public Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    /** What an auditor needs, and should have a copy of. */
    public Path verifierKey() {
        return directory.resolve("audit.vkey");
    }
}
