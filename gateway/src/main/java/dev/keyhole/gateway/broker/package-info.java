/**
 * The privileged side and its protocol: what the door, which is not root, may ask of the process that is.
 *
 * <p>One connection to a unix socket for each request. A request is one line of words separated by one space; names must
 * be ones that this broker was started with. There is no verb that takes a path, a program, a user or an option.
 *
 * <pre>
 * start NAME SERVICE              starts it                          answer: one "service" line
 * running NAME                    what runs                          answer: "service" lines
 * stop NAME SERVICE               ends it with all its processes     answer: nothing
 * await NAME SERVICE PID START    waits until that process has ended answer: nothing, later
 * log NAME SERVICE LINES          its last lines                     answer: "line" lines
 * exec NAME                       runs a command; frames follow
 * end-commands NAME               ends them and what they left       answer: nothing
 * </pre>
 *
 * <p>An answer is any number of lines and one last one, {@code done} or {@code failed TEXT}. The lines are {@code service
 * SERVICE PID START USER SOCKET} and {@code line TEXT}; the last field goes to the end of the line. Lines are UTF-8 and
 * bounded in both directions. To anything else the broker answers nothing and closes the connection.
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
 * <p>Only the door's OS user is heard, by SO_PEERCRED. Imports {@code workspace}, {@code model} and {@code
 * dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.broker;

import org.jspecify.annotations.NullMarked;
