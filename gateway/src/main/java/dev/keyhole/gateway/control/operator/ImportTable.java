package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.config.DidYouMean;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
import dev.keyhole.wire.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a class of people from CSV: a header that names the columns, then a line for each. Every mistake is a problem with
 * its line; nothing is guessed. Used by one thread.
 */
final class ImportTable {
    static final List<String> COLUMNS =
            Stream.concat(
                            Stream.of("name", "key", "role", "shell", "expiry"),
                            LimitWords.NAMES.stream())
                    .toList();

    private static final int LONGEST_ECHO = 40;

    private final String file;
    private final KeyText keys;
    private final Moment moment;
    private final Problems problems;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    ImportTable(String file, KeyText keys, Moment moment, Problems problems) {
        this.file = Printable.of(file);
        this.keys = keys;
        this.moment = moment;
        this.problems = problems;
    }

    List<ImportRow> read(String text) {
        List<Csv.Row> rows = Csv.read(file, text, problems);
        if (rows.isEmpty()) {
            problems.value(
                    file
                            + ": it is empty; its first line names the columns, such as name,key,role");
            return List.of();
        }
        List<String> header =
                rows.getFirst().cells().stream()
                        .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                        .toList();
        checkHeader(header, rows.getFirst().line());
        List<ImportRow> read = new ArrayList<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            if (row.cells().size() != header.size()) {
                problems.value(
                        at(row.line())
                                + "it has "
                                + row.cells().size()
                                + " cells, the header "
                                + header.size());
                continue;
            }
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                cells.put(header.get(i), row.cells().get(i).strip());
            }
            row(row.line(), cells).ifPresent(read::add);
        }
        return read;
    }

    private void checkHeader(List<String> header, int line) {
        for (String column : header) {
            if (!COLUMNS.contains(column)) {
                problems.value(
                        at(line)
                                + "there is no column '"
                                + shown(column)
                                + "'"
                                + DidYouMean.nearest(shown(column), COLUMNS)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; there are " + String.join(", ", COLUMNS)));
            }
        }
        if (!header.contains("name")) {
            problems.value(at(line) + "the header lacks the column name");
        }
        if (header.stream().distinct().count() < header.size()) {
            problems.value(at(line) + "a column comes twice");
        }
    }

    private Optional<ImportRow> row(int line, Map<String, String> cells) {
        Optional<PrincipalName> name = name(line, cells.getOrDefault("name", ""));
        String where = file + ":" + line;
        Optional<Role> role =
                said(cells, "role")
                        .map(text -> problems.value(where, () -> PrincipalWords.role(shown(text))));
        Optional<Boolean> shell =
                said(cells, "shell").map(text -> problems.value(where, () -> yes(text)));
        Optional<Instant> expiry =
                said(cells, "expiry")
                        .map(text -> problems.value(where, () -> moment.fixed(shown(text))));
        Map<String, String> limits = new LinkedHashMap<>();
        for (String limit : LimitWords.NAMES) {
            said(cells, limit)
                    .map(text ->
                            problems.value(where, () -> LimitWords.checked(limit, shown(text))))
                    .ifPresent(text -> limits.put(limit, text));
        }
        List<KeyText.Given> given = new ArrayList<>();
        for (String one : cells.getOrDefault("key", "").lines().toList()) {
            keys.one(where, one, KeyText.Additions.NONE, problems).ifPresent(given::add);
        }
        return name.map(known -> new ImportRow(where, known, role, shell, expiry, limits, given));
    }

    private Optional<PrincipalName> name(int line, String text) {
        Integer before = lineOfName.putIfAbsent(text, line);
        if (before != null) {
            problems.value(
                    at(line) + "'" + shown(text) + "' stands on line " + before + " already");
            return Optional.empty();
        }
        try {
            return Optional.of(new PrincipalName(text));
        } catch (IllegalArgumentException e) {
            problems.value(at(line) + "'" + shown(text) + "' is no name. " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> said(Map<String, String> cells, String column) {
        return Optional.ofNullable(cells.get(column)).filter(text -> !text.isEmpty());
    }

    private static boolean yes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "shell='" + shown(text) + "' is neither yes nor no");
        };
    }

    private String at(int line) {
        return file + ":" + line + ": ";
    }

    private static String shown(String text) {
        String plain = Printable.of(text);
        return plain.length() <= LONGEST_ECHO ? plain : plain.substring(0, LONGEST_ECHO) + "...";
    }
}
