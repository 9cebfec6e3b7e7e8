package dev.keyhole.image.base;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.image.ImageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole base out of a file. */
class DockerArchiveTest {
    private static final String PASSWD = "root:x:0:0:root:/root:/bin/bash\n";

    @TempDir private Path folder;

    @Test
    void theConfigIsReadWithItsLayers() throws Exception {
        var archive = new Archive().layer(new Tar().file("etc/passwd", PASSWD));
        var image = read(archive);
        assertThat(image.digest()).isEqualTo(Tar.digest(archive.config()));
        assertThat(image.architecture()).isEqualTo("amd64");
        assertThat(image.created()).isEqualTo(Instant.parse("2022-05-16T20:15:00.5Z"));
        assertThat(image.environment()).containsEntry("PATH", "/usr/bin:/bin");
        assertThat(image.workdir()).contains("/tf");
        assertThat(image.command()).containsExactly("bash");
        assertThat(image.labels()).containsEntry("maintainer", "somebody");
        assertThat(image.layers()).hasSize(1);
        assertThat(image.contents().passwd()).containsExactly("root:x:0:0:root:/root:/bin/bash");
    }

    @Test
    void everySetuidAndSetgidFileAndDirectoryIsFoundWithItsBytesAndParents() throws Exception {
        var image =
                read(
                        new Archive()
                                .layer(
                                        new Tar()
                                                .directory("usr", 0755)
                                                .directory("usr/bin", 0711, 3, 4)
                                                .file("usr/bin/su", 04755, "su")
                                                .hardLink("usr/bin/alias", "usr/bin/su")
                                                .file("usr/bin/plain", 0755, "plain")
                                                .directory("var/mail", 02775, 0, 8)
                                                .device("dev/null"))
                                .gzippedLayer(new Tar().capable("usr/bin/ping")));
        var privileged = image.contents().privileged();
        assertThat(privileged.keySet())
                .containsExactly("usr/bin/alias", "usr/bin/ping", "usr/bin/su", "var/mail");
        var su = requireNonNull(privileged.get("usr/bin/su"));
        assertThat(su.owner().mode()).isEqualTo(04755);
        assertThat(su.owner().defusedMode()).isEqualTo(0755);
        assertThat(su.content().orElseThrow()).hasContent("su");
        assertThat(su.parents().keySet()).containsExactly("usr", "usr/bin");
        assertThat(requireNonNull(su.parents().get("usr/bin")).mode()).isEqualTo(0711);
        assertThat(requireNonNull(su.parents().get("usr/bin")).gid()).isEqualTo(4);
        assertThat(requireNonNull(privileged.get("usr/bin/ping")).fileCapabilities()).isTrue();
        assertThat(requireNonNull(privileged.get("var/mail")).directory()).isTrue();
    }

    @Test
    void whatALaterLayerDefusedOrRemovedIsNoneAnyMore() throws Exception {
        var image =
                read(
                        new Archive()
                                .layer(
                                        new Tar()
                                                .file("bin/su", 04755, "su")
                                                .file("bin/mount", 04755, "mount"))
                                .layer(
                                        new Tar()
                                                .file("bin/su", 0755, "su")
                                                .file("bin/.wh.mount", "")));
        assertThat(image.contents().privileged()).isEmpty();
    }

    @Test
    void packagesAndTheClassicNotebookAreFound() throws Exception {
        var site = "usr/local/lib/python3.8/dist-packages/";
        var image =
                read(
                        new Archive()
                                .layer(
                                        new Tar()
                                                .file(
                                                        "etc/os-release",
                                                        "ID=ubuntu\nVERSION_ID=\"20.04\"\n")
                                                .file(
                                                        "var/lib/dpkg/status",
                                                        """
                                                        Package: libc6
                                                        Status: install ok installed
                                                        Description: a
                                                         Version: of nothing
                                                        Version: 2.31-0ubuntu9.7

                                                        Package: gone
                                                        Status: deinstall ok config-files
                                                        Version: 1
                                                        """)
                                                .file(
                                                        site + "notebook-6.4.12.dist-info/METADATA",
                                                        "Metadata-Version: 2.1\nName: notebook\nVersion: 6.4.12\n\nVersion: 9\n")
                                                .file(
                                                        site + "Jinja2-3.0.egg-info",
                                                        "Name: Jinja2\nVersion: 3.0\n")
                                                .file(
                                                        site + "old_one.egg-info/PKG-INFO",
                                                        "Name: old_one\nVersion: 0.1\n")
                                                .directory(site + "bare-2.0.dist-info", 0755)));
        var contents = image.contents();
        assertThat(contents.jupyter())
                .contains(new Jupyter(Jupyter.Kind.CLASSIC_NOTEBOOK, "6.4.12", "3.8"));
        assertThat(contents.debianPackages()).containsOnlyKeys("libc6");
        assertThat(contents.cLibrary()).isEqualTo(new CLibrary(CLibrary.Kind.GLIBC, "2.31"));
        assertThat(contents.osRelease()).contains(new OsRelease("ubuntu", "20.04", ""));
        assertThat(contents.pythonPackages())
                .containsEntry("notebook", "6.4.12")
                .containsEntry("jinja2", "3.0")
                .containsEntry("old-one", "0.1")
                .containsEntry("bare", "2.0");
    }

