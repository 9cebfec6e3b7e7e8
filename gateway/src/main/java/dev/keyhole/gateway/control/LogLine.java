package dev.keyhole.gateway.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One audit event as a person reads it: when, what, and the few fields that matter to its owner. */
final class LogLine {
    /** Our own lines, flat and written by one class; a value holds no unescaped quote. */
    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"]+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))");

    private final Map<String, String> fields = new LinkedHashMap<>();

    private LogLine(String json) {
        Matcher member = MEMBER.matcher(json);
        while (member.find()) {
            fields.put(
                    String.valueOf(member.group(1)),
                    Optional.ofNullable(member.group(2)).orElse(String.valueOf(member.group(3))));
        }
    }

    static String of(String json) {
        return new LogLine(json).text();
    }

    private String text() {
        StringJoiner text = new StringJoiner("  ");
        text.add(field("@timestamp").orElse("?"));
        text.add(String.format("%-17s", field("event.action").orElse("?")));
        field("keyhole.session").ifPresent(text::add);
        field("source.ip").ifPresent(address -> text.add("from " + address));
        field("service.name").ifPresent(text::add);
        field("keyhole.operator.login")
                .ifPresent(login -> text.add("by the operator " + login + ":"));
        field("keyhole.verb").ifPresent(verb -> text.add("keyhole " + verb));
        field("keyhole.subject").ifPresent(text::add);
        field("keyhole.request").ifPresent(text::add);
        field("keyhole.command.kind").ifPresent(text::add);
        field("process.command_line").filter(line -> !line.isEmpty()).ifPresent(text::add);
        if (field("service.name").isEmpty()) {
            field("destination.address")
                    .ifPresent(host ->
                            text.add("to " + host + ":" + field("destination.port").orElse("?")));
        }
        field("source.bytes")
                .ifPresent(in ->
                        text.add(
                                in
                                        + " bytes in, "
                                        + field("destination.bytes").orElse("0")
                                        + " out"));
        field("keyhole.until").ifPresent(until -> text.add("until " + until));
        field("event.reason").ifPresent(text::add);
        field("message").ifPresent(why -> text.add("(" + why + ")"));
        return text.toString();
    }

    private Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
