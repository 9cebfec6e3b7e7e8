package dev.keyhole.image.freshness;

import java.util.List;
import java.util.Optional;

/**
 * What a check found; its names are those of {@code --json}.
 *
 * @param image as it was asked for
 * @param digest {@code sha256:…} of its manifest; of a file, of its config
 * @param created ISO 8601; empty when it does not say
 * @param keyhole the release that built it; empty for a base
 * @param jupyter such as {@code jupyter_server 2.20.0}
 * @param os such as {@code Debian GNU/Linux 12 (bookworm)}
 * @param contents empty when the layers were not looked at
 * @param vulnerabilities empty when nothing scanned it
 * @param due whether any finding asks for action
 */
public record CheckReport(
        String image,
        String digest,
        Optional<String> created,
        Optional<Long> ageDays,
        Optional<String> keyhole,
        Optional<BaseState> base,
        Optional<String> jupyter,
        Optional<String> python,
        Optional<String> os,
        Optional<Contents> contents,
        Optional<Scan> vulnerabilities,
        List<Finding> findings,
        boolean due) {
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /**
     * The base, as its registry has it now.
     *
     * @param pinned the digest that was built on; empty when nothing is pinned
     * @param current the digest that its tag names now
     * @param newerTag the newest tag of the same line
     * @param newestLine the newest tag of all lines
     * @param newerLines how many lines are newer
     */
    public record BaseState(
            String name,
            Optional<String> pinned,
            String current,
            boolean moved,
            Optional<String> newerTag,
            Optional<String> newestLine,
            int newerLines) {}

    /**
     * What the layers hold.
     *
     * @param privileged paths of setuid and setgid files and directories and of files with capabilities that are in effect
     * @param defused files whose bits a later layer took; their bytes stay in the base's layers
     */
    public record Contents(
            int debianPackages, int pythonPackages, List<String> privileged, int defused) {}

    /** What a scanner counted. */
    public record Scan(
            String scanner,
            int critical,
            int high,
            int medium,
            int low,
            int unknown,
            int graveWithFix) {}
}
