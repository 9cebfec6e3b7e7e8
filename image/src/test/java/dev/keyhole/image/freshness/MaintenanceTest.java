package dev.keyhole.image.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.CLibrary;
import dev.keyhole.image.base.Jupyter;
import dev.keyhole.image.base.OsRelease;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ends of maintenance, told by the file that comes along. */
class MaintenanceTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    @Test
    void theOldTensorflowImageIsOverInEveryPart() throws ImageFailure {
        var findings =
                maintenance()
                        .of(
                                contents(
                                        new OsRelease("ubuntu", "20.04", ""),
                                        Map.of("tensorflow", "2.9.0"),
                                        Optional.of(
                                                new Jupyter(
                                                        Jupyter.Kind.CLASSIC_NOTEBOOK,
                                                        "6.4.12",
                                                        "3.8"))));
        assertThat(findings).allMatch(Finding::due);
        assertThat(findings)
                .extracting(Finding::kind)
                .containsExactly(
                        Finding.Kind.LINE_ENDED,
                        Finding.Kind.LINE_ENDED,
                        Finding.Kind.LINE_ENDED,
                        Finding.Kind.LINE_ENDED,
                        Finding.Kind.JUPYTER_TOO_OLD);
        assertThat(findings.toString())
                .contains("Ubuntu 20.04", "Tensorflow 2.9", "Python 3.8", "Notebook 6.4");
    }

    @Test
    void aNewImageHasNothing() throws ImageFailure {
        assertThat(
                        maintenance()
                                .of(
                                        contents(
                                                new OsRelease("debian", "12", ""),
                                                Map.of("tensorflow", "2.21.0"),
                                                Optional.of(server("2.20.0")))))
                .isEmpty();
    }

    @Test
    void theFloorOfJupyterHasTwoSides() throws ImageFailure {
        assertThat(maintenance().of(server("2.19.9"))).extracting(Finding::due).containsOnly(true);
        assertThat(maintenance().of(server("1.24.0"))).isNotEmpty();
        assertThat(maintenance().of(server("2.20.0"))).isEmpty();
        assertThat(maintenance().of(server("2.20.1.dev0"))).isEmpty();
        assertThat(maintenance().of(server("3.0.0"))).isEmpty();
    }

    @Test
    void noJupyterIsSaidClearly() throws ImageFailure {
        assertThat(
                        maintenance()
                                .of(
                                        contents(
                                                new OsRelease("debian", "12", ""),
                                                Map.of(),
                                                Optional.empty())))
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.JUPYTER_MISSING);
    }

    @Test
    void whatEndsSoonIsSaidAndNotDue() throws ImageFailure {
        var soon = new Maintenance(EndOfLife.parse("f", "python 3.11 2026-12-31"), TODAY);
        assertThat(soon.of(server("2.20.0")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Finding.Kind.LINE_ENDS_SOON);
                    assertThat(finding.due()).isFalse();
                });
        var lastDay = new Maintenance(EndOfLife.parse("f", "python 3.11 2026-11-23"), TODAY);
        assertThat(lastDay.of(server("2.20.0"))).extracting(Finding::due).containsExactly(false);
    }

    @Test
    void everyWrongLineOfAGivenFileIsNamed() {
        assertThatThrownBy(() ->
                        EndOfLife.parse(
                                "mine.txt",
                                "# comment\npython 3.8\n\npython 3.9 soon\nok 1 2026-01-01 # yes"))
                .isInstanceOf(ImageFailure.class)
                .hasMessageContainingAll("mine.txt:2", "mine.txt:4");
    }

    private static Maintenance maintenance() throws ImageFailure {
        return new Maintenance(EndOfLife.own(), TODAY);
    }

    private static Jupyter server(String version) {
        return new Jupyter(Jupyter.Kind.JUPYTER_SERVER, version, "3.11");
    }

    private static BaseContents contents(
            OsRelease os, Map<String, String> python, Optional<Jupyter> jupyter) {
        return new BaseContents(
                List.of(),
                List.of(),
                Map.of(),
                0,
                Map.of(),
                python,
                jupyter,
                Optional.of(os),
                new CLibrary(CLibrary.Kind.GLIBC, "2.36"),
                true,
                false,
                List.of());
    }
}