    @Test
    void theNewServerGoesBeforeTheOldOneAndDebiansPythonIsToldByItsLink() throws Exception {
        var site = "usr/lib/python3/dist-packages/";
        var image =
                read(
                        new Archive()
                                .layer(
                                        new Tar()
                                                .symlink("usr/bin/python3", "python3.11")
                                                .directory(site + "notebook-6.5.2.dist-info", 0755)
                                                .directory(
                                                        site + "jupyter_server-2.20.0.dist-info",
                                                        0755)));
        assertThat(image.contents().jupyter())
                .contains(new Jupyter(Jupyter.Kind.JUPYTER_SERVER, "2.20.0", "3.11"));
        assertThat(image.contents().jupyter().orElseThrow().words())
                .isEqualTo("jupyter_server 2.20.0");
    }

    @Test
    void aBaseWithoutJupyterHasNoneAndWhatCondaUnpackedIsNone() throws Exception {
        var image =
                read(
                        new Archive()
                                .layer(
                                        new Tar()
                                                .directory(
                                                        "opt/conda/pkgs/n/lib/python3.9/site-packages/notebook-6.0.dist-info",
                                                        0755)
                                                .file("lib/ld-musl-x86_64.so.1", "")));
        assertThat(image.contents().jupyter()).isEmpty();
        assertThat(image.contents().cLibrary().kind()).isEqualTo(CLibrary.Kind.MUSL);
    }

    @Test
    void anSshServerAndItsKeysAreSeen() throws Exception {
        var contents =
                read(new Archive()
                                .layer(
                                        new Tar()
                                                .file("usr/sbin/sshd", "x")
                                                .file("bin/sh", "x")
                                                .file("etc/ssh/ssh_host_rsa_key", "x")
                                                .file("etc/ssh/ssh_host_rsa_key.pub", "x")))
                        .contents();
        assertThat(contents.sshd()).isTrue();
        assertThat(contents.shell()).isTrue();
        assertThat(contents.hostKeys()).containsExactly("etc/ssh/ssh_host_rsa_key");
    }

    @Test
    void anotherArchitectureIsRefused() throws IOException {
        var file = new Archive().architecture("arm64").write(folder.resolve("arm.tar"));
        assertRefused(file, "BASE_ARCHITECTURE", "arm64");
    }

    @Test
    void whatIsNoImageIsRefusedInOneSentence() throws IOException {
        assertRefused(folder.resolve("none.tar"), "no file");
        assertRefused(Files.writeString(folder.resolve("text.tar"), "no archive"), "no manifest");
        assertRefused(
                Files.write(folder.resolve("packed.tar"), Tar.gzip(new byte[1024])), "gunzip");
        assertRefused(
                Files.write(folder.resolve("empty.tar"), new Tar().file("a", "1").bytes()),
                "no manifest.json");
        assertRefused(
                Files.write(folder.resolve("oci.tar"), new Tar().file("index.json", "{}").bytes()),
                "oci-archive");
        assertRefused(
                Files.write(
                        folder.resolve("bad.tar"), new Tar().file("manifest.json", "[{").bytes()),
                "JSON");
        var whole =
                Files.readAllBytes(
                        new Archive()
                                .layer(new Tar().file("a", "1"))
                                .write(folder.resolve("w.tar")));
        assertRefused(
                Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, whole.length / 3)),
                "cannot be read");
    }

    private BaseImage read(Archive archive) throws IOException, ImageFailure {
        return new DockerArchive(archive.write(folder.resolve("base.tar")), folder.resolve("keep"))
                .read("amd64");
    }

    private void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> new DockerArchive(file, folder.resolve("keep")).read("amd64"))
                .isInstanceOf(ImageFailure.class)
                .hasMessageContainingAll(List.of(words).toArray(String[]::new));
    }
}
