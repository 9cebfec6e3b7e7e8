package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/** Reads why a host opened no channel. A keyhole says it with a code of its own, which whoever asked gets to see. */
final class OpenFailure {
    private static final Pattern CODED = Pattern.compile("([A-Z][A-Z_]{2,40}): (.{1,1000})");

    private OpenFailure() {}

    static HopFailure of(SshHost host, @Nullable Throwable why) {
        boolean byPolicy =
                why instanceof SshChannelOpenException refused
                        && refused.getReasonCode()
                                == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED;
        String text = plain(why == null ? "" : String.valueOf(why.getMessage()));
        Matcher coded = CODED.matcher(text);
        Optional<Code> code = coded.matches() ? known(coded.group(1)) : Optional.empty();
        Refusal refusal =
                code.map(known -> new Refusal(known, coded.group(2), host.place() + ": " + text))
                        .orElseGet(() ->
                                Refusal.of(Code.SERVICE_NOT_READY, host.place() + ": " + text));
        return byPolicy ? HopFailure.byPolicy(refusal) : HopFailure.of(refusal);
    }

    private static Optional<Code> known(String word) {
        return Arrays.stream(Code.values()).filter(code -> code.name().equals(word)).findFirst();
    }

    /** It goes to a person's terminal and into the audit. */
    private static String plain(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
