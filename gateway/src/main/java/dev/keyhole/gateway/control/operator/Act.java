package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.util.List;

/**
 * A request that was understood and not yet done.
 *
 * @param subject what it is about, for the audit
 * @param principals whom it is about, so that it stands in the history of each of them
 */
public record Act(String subject, List<PrincipalName> principals, Deed deed) {
    public Act {
        principals = List.copyOf(principals);
    }

    /** What is done once it is written down. */
    public interface Deed {
        /**
         * Does it; may block as long as a workspace takes to start.
         *
         * @throws OperatorRefusal when it could not be done; the text says what holds now
         * @throws IOException when nobody listens any more to what it says for ever
         */
        Answer run(Talk talk) throws OperatorRefusal, InterruptedException, IOException;
    }

    static Act on(PrincipalName principal, Deed deed) {
        return new Act(principal.value(), List.of(principal), deed);
    }

    static Act on(String subject, Deed deed) {
        return new Act(subject, List.of(), deed);
    }
}
