package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.Resources;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the door may ask, and how it is written on the wire. */
sealed interface Request {
    /** Longest request line in bytes, without its end. */
    int LONGEST = 256;

    record Prepare(PrincipalName owner) implements Request {}

    record Retire(PrincipalName owner) implements Request {}

    record Start(PrincipalName owner, ServiceName service) implements Request {}

    record Running(PrincipalName owner) implements Request {}

    record Stop(PrincipalName owner, ServiceName service) implements Request {}

    record Await(PrincipalName owner, ServiceName service, long pid, long startTime)
            implements Request {}

    /** Frames follow; see {@link ExecSession}. */
    record Exec(PrincipalName owner) implements Request {}

    /** Ends what runs besides the services. */
    record EndCommands(PrincipalName owner) implements Request {}

    record Log(PrincipalName owner, ServiceName service, int lines) implements Request {}

    record Limits(PrincipalName owner, Resources resources) implements Request {}

    record Isolation(PrincipalName owner) implements Request {}

    record Kills(PrincipalName owner) implements Request {}

    /** What a start does now. */
    record Step(PrincipalName owner) implements Request {}

    record Connect(PrincipalName owner, int port) implements Request {}

    /** Root's only. */
    record MapUser(PrincipalName owner, String account) implements Request {}

    /** Root's only. */
    record UnmapUser(PrincipalName owner) implements Request {}

    /** The kernel drops new connections of that source for so many seconds. */
    record Drop(SourceGroup source, long seconds) implements Request {}

    record Lift(SourceGroup source) implements Request {}

    record LiftAll() implements Request {}

    /** Whether there is a table at all. */
    record RequireTable() implements Request {}

    Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");
    int MOST_LINES = 1_000;

    /** Empty for everything that is not exactly a request. */
    static Optional<Request> parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            return Optional.ofNullable(
                    switch (words[0] + " " + words.length) {
                        case "prepare 2" -> new Prepare(owner(words));
                        case "retire 2" -> new Retire(owner(words));
                        case "start 3" -> new Start(owner(words), service(words));
                        case "running 2" -> new Running(owner(words));
                        case "stop 3" -> new Stop(owner(words), service(words));
                        case "await 5" ->
                                new Await(
                                        owner(words),
                                        service(words),
                                        number(words[3]),
                                        number(words[4]));
                        case "exec 2" -> new Exec(owner(words));
                        case "end-commands 2" -> new EndCommands(owner(words));
                        case "log 4" ->
                                new Log(
                                        owner(words),
                                        service(words),
                                        (int) Math.min(number(words[3]), MOST_LINES));
                        case "limits 6" -> new Limits(owner(words), LimitWords.parse(words));
                        case "isolation 2" -> new Isolation(owner(words));
                        case "kills 2" -> new Kills(owner(words));
                        case "step 2" -> new Step(owner(words));
                        case "connect 3" -> new Connect(owner(words), port(words[2]));
                        case "map 3" -> new MapUser(owner(words), account(words[2]));
                        case "unmap 2" -> new UnmapUser(owner(words));
                        case "drop 3" -> new Drop(source(words[1]), seconds(words[2]));
                        case "lift 2" -> new Lift(source(words[1]));
                        case "lift-all 1" -> new LiftAll();
                        case "require-table 1" -> new RequireTable();
                        default -> null;
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As {@link #parse} reads it, without the line's end. */
    default String line() {
        return switch (this) {
            case Prepare(var owner) -> "prepare " + owner;
            case Retire(var owner) -> "retire " + owner;
            case Start(var owner, var service) -> "start " + owner + " " + service;
            case Running(var owner) -> "running " + owner;
            case Stop(var owner, var service) -> "stop " + owner + " " + service;
            case Await(var owner, var service, long pid, long start) ->
                    "await " + owner + " " + service + " " + pid + " " + start;
            case Exec(var owner) -> "exec " + owner;
            case EndCommands(var owner) -> "end-commands " + owner;
            case Log(var owner, var service, int lines) ->
                    "log " + owner + " " + service + " " + lines;
            case Limits(var owner, var resources) ->
                    "limits " + owner + " " + LimitWords.of(resources);
            case Isolation(var owner) -> "isolation " + owner;
            case Kills(var owner) -> "kills " + owner;
            case Step(var owner) -> "step " + owner;
            case Connect(var owner, int port) -> "connect " + owner + " " + port;
            case MapUser(var owner, var account) -> "map " + owner + " " + account;
            case UnmapUser(var owner) -> "unmap " + owner;
            case Drop(var source, long seconds) -> "drop " + source + " " + seconds;
            case Lift(var source) -> "lift " + source;
            case LiftAll() -> "lift-all";
            case RequireTable() -> "require-table";
        };
    }

    private static PrincipalName owner(String[] words) {
        return new PrincipalName(words[1]);
    }

    private static ServiceName service(String[] words) {
        return new ServiceName(words[2]);
    }

    private static int port(String word) {
        long port = number(word);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port");
        }
        return (int) port;
    }

    /** Exactly as we write one: what goes into a packet rule has one spelling. */
    private static SourceGroup source(String word) {
        SourceGroup source = SourceGroup.parse(word);
        if (!source.toString().equals(word)) {
            throw new IllegalArgumentException("not a source");
        }
        return source;
    }

    private static long seconds(String word) {
        long seconds = number(word);
        if (seconds < 1 || seconds > KernelTable.LONGEST.toSeconds()) {
            throw new IllegalArgumentException("not a time");
        }
        return seconds;
    }

    private static String account(String word) {
        if (!ACCOUNT.matcher(word).matches()) {
            throw new IllegalArgumentException("not an account");
        }
        return word;
    }

    private static long number(String word) {
        if (!NUMBER.matcher(word).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Long.parseLong(word);
    }
}
