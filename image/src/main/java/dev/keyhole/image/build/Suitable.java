package dev.keyhole.image.build;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseImage;
import dev.keyhole.image.base.CLibrary;
import dev.keyhole.image.base.Jupyter;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/** Whether an image can be made of a base, and what its user should know about it. */
final class Suitable {
    /** The first jupyter_server without the holes of 2026. */
    private static final Version JUPYTER_FLOOR = new Version(2, 20);

    private Suitable() {}

    /**
     * Warnings for the person.
     *
     * @throws ImageFailure (1) when it holds no Jupyter, or could not run a Java of ours
     */
    static List<String> check(BaseImage base, JavaRuntime java) throws ImageFailure {
        Jupyter jupyter =
                base.contents()
                        .jupyter()
                        .orElseThrow(() ->
                                refused(
                                        Code.BASE_WITHOUT_JUPYTER,
                                        base.reference()
                                                + " holds no Jupyter. Name a base with jupyter_server or notebook in it,"
                                                + " such as a TensorFlow image whose tag ends in -jupyter."));
        if (!java.architecture().equals(base.architecture())) {
            throw refused(
                    Code.BASE_ARCHITECTURE,
                    base.reference()
                            + " is for "
                            + base.architecture()
                            + ", and the Java of this machine for "
                            + java.architecture()
                            + ". Build on a machine of the base's kind.");
        }
        requireGlibc(base, java);
        if (!base.contents().shell()) {
            throw refused(
                    Code.IMAGE_NOT_BUILT,
                    base.reference() + " has no /bin/sh, which notebooks and shells need.");
        }
        return warnings(base, jupyter);
    }

    private static void requireGlibc(BaseImage base, JavaRuntime java) throws ImageFailure {
        CLibrary library = base.contents().cLibrary();
        boolean runs =
                library.kind() == CLibrary.Kind.GLIBC
                        && Version.parse(library.version())
                                .map(version -> version.compareTo(java.glibc()) >= 0)
                                .orElse(true);
        if (!runs) {
            throw refused(
                    Code.IMAGE_NOT_BUILT,
                    base.reference()
                            + " has "
                            + (library.kind() == CLibrary.Kind.GLIBC
                                    ? "glibc " + library.version()
                                    : library.kind() == CLibrary.Kind.MUSL
                                            ? "musl"
                                            : "no C library")
                            + ", and the Java of the image needs glibc "
                            + java.glibc()
                            + " or later. Name a base of Debian 10, Ubuntu 20.04 or later.");
        }
    }

    private static List<String> warnings(BaseImage base, Jupyter jupyter) {
        List<String> warnings = new ArrayList<>();
        if (jupyter.kind() == Jupyter.Kind.CLASSIC_NOTEBOOK) {
            warnings.add(
                    jupyter.words()
                            + " on Python "
                            + jupyter.python()
                            + " is old: it gets no security fixes any more. Behind Keyhole only its owner reaches it;"
                            + " move to a base with jupyter_server 2.20 or later when you can.");
        } else if (Version.parse(jupyter.version())
                .filter(version -> version.compareTo(JUPYTER_FLOOR) < 0)
                .isPresent()) {
            warnings.add(
                    jupyter.words()
                            + " lacks security fixes of 2026; jupyter_server "
                            + JUPYTER_FLOOR
                            + " has them.");
        }
        if (base.contents().sshd()) {
            warnings.add(
                    "The base holds an SSH server. Nothing starts it, but it does not belong there.");
        }
        if (!base.contents().hostKeys().isEmpty()) {
            warnings.add(
                    "The base's layers hold SSH host keys that everybody who pulls it has: "
                            + String.join(", ", base.contents().hostKeys()));
        }
        return warnings;
    }

    private static ImageFailure refused(Code code, String text) {
        return new ImageFailure(ExitStatus.FAILED, code, text);
    }
}
