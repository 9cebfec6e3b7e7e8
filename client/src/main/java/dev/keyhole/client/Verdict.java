package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the way in which {@code ssh} ended into an exit status, a text and the next move. */
final class Verdict {
    private final Route route;
    private final HostKeyRule rule;

    Verdict(Route route, HostKeyRule rule) {
        this.route = route;
        this.rule = rule;
    }

    Ending of(Conversation conversation) {
        return switch (conversation.lastWord().orElse(new SshSays.Detail())) {
            case SshSays.HostKeyChanged _ -> changed(conversation, knownKey(conversation));
            case SshSays.HostKeyUnknown _ -> unknown(conversation);
            case SshSays.HostKeyRefused _ ->
                    new Ending(
                            ExitStatus.REFUSED,
                            "The host key was not accepted, so nothing was sent.",
                            "Compare "
                                    + conversation.hostKey().orElse("the fingerprint")
                                    + " with the one that `keyhole up` prints on the machine.");
            case SshSays.LoginRefused(String text) -> refused(conversation, text);
            case SshSays.PortTaken(int port) -> LocalPorts.taken(port).ending();
            case SshSays.Unreachable(String text) -> unreachable(text);
            case SshSays.Disconnected(String text) -> ForwardRefusal.disconnected(text);
            case SshSays.Detail _,
                    SshSays.HostKeyOffered _,
                    SshSays.OffendingKey _,
                    SshSays.KeyOffered _,
                    SshSays.LoggedIn _,
                    SshSays.Listening _,
                    SshSays.ForwardAsked _,
                    SshSays.ChannelOpening _,
                    SshSays.ChannelRefused _,
                    SshSays.News _,
                    SshSays.Remark _ ->
                    withoutReason(conversation);
        };
    }

    private Ending changed(Conversation conversation, String known) {
        return new Ending(
                ExitStatus.HOST_KEY_CHANGED,
                "The host key of "
                        + route.knownAs()
                        + " is not the one that is known. No key was offered.\n  known   "
                        + known
                        + "\n  offered "
                        + conversation.hostKey().orElse("(not shown)"),
                "Ask the operator for the door's fingerprint. Only if it is the offered one, forget the known one:"
                        + " ssh-keygen -R '"
                        + route.knownAs()
                        + "'");
    }

    private Ending unknown(Conversation conversation) {
        if (rule instanceof HostKeyRule.Known(List<String> fingerprints)
                && !fingerprints.isEmpty()) {
            return changed(conversation, String.join(", ", fingerprints));
        }
        String offered = conversation.hostKey().orElse("SHA256:…");
        return new Ending(
                ExitStatus.REFUSED,
                "The host key of "
                        + route.knownAs()
                        + " is not known here, and there is no terminal to ask on."
                        + "\n  offered "
                        + offered,
                "If `keyhole up` printed that fingerprint on the machine, add --accept-host-key "
                        + offered);
    }

    private Ending refused(Conversation conversation, String text) {
        String offered =
                conversation
                        .lastKeyOffered()
                        .map(key -> " The last key offered was " + key + ".")
                        .orElse(
                                " No key was offered: the agent is empty and there is no usable key file.");
        return new Ending(
                ExitStatus.REFUSED,
                "The login as " + route.target() + " was refused: " + text + "." + offered,
                "Give the operator your public key, name the right one with -i KEY, or add it with ssh-add.");
    }

    private Ending unreachable(String text) {
        return new Ending(
                ExitStatus.UNREACHABLE,
                "The door does not answer: " + text.strip().replaceFirst("\\.+$", "") + ".",
                "Check host and port (a door listens on "
                        + Route.DOOR_PORT
                        + " unless told otherwise) and that the provider's firewall lets the port in.");
    }

    private static Ending withoutReason(Conversation conversation) {
        if (conversation.isLoggedIn()) {
            return new Ending(ExitStatus.UNREACHABLE, "The connection was lost.", "Try again.");
        }
        return new Ending(
                ExitStatus.FAILED,
                "ssh ended before the login"
                        + conversation.lastRemark().map(remark -> ": " + remark).orElse("."),
                "Run the same login by hand with `ssh -v` to see more.");
    }

    private static String knownKey(Conversation conversation) {
        return conversation
                .offendingKey()
                .flatMap(place ->
                        lineOf(Path.of(place.file()), place.line()).flatMap(Fingerprint::ofLine))
                .orElse("(in known_hosts)");
    }

    private static Optional<String> lineOf(Path file, int number) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(Math.max(0, number - 1L)).findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
