package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.audit.AuditPlace;
import dev.keyhole.gateway.audit.AuditVerdict;
import dev.keyhole.gateway.audit.AuditVerification;
import dev.keyhole.gateway.audit.VerifierKey;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole audit verify}: the audit of a home, looked through from beside the door. Immutable. */
public final class AuditCheck {
    private final HomeLayout home;
    private final AuditVerdict verdict;
    private final boolean againstElsewhere;

    private AuditCheck(HomeLayout home, AuditVerdict verdict, boolean againstElsewhere) {
        this.home = home;
        this.verdict = verdict;
        this.againstElsewhere = againstElsewhere;
    }

    /**
     * Reads everything once.
     *
     * @param key the public key from elsewhere, else the home's own
     * @param checkpoint signed notes from elsewhere
     * @throws CannotStart when there is no audit, or a file cannot be read
     */
    public static AuditCheck of(HomeLayout home, Optional<Path> key, Optional<Path> checkpoint)
            throws CannotStart {
        AuditPlace place = new AuditPlace(home.audit(), home.auditSigningKey());
        try {
            VerifierKey verifier = key(key.orElse(place.verifierKey()), home);
            String elsewhere = checkpoint.isPresent() ? Files.readString(checkpoint.get()) : "";
            return new AuditCheck(
                    home, AuditVerification.of(place, verifier, elsewhere), checkpoint.isPresent());
        } catch (NoSuchFileException e) {
            throw new CannotStart(ExitStatus.USAGE, "There is no file " + e.getFile() + ".", e);
        } catch (AccessDeniedException e) {
            throw new CannotStart(
                    ExitStatus.REFUSED,
                    "This user may not read "
                            + e.getFile()
                            + ". Run it as root, or as the user that the door runs as.",
                    e);
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED, "The audit cannot be read: " + e.getMessage(), e);
        }
    }

    private static VerifierKey key(Path file, HomeLayout home) throws IOException, CannotStart {
        try {
            return VerifierKey.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CannotStart(
                    ExitStatus.USAGE,
                    "There is no key "
                            + file
                            + ", so no door has written an audit under "
                            + home.home()
                            + ". Name the right home with --home DIR or --config FILE.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(ExitStatus.FAILED, file + ": " + e.getMessage(), e);
        }
    }

    /** Done, or problems found. */
    public ExitStatus status() {
        return verdict.broken().isPresent() ? ExitStatus.PROBLEMS_FOUND : ExitStatus.DONE;
    }

    /** One document: {@code whole}, {@code chain}, {@code first}, {@code last}, {@code checkpoints}, and what is wrong. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("whole", verdict.broken().isEmpty());
        document.put("chain", verdict.chain());
        document.put("first", verdict.first());
        document.put("last", verdict.last());
        document.put("checkpoints", verdict.checkpoints());
        document.put("unfinished", verdict.unfinished());
        document.put("againstElsewhere", againstElsewhere);
        document.put("firstBad", verdict.broken().map(AuditVerdict.Break::sequence));
        document.put("problem", verdict.broken().map(AuditVerdict.Break::what));
        return Json.write(document);
    }

    public String text() {
        return verdict.broken().map(this::wrong).orElseGet(this::right);
    }

    private String right() {
        String events =
                verdict.last() == 0
                        ? "The audit is empty"
                        : "Events " + verdict.first() + " to " + verdict.last() + " are in order";
        return events
                + "; chain "
                + verdict.chain()
                + ", "
                + verdict.checkpoints()
                + " signatures.\n"
                + (verdict.unfinished()
                        ? "Half a line follows: it is being written, or a crash left it; the next start cuts it off and says so.\n"
                        : "")
                + (againstElsewhere
                        ? ""
                        : "Whether its end was cut off, or all of it written anew, only a checkpoint from elsewhere can tell: --checkpoint FILE\n");
    }

    private String wrong(AuditVerdict.Break found) {
        return Code.AUDIT_BROKEN
                + ": "
                + (found.sequence() == 0
                        ? "A signature is wrong: "
                        : "The first bad event is " + found.sequence() + ": ")
                + found.what()
                + ".\nKeep the files as they are, take "
                + home.audit()
                + " away from whoever could write there, and compare it with a backup or with what was sent elsewhere.\n";
    }
}
