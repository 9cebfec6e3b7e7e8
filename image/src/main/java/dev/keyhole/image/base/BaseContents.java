package dev.keyhole.image.base;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the files of a base hold, all layers applied.
 *
 * @param passwd lines of {@code /etc/passwd}
 * @param group lines of {@code /etc/group}
 * @param privileged every setuid or setgid file or directory and every file with capabilities, by path without a leading
 *     slash; a file with several names stands under each
 * @param defused how many such files lie in lower layers, without effect: their bytes travel along
 * @param debianPackages installed packages of dpkg, by name
 * @param pythonPackages installed distributions by normalised name (PEP 503: lower case, {@code -}); where several
 *     interpreters hold one, that of the Jupyter's counts
 * @param shell whether {@code /bin/sh} is there
 * @param sshd whether an SSH server is there, which a workspace must not have
 * @param hostKeys private SSH host keys in the layers, which everybody who pulls the base shares
 */
public record BaseContents(
        List<String> passwd,
        List<String> group,
        Map<String, Privileged> privileged,
        int defused,
        Map<String, String> debianPackages,
        Map<String, String> pythonPackages,
        Optional<Jupyter> jupyter,
        Optional<OsRelease> osRelease,
        CLibrary cLibrary,
        boolean shell,
        boolean sshd,
        List<String> hostKeys) {
    public BaseContents {
        passwd = List.copyOf(passwd);
        group = List.copyOf(group);
        privileged = Collections.unmodifiableMap(new TreeMap<>(privileged));
        debianPackages = Collections.unmodifiableMap(new TreeMap<>(debianPackages));
        pythonPackages = Collections.unmodifiableMap(new TreeMap<>(pythonPackages));
        hostKeys = List.copyOf(hostKeys);
    }
}
