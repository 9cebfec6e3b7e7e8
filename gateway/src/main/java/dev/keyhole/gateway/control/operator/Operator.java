package dev.keyhole.gateway.control.operator;

/**
 * Who operates the door, as the kernel told it about the other end of the control socket (SO_PEERCRED, unix(7)).
 *
 * @param uid of its OS user: root's or the door's own
 * @param login the name of that user, or its number where it has none
 */
public record Operator(long uid, String login) {}
