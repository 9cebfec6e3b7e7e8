/**
 * The privileged side and its protocol: what the door, which is not root, may ask of the process that is.
 *
 * <p>One connection to a unix socket for each request. A request is one line of words separated by one space. A name is any
 * that a principal may have; a service is one that this broker was started with. The door has no verb that takes a path, a
 * program of the machine, a user or an option; the two that name an account are root's.
 *
 * <pre>
 * prepare NAME                    makes its OS user, home, notebook  answer: nothing, after minutes at worst
 * retire NAME                     ends all of it, puts files aside   answer: nothing
 * limits NAME MEM CPUS PIDS GPUS  what it may use; - is the config's answer: nothing
 * isolation NAME                  the walls around it                answer: "part" lines
 * kills NAME                      how often its memory was used up   answer: a "line" with a number
 * connect NAME PORT               to a port of its own loopback      answer: see below
 * map NAME ACCOUNT                root's: it runs as that account    answer: nothing
 * unmap NAME                      root's: it runs as its own again   answer: nothing
 * start NAME SERVICE              starts it                          answer: one "service" line
 * running NAME                    what runs                          answer: "service" lines
 * stop NAME SERVICE               ends it with all its processes     answer: nothing
 * await NAME SERVICE PID START    waits until that process has ended answer: nothing, later
 * log NAME SERVICE LINES          its last lines                     answer: "line" lines
 * exec NAME                       runs a command; frames follow
 * end-commands NAME               ends them and what they left       answer: nothing
 * require-table                   whether there is such a table      answer: nothing
 * drop SOURCE SECONDS             the kernel drops its connections   answer: nothing
 * lift SOURCE                     it does so no more                 answer: nothing
 * lift-all                        none of anybody's                  answer: nothing
 * </pre>
 *
 * <p>An answer is any number of lines and one last one, {@code done} or {@code failed TEXT}. The lines are {@code service
 * SERVICE PID START USER SOCKET}, {@code part WORD yes}, {@code part WORD no WHY} and {@code line TEXT}; the last field
 * goes to the end of the line. Lines are UTF-8 and bounded in both directions. To anything else the broker answers nothing
 * and closes the connection.
 *
 * <p>A source is {@code 192.0.2.7/32} or {@code 2001:db8:0:0:0:0:0:0/64}, in that spelling; seconds are at most a week. Only
 * new connections to the door's own port are dropped; the door has no verb for another port, another rule or a larger
 * range.
 *
 * <p>{@code connect} is answered by {@code connected}, and from then on the connection carries the listener's bytes; by
 * {@code done} when nobody of the principal's listens there, or somebody else does; or by {@code failed TEXT}.
 *
 * <p>After {@code exec} both sides send frames: a letter, a length of four bytes, a body of at most 112 KiB.
 *
 * <pre>
 * door    C  what to run: shell, a line for the shell, or sftp; variables; terminal. The first and only once
 *         I  bytes for its input      Z  no more of them
 *         W  size of the window       S  name of a signal
 *         T  so many bytes of its output were taken
 * broker  R  it runs                  F  it does not, and why; the last
 *         O  bytes of its output      E  of its errors
 *         T  so many bytes of its input were taken
 *         X  its exit status          K  the signal that ended it; the last
 * </pre>
 *
 * <p>A side sends at most 256 KiB of bytes that the other has not taken, so that neither ever stops listening. There is no
 * place in a frame for a program's path or a user; the variables are those of {@link
 * dev.keyhole.gateway.workspace.CommandEnvironment}, checked on both sides. When the door's end goes, or breaks these
 * rules, the command is hung up.
 *
 * <p>Only the door's OS user is heard, and root, by SO_PEERCRED. Imports {@code workspace}, {@code ban}, {@code model} and {@code
 * dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.broker;

import org.jspecify.annotations.NullMarked;
