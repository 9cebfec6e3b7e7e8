package dev.keyhole.gateway.control.numbers;

import dev.keyhole.wire.Code;
import java.util.Optional;

/**
 * One thing that must be well for the door to do its work, and whether it is.
 *
 * @param name a word that never changes, for scripts and labels
 * @param verdict how it is
 * @param code what kind of trouble it is; present unless all is well
 * @param text for an operator: what was seen
 */
public record Check(String name, Verdict verdict, Optional<Code> code, String text) {
    /** How a check came out. */
    public enum Verdict {
        WELL("ok"),
        /** Worth knowing; the door does its work. */
        NOTICE("notice"),
        /** Something does not work, or soon will not. */
        PROBLEM("problem");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static Check well(String name, String text) {
        return new Check(name, Verdict.WELL, Optional.empty(), text);
    }

    public static Check notice(String name, Code code, String text) {
        return new Check(name, Verdict.NOTICE, Optional.of(code), text);
    }

    public static Check problem(String name, Code code, String text) {
        return new Check(name, Verdict.PROBLEM, Optional.of(code), text);
    }
}
