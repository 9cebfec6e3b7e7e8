package dev.keyhole.app.image;

import dev.keyhole.image.freshness.CheckReport;
import dev.keyhole.image.freshness.Finding;
import dev.keyhole.wire.Printable;
import java.util.ArrayList;
import java.util.List;

/** A check's report for a person: what it is, what is due, what is only said. */
final class CheckText {
    private CheckText() {}

    static List<String> lines(CheckReport report) {
        var lines = new ArrayList<String>();
        lines.add(Printable.of(report.image()) + "  " + report.digest());
        report.created()
                .ifPresent(when ->
                        lines.add(
                                "  made      "
                                        + when.substring(0, 10)
                                        + ", "
                                        + report.ageDays().orElse(0L)
                                        + " days ago"));
        report.keyhole()
                .ifPresent(release -> lines.add("  built by  keyhole " + Printable.of(release)));
        report.base().ifPresent(base -> lines.add("  base      " + base(base)));
        report.os().ifPresent(os -> lines.add("  system    " + Printable.of(os)));
        report.jupyter()
                .ifPresent(jupyter ->
                        lines.add(
                                "  jupyter   "
                                        + Printable.of(jupyter)
                                        + report.python()
                                                .map(version ->
                                                        " on Python " + Printable.of(version))
                                                .orElse("")));
        report.contents()
                .ifPresent(held ->
                        lines.add(
                                "  holds     "
                                        + held.debianPackages()
                                        + " Debian and "
                                        + held.pythonPackages()
                                        + " Python packages"
                                        + (held.defused() == 0
                                                ? ""
                                                : "; "
                                                        + held.defused()
                                                        + " setuid files lie defused in lower layers")));
        lines.add("");
        add(lines, report.findings().stream().filter(Finding::due).toList(), "due   ");
        add(lines, report.findings().stream().filter(found -> !found.due()).toList(), "note  ");
        lines.add(report.due() ? "Action is due." : "Nothing is due.");
        return lines;
    }

    private static String base(CheckReport.BaseState base) {
        return Printable.of(base.name())
                + (base.moved()
                        ? ", which has moved on"
                        : base.pinned().isPresent() ? ", unchanged" : "");
    }

    private static void add(List<String> lines, List<Finding> findings, String mark) {
        for (var finding : findings) {
            lines.add(mark + Printable.of(finding.text()));
            if (!finding.next().isEmpty()) {
                lines.add("      " + Printable.of(finding.next()));
            }
        }
        if (!findings.isEmpty()) {
            lines.add("");
        }
    }
}
