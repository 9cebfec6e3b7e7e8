package dev.keyhole.image.freshness;

import java.util.List;

/** Counts what a scanner found, and says whether it calls for action. */
final class ScanCount {
    private ScanCount() {}

    static CheckReport.Scan of(String scanner, List<Vulnerability> found) {
        return new CheckReport.Scan(
                scanner,
                count(found, Vulnerability.Severity.CRITICAL),
                count(found, Vulnerability.Severity.HIGH),
                count(found, Vulnerability.Severity.MEDIUM),
                count(found, Vulnerability.Severity.LOW),
                count(found, Vulnerability.Severity.UNKNOWN),
                (int) found.stream().filter(Vulnerability::calls).count());
    }

    static List<Finding> findings(CheckReport.Scan scan) {
        int grave = scan.critical() + scan.high();
        if (grave == 0) {
            return List.of();
        }
        return List.of(
                new Finding(
                        Finding.Kind.VULNERABLE,
                        scan.graveWithFix() > 0,
                        scan.scanner()
                                + " knows "
                                + scan.critical()
                                + " critical and "
                                + scan.high()
                                + " high vulnerabilities in it; for "
                                + scan.graveWithFix()
                                + " of them there are fixed packages.",
                        scan.graveWithFix() > 0
                                ? "Take a newer base; `"
                                        + scan.scanner()
                                        + "` by itself lists them."
                                : ""));
    }

    private static int count(List<Vulnerability> found, Vulnerability.Severity severity) {
        return (int) found.stream().filter(known -> known.severity() == severity).count();
    }
}
