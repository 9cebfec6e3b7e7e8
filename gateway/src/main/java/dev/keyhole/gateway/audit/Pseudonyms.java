package dev.keyhole.gateway.audit;

import dev.keyhole.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the audit's files for people, and the way back. The chain never changes, and still a person can be
 * erased from it: what an event says about somebody who is known here stands there under a pseudonym and a key of that
 * person, and who throws the key away leaves nothing but numbers (GDPR, article 17).
 *
 * <p>A token is {@code ~} and the pseudonym, or that with a colon and the hidden value. A text that begins with
 * {@code ~} by itself gets another one, so nobody can write what reads as a token.
 *
 * <p>Thread-safe. Only the first event about somebody blocks on the disk, and so does {@link #erase}.
 */
public final class Pseudonyms {
    private static final Logger LOG = LoggerFactory.getLogger(Pseudonyms.class);

    /** What an event says about a person, beside the name. Times, numbers, codes, services and session ids stay. */
    static final Set<String> PERSONAL =
            Set.of(
                    "source.ip",
                    "keyhole.key.fingerprint",
                    "keyhole.login",
                    "keyhole.subject",
                    "user_agent.original",
                    "process.command_line",
                    "destination.address",
                    "keyhole.request",
                    "message",
                    "event.reason");

    private static final String NAME = "user.name";
    private static final String SUBJECT = "keyhole.subject";
    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

    /** A reason that is a word code stays too: it is what events are searched and counted by. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]+");

    private static final Pattern TOKEN =
            Pattern.compile("\"([a-z_.]+)\":\"~(?:(~)|(p-[0-9a-f]{16})(?::([A-Za-z0-9_-]+))?\")");
    private static final int KEY_BYTES = 32;

    private final NameTable table;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Person> byName = new HashMap<>();
    private final Map<String, Person> byPseudonym = new HashMap<>();

    private boolean told; // that none can be kept now

    private Pseudonyms(NameTable table) {
        this.table = table;
    }

    /** @throws IOException when the file cannot be read or is damaged, with a message for the operator */
    public static Pseudonyms open(Path file) throws IOException {
        var names = new Pseudonyms(new NameTable(file));
        names.table.read().forEach(names::remember);
        return names;
    }

    private void remember(Person person) {
        byName.put(person.name(), person);
        byPseudonym.put(person.pseudonym(), person);
    }

    /** What stands for that name in the files; empty for somebody of whom they say nothing. */
    public synchronized Optional<String> pseudonym(String name) {
        return Optional.ofNullable(byName.get(name)).map(Person::pseudonym);
    }

    /**
     * Throws somebody's key away.
     *
     * @return her pseudonym, which is all that is left; empty when the files say nothing about such a person
     * @throws IOException when the disk does not take it; then nothing is changed
     */
    public synchronized Optional<String> erase(String name) throws IOException {
        Person person = byName.get(name);
        if (person == null) {
            return Optional.empty();
        }
        table.forget(person.pseudonym());
        byName.remove(name);
        byPseudonym.remove(person.pseudonym());
        return Optional.of(person.pseudonym());
    }

    /** The fields of an event as they are written down. */
    Map<String, Object> hide(Map<String, Object> fields) {
        Optional<Person> about = about(fields);
        Map<String, Object> hidden = new LinkedHashMap<>();
        fields.forEach((field, value) -> hidden.put(field, hidden(about, field, value)));
        return hidden;
    }

    private Object hidden(Optional<Person> about, String field, Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        Optional<Person> person = field.equals(SUBJECT) ? named(text).or(() -> about) : about;
        if (person.isPresent() && field.equals(NAME)) {
            return "~" + person.get().pseudonym();
        }
        if (person.isPresent() && PERSONAL.contains(field) && !isCode(field, text)) {
            return "~" + person.get().pseudonym() + ":" + person.get().hidden(field, text);
        }
        return text.startsWith("~") ? "~" + text : text;
    }

    private static boolean isCode(String field, String text) {
        return field.equals("event.reason") && CODE.matcher(text).matches();
    }

    /** Whom an event is about: its principal, or somebody known under whose name a stranger came. */
    private synchronized Optional<Person> about(Map<String, Object> fields) {
        return fields.get(NAME) instanceof String name
                ? known(name).or(() -> isAsked(fields) ? Optional.empty() : enter(name))
                : known(fields.get("keyhole.login")).or(() -> named(fields.get(SUBJECT)));
    }

    /** Who asks the audit for somebody may ask for anybody: it makes nobody known. */
    private static boolean isAsked(Map<String, Object> fields) {
        return "audit-read".equals(fields.get("event.action"));
    }

    /** The first who is named in a text, such as the words of an {@code audit search}. */
    private Optional<Person> named(@Nullable Object text) {
        return text == null
                ? Optional.empty()
                : NO_NAME.splitAsStream(text.toString())
                        .flatMap(word -> known(word).stream())
                        .findFirst();
    }

    private synchronized Optional<Person> known(@Nullable Object name) {
        return name == null ? Optional.empty() : Optional.ofNullable(byName.get(name));
    }

    /** An event that cannot wait for a full disk names its person instead of being lost. */
    private Optional<Person> enter(String name) {
        byte[] chosen = new byte[8];
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(chosen);
        random.nextBytes(key);
        String pseudonym = "p-" + HexFormat.of().formatHex(chosen);
        try {
            table.append(NameTable.line(pseudonym, name, key));
        } catch (IOException e) {
            if (!told) {
                LOG.warn(
                        "No pseudonym can be kept ({}); the audit names its principal until it can.",
                        e.getMessage());
            }
            told = true;
            return Optional.empty();
        }
        told = false;
        Person person = new Person(pseudonym, name, key);
        remember(person);
        return Optional.of(person);
    }

    /** A line of the files as it was meant; who was erased stays a token. */
    public String reveal(String line) {
        if (!line.contains("\":\"~")) {
            return line;
        }
        return TOKEN.matcher(line).replaceAll(found -> Matcher.quoteReplacement(shown(found)));
    }

    private String shown(MatchResult found) {
        String field = found.group(1);
        if (found.group(2) != null) {
            return "\"" + field + "\":\"~";
        }
        Person person = behind(found.group(3));
        if (person == null) {
            return found.group();
        }
        Optional<String> value =
                found.group(4) == null
                        ? Optional.of(person.name())
                        : person.shown(field, found.group(4));
        return value.map(text -> "\"" + field + "\":" + Json.write(text)).orElse(found.group());
    }

    private synchronized @Nullable Person behind(String pseudonym) {
        return byPseudonym.get(pseudonym);
    }
}
