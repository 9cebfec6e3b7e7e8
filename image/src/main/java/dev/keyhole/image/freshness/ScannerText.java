package dev.keyhole.image.freshness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what scanners write as JSON. Thread-safe. */
final class ScannerText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScannerText() {}

    /** {@code trivy image --format json}: Results[].Vulnerabilities[] (its "Reporting" page). */
    static List<Vulnerability> trivy(byte[] text) throws IOException {
        var found = new ArrayList<Vulnerability>();
        for (var result : document(text).path("Results")) {
            for (var known : result.path("Vulnerabilities")) {
                found.add(
                        new Vulnerability(
                                known.path("VulnerabilityID").asText(""),
                                known.path("PkgName").asText(""),
                                known.path("InstalledVersion").asText(""),
                                known.path("FixedVersion").asText(""),
                                Vulnerability.Severity.of(known.path("Severity").asText(""))));
            }
        }
        return found;
    }

    /** {@code grype -o json}: matches[].vulnerability and .artifact (its JSON schema). */
    static List<Vulnerability> grype(byte[] text) throws IOException {
        var found = new ArrayList<Vulnerability>();
        for (var match : document(text).path("matches")) {
            var known = match.path("vulnerability");
            var artifact = match.path("artifact");
            found.add(
                    new Vulnerability(
                            known.path("id").asText(""),
                            artifact.path("name").asText(""),
                            artifact.path("version").asText(""),
                            known.path("fix").path("versions").path(0).asText(""),
                            Vulnerability.Severity.of(known.path("severity").asText(""))));
        }
        return found;
    }

    private static JsonNode document(byte[] text) throws IOException {
        var document = JSON.readTree(text);
        if (document == null || !document.isObject()) {
            throw new IOException("the scanner wrote no JSON object");
        }
        return document;
    }
}
