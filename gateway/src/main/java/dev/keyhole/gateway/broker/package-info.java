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
 * </pre>
 *
 * <p>An answer is any number of lines and one last one, {@code done} or {@code failed TEXT}. The lines are {@code service
 * SERVICE PID START USER SOCKET} and {@code line TEXT}; the last field goes to the end of the line. Lines are UTF-8 and
 * bounded in both directions. To anything else the broker answers nothing and closes the connection.
 *
 * <p>Only the door's OS user is heard, by SO_PEERCRED. Imports {@code workspace}, {@code model} and {@code
 * dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.broker;

import org.jspecify.annotations.NullMarked;
