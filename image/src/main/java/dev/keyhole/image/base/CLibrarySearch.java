package dev.keyhole.image.base;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells which C library a base has: by its package, else by the names of its files. */
final class CLibrarySearch {
    private static final Pattern DEBIAN = Pattern.compile("(?:\\d+:)?(\\d+\\.\\d+).*");

    /** The real file beside {@code libc.so.6}, which glibc had until 2.33. */
    private static final Pattern FILE = Pattern.compile("libc-(\\d+\\.\\d+)\\.so");

    private static final List<String> LIBRARIES =
            List.of(
                    "lib/x86_64-linux-gnu",
                    "lib/aarch64-linux-gnu",
                    "usr/lib/x86_64-linux-gnu",
                    "usr/lib/aarch64-linux-gnu",
                    "lib64",
                    "usr/lib64",
                    "lib",
                    "usr/lib");

    private CLibrarySearch() {}

    static CLibrary in(FileTree tree, Map<String, String> debianPackages) {
        var packaged = DEBIAN.matcher(debianPackages.getOrDefault("libc6", ""));
        if (packaged.matches()) {
            return new CLibrary(CLibrary.Kind.GLIBC, packaged.group(1));
        }
        boolean glibc = false;
        for (var library : LIBRARIES) {
            for (var name : tree.names(library)) {
                var file = FILE.matcher(name);
                if (file.matches()) {
                    return new CLibrary(CLibrary.Kind.GLIBC, file.group(1));
                }
                glibc |= name.equals("libc.so.6");
            }
        }
        if (glibc) {
            return new CLibrary(CLibrary.Kind.GLIBC, "");
        }
        boolean musl = tree.names("lib").stream().anyMatch(name -> name.startsWith("ld-musl-"));
        return new CLibrary(musl ? CLibrary.Kind.MUSL : CLibrary.Kind.NONE, "");
    }
}
