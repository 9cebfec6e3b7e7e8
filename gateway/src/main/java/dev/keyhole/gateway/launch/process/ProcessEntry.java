package dev.keyhole.gateway.launch.process;

/**
 * One process as {@code /proc} shows it.
 *
 * @param state the letter of proc(5); Z and X are dead already
 * @param session pid of the leader of its process session
 * @param startTime clock ticks since boot; with the pid it names one process for ever
 * @param uid its real user
 */
record ProcessEntry(long pid, char state, long parent, long session, long startTime, long uid) {
    boolean isAlive() {
        return state != 'Z' && state != 'X';
    }
}
