package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.AuthorizedKeysLine;
import dev.keyhole.gateway.access.KeyLine;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.Located;
import dev.keyhole.gateway.config.Problem;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the keys that a config lists or names files of. A line of the config that cannot be used is a problem, because
 * somebody wrote it there; a line of a file is skipped with a notice, because such files serve sshd too. Used by one
 * thread.
 */
public final class ConfiguredKeys {
    private final KeyRules rules;
    private final Map<Fingerprint, PrincipalName> owners = new HashMap<>();
    private final SortedMap<PrincipalName, List<AuthorizedKey>> keys = new TreeMap<>();
    private final SortedMap<PrincipalName, List<Located<String>>> lines = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notices = new ArrayList<>();

    private ConfiguredKeys(KeyRules rules) {
        this.rules = rules;
    }

    public static ConfiguredKeys of(Config config) {
        var read = new ConfiguredKeys(new KeyRules(config.rsaMin(), ZoneId.systemDefault()));
        config.principals().forEach(read::principal);
        return read;
    }

    /** The usable keys of each principal; complete only when there are no {@link #problems}. */
    public SortedMap<PrincipalName, List<AuthorizedKey>> keys() {
        return keys;
    }

    public List<Problem> problems() {
        return problems.stream().sorted().toList();
    }

    public List<Problem> notices() {
        return notices.stream().sorted().toList();
    }

    /** The same config with every usable line in it, so that nobody has to read the files again. */
    public Config inlined(Config config) {
        SortedMap<PrincipalName, Config.PrincipalKeys> principals = new TreeMap<>();
        config.principals()
                .forEach((name, given) ->
                        principals.put(name, given.inlined(lines.getOrDefault(name, List.of()))));
        return config.withPrincipals(principals);
    }

    private void principal(PrincipalName name, Config.PrincipalKeys given) {
        keys.put(name, new ArrayList<>());
        lines.put(name, new ArrayList<>());
        for (Located<String> line : given.lines()) {
            line(name, line, "", problems);
        }
        for (Located<Path> file : given.files()) {
            file(name, file);
        }
        if (keys.getOrDefault(name, List.of()).isEmpty() && problems.isEmpty()) {
            int line = given.files().stream().mapToInt(Located::line).findFirst().orElse(1);
            problems.add(new Problem(line, name + " has no usable key; nobody could be it"));
        }
    }

    private void file(PrincipalName name, Located<Path> file) {
        try {
            for (String line : KeyFile.lines(file.value())) {
                line(name, new Located<>(line, file.line()), file.value() + ": ", notices);
            }
        } catch (IOException e) {
            problems.add(
                    new Problem(
                            file.line(),
                            "the key file "
                                    + file.value()
                                    + " cannot be read; check its name and rights"));
        }
    }

    private void line(
            PrincipalName name, Located<String> line, String where, List<Problem> whenSkipped) {
        switch (AuthorizedKeysLine.parse(line.value(), rules)) {
            case KeyLine.Usable(AuthorizedKey key) -> usable(name, key, line);
            case KeyLine.Skipped skipped ->
                    whenSkipped.add(
                            new Problem(
                                    line.line(),
                                    "%sthe key '%s' of %s cannot be used: %s. %s"
                                            .formatted(
                                                    where,
                                                    skipped.subject(),
                                                    name,
                                                    skipped.reason(),
                                                    skipped.nextMove())));
            case KeyLine.Blank() -> {}
        }
    }

    private void usable(PrincipalName name, AuthorizedKey key, Located<String> line) {
        PrincipalName owner = owners.putIfAbsent(key.fingerprint(), name);
        if (owner == null) {
            keys.computeIfAbsent(name, missing -> new ArrayList<>()).add(key);
            lines.computeIfAbsent(name, missing -> new ArrayList<>()).add(line);
        } else if (!owner.equals(name)) {
            problems.add(
                    new Problem(
                            line.line(),
                            "the key "
                                    + key.fingerprint()
                                    + " is listed for "
                                    + owner
                                    + " and for "
                                    + name
                                    + "; a key names one principal"));
        }
    }
}
