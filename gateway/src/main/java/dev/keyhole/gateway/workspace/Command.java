package dev.keyhole.gateway.workspace;

import java.util.Optional;

/**
 * What a principal wants to run in its workspace.
 *
 * @param terminal what it runs on; absent means plain pipes
 */
public record Command(
        Program program, CommandEnvironment environment, Optional<Terminal> terminal) {
    /** The program: one of three kinds, so that nobody between the client and the workspace can name another one. */
    public sealed interface Program {
        /** One word for the audit. */
        default String word() {
            return switch (this) {
                case Shell shell -> "shell";
                case Line line -> "exec";
                case Sftp sftp -> "sftp";
            };
        }

        /** What a person typed; empty where it is always the same. */
        default String text() {
            return switch (this) {
                case Shell shell -> "";
                case Line(String text) -> text;
                case Sftp sftp -> "";
            };
        }
    }

    /** The login shell of the OS user. */
    public record Shell() implements Program {}

    /**
     * A line that the OS user's shell reads, as with {@code sh -c}.
     *
     * @param text at most {@value #LONGEST} letters, without NUL
     */
    public record Line(String text) implements Program {
        /** What the kernel takes as one argument is 128 KiB, and a letter is up to three bytes. */
        public static final int LONGEST = 32 * 1024;

        public Line {
            if (!isValid(text)) {
                throw new IllegalArgumentException("a command line that is too long, or holds NUL");
            }
        }

        public static boolean isValid(String text) {
            return text.length() <= LONGEST && text.indexOf('\0') < 0;
        }
    }

    /** The system's server for file transfers. */
    public record Sftp() implements Program {}
}
