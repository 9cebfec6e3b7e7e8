package dev.keyhole.client;

import dev.keyhole.wire.Printable;
import dev.keyhole.wire.StartNews;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of {@code ssh -v}. Every pattern covers its line from the first letter, so that what a server puts
 * into the middle of one is not taken for a word of {@code ssh}.
 */
final class SshLine {
    private record Rule(Pattern pattern, Function<MatchResult, SshSays> meaning) {}

    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "debug1: Server host (?:key|certificate): \\S+ (SHA256:\\S+?)(?:,.*)?",
                            m -> new SshSays.HostKeyOffered(m.group(1))),
                    rule(
                            "debug1: Offering public key: (.*)",
                            m -> new SshSays.KeyOffered(Printable.of(m.group(1)))),
                    rule(
                            "debug1: Local forwarding listening on (\\S+) port (\\d+)\\.",
                            m -> new SshSays.Listening(m.group(1), number(m, 2))),
                    rule(
                            "debug1: Connection to port (\\d+) forwarding to .* requested\\.",
                            m -> new SshSays.ForwardAsked(number(m, 1))),
                    rule(
                            "debug1: channel (\\d+): new (?:\\[)?direct-tcpip.*",
                            m -> new SshSays.ChannelOpening(number(m, 1))),
                    rule(
                            "debug1: Remote: " + Pattern.quote(StartNews.PREFIX) + "(.{1,200})",
                            m -> new SshSays.News(Printable.of(m.group(1)))),
                    rule("debug[123]: .*", m -> new SshSays.Detail()),
                    rule(
                            "(?:Authenticated to .* using \".*\"\\.|Authenticated to .*\\(via proxy\\).*)",
                            m -> new SshSays.LoggedIn()),
                    rule(
                            "channel (\\d+): open failed: ([a-z ]+): (.*)",
                            m ->
                                    new SshSays.ChannelRefused(
                                            number(m, 1),
                                            ForwardRefusal.of(
                                                    m.group(2), Printable.of(m.group(3))))),
                    rule(
                            "No \\S+ host key is known for .* and you have requested strict checking\\.",
                            m -> new SshSays.HostKeyUnknown()),
                    rule(
                            "@ +WARNING: (?:REMOTE HOST IDENTIFICATION HAS CHANGED!|REVOKED HOST KEY DETECTED!) +@",
                            m -> new SshSays.HostKeyChanged()),
                    rule(
                            "Host key for .* (?:has changed|was revoked) and you have requested strict checking\\.",
                            m -> new SshSays.HostKeyChanged()),
                    rule(
                            "(SHA256:[A-Za-z0-9+/]{43})\\.",
                            m -> new SshSays.HostKeyOffered(m.group(1))),
                    rule(
                            "Offending \\S* ?key in (.+):(\\d+)",
                            m -> new SshSays.OffendingKey(m.group(1), number(m, 2))),
                    rule("Host key verification failed\\.", m -> new SshSays.HostKeyRefused()),
                    rule(
                            "(?:\\S+: )?(Permission denied \\(.*\\))\\.",
                            m -> new SshSays.LoginRefused(Printable.of(m.group(1)))),
                    rule("bind \\[.*\\]:(\\d+): .*", m -> new SshSays.PortTaken(number(m, 1))),
                    rule(
                            "channel_setup_fwd_listener_tcpip: cannot listen to port: (\\d+)",
                            m -> new SshSays.PortTaken(number(m, 1))),
                    rule("Could not request local forwarding\\.", m -> new SshSays.Detail()),
                    rule(
                            "ssh: (connect to host .*|Could not resolve hostname .*)",
                            m -> new SshSays.Unreachable(Printable.of(m.group(1)))),
                    rule(
                            "(?:kex_exchange_identification|ssh_exchange_identification|banner exchange|Connection (?:closed|reset"
                                    + "|timed out|to)|Timeout, server|client_loop: send disconnect|Unable to negotiate"
                                    + "|ssh_dispatch_run_fatal|Read from remote host).*",
                            m -> new SshSays.Unreachable(Printable.of(m.group()))),
                    rule(
                            "Received disconnect from .*? port \\d+:\\s*\\d+: (.*)",
                            m -> new SshSays.Disconnected(Printable.of(m.group(1).strip()))),
                    rule(
                            "@+|Disconnected from .*|Transferred: sent .*|Bytes per second: .*|OpenSSH_.*|Killed by signal .*"
                                    + "|Warning: Permanently added .*|Warning: remote port forwarding .*|\\s*",
                            m -> new SshSays.Detail()));

    private SshLine() {}

    static SshSays read(String line) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(line);
            if (matcher.matches()) {
                return rule.meaning.apply(matcher.toMatchResult());
            }
        }
        return new SshSays.Remark(Printable.of(line));
    }

    private static Rule rule(String pattern, Function<MatchResult, SshSays> meaning) {
        return new Rule(Pattern.compile(pattern), meaning);
    }

    private static int number(MatchResult match, int group) {
        String digits = match.group(group);
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
