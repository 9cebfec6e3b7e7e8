package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;

/** Why something ended: an exit status, what happened, and what the person can do about it. */
public record Ending(ExitStatus status, String text, String nextMove) {
    /** Whether trying again by itself may help; a refusal, a changed host key or a taken port needs a person. */
    boolean mayPass() {
        return switch (status) {
            case FAILED, UNREACHABLE -> true;
            case DONE, USAGE, REFUSED, HOST_KEY_CHANGED, PORT_TAKEN, PROBLEMS_FOUND -> false;
        };
    }
}
