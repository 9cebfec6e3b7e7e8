package dev.keyhole.image.freshness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.image.ImageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scanners write, by their documentation, and how one is run: by a small program in its place. No real trivy or grype
 * has been run against this.
 */
class ScannerTest {
    private static final String TRIVY =
            """
            {"SchemaVersion":2,"ArtifactName":"team/one:1","ArtifactType":"container_image","Results":[
             {"Target":"team/one:1 (debian 12)","Class":"os-pkgs","Type":"debian","Vulnerabilities":[
              {"VulnerabilityID":"CVE-2026-1","PkgName":"openssl","InstalledVersion":"3.0.1","FixedVersion":"3.0.2","Severity":"CRITICAL"},
              {"VulnerabilityID":"CVE-2026-2","PkgName":"zlib1g","InstalledVersion":"1","Severity":"HIGH"},
              {"VulnerabilityID":"CVE-2026-3","PkgName":"tar","InstalledVersion":"1","Severity":"LOW"}]},
             {"Target":"Python","Class":"lang-pkgs","Type":"python-pkg"}]}\
            """;

    private static final String GRYPE =
            """
            {"matches":[
             {"vulnerability":{"id":"GHSA-1","severity":"High","fix":{"versions":["2.1"],"state":"fixed"}},
              "artifact":{"name":"notebook","version":"6.4.12","type":"python"}},
             {"vulnerability":{"id":"CVE-2026-4","severity":"Negligible","fix":{"versions":[],"state":"wont-fix"}},
              "artifact":{"name":"tar","version":"1.34","type":"deb"}}],
             "source":{"type":"image"},"descriptor":{"name":"grype"}}\
            """;

    @TempDir private Path folder;

    @Test
    void trivysJsonIsCounted() throws IOException {
        var scan = ScanCount.of("trivy", ScannerText.trivy(TRIVY.getBytes(UTF_8)));
        assertThat(scan).isEqualTo(new CheckReport.Scan("trivy", 1, 1, 0, 1, 0, 1));
        assertThat(ScanCount.findings(scan)).singleElement().matches(Finding::due);
    }

    @Test
    void grypesJsonIsCounted() throws IOException {
        var found = ScannerText.grype(GRYPE.getBytes(UTF_8));
        assertThat(found.getFirst())
                .isEqualTo(
                        new Vulnerability(
                                "GHSA-1",
                                "notebook",
                                "6.4.12",
                                "2.1",
                                Vulnerability.Severity.HIGH));
        assertThat(ScanCount.of("grype", found))
                .isEqualTo(new CheckReport.Scan("grype", 0, 1, 0, 1, 0, 1));
    }

    @Test
    void whatNobodyHasMendedYetIsNotDue() {
        var scan = new CheckReport.Scan("trivy", 1, 0, 0, 0, 0, 0);
        assertThat(ScanCount.findings(scan)).singleElement().matches(finding -> !finding.due());
        assertThat(ScanCount.findings(new CheckReport.Scan("trivy", 0, 0, 5, 5, 5, 0))).isEmpty();
    }

    @Test
    void theScannerOnThePathIsRunWithTheReferenceLast() throws Exception {
        program("trivy", "printf '%s\\n' \"$@\" > \"" + folder + "/told\"; cat \"" + json() + "\"");
        var scanner = Scanner.installed(Map.of("PATH", "/nowhere:" + folder)).orElseThrow();
        assertThat(scanner.name()).isEqualTo("trivy");
        assertThat(scanner.scan("team/one:1")).hasSize(3);
        assertThat(Files.readAllLines(folder.resolve("told")))
                .startsWith("image")
                .endsWith("--", "team/one:1");
    }

    @Test
    void aScannerThatFailsIsSaidWithItsOwnReason() throws Exception {
        program("grype", "echo no database >&2; exit 3");
        var scanner = Scanner.installed(Map.of("PATH", folder.toString())).orElseThrow();
        assertThatThrownBy(() -> scanner.scan("team/one:1"))
                .isInstanceOf(ImageFailure.class)
                .hasMessageContainingAll("grype", "no database", "--no-scan");
    }

    @Test
    void whereNoneIsInstalledThereIsNone() {
        assertThat(Scanner.installed(Map.of("PATH", folder.toString()))).isEmpty();
        assertThat(Scanner.installed(Map.of())).isEmpty();
    }

    private Path json() throws IOException {
        return Files.writeString(folder.resolve("trivy.json"), TRIVY);
    }

    private void program(String name, String script) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
