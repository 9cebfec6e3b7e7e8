package dev.keyhole.gateway.control.numbers;

/**
 * What a receiver of syslog messages got of the audit.
 *
 * @param sent events since the door's start; some of them twice, where a connection was lost
 * @param behind events on disk of which it is not known yet that the receiver's machine has them
 */
public record SyslogUse(long sent, long behind) {}
