package dev.keyhole.gateway.access;

/** What the key ring says to an offered key. The client learns no more than known or not. */
public sealed interface KeyAnswer permits Candidate, KeyAnswer.Unknown {
    /**
     * Not known, or not from there, or not under that login name: one answer for all of them (CVE-2018-15473).
     *
     * @param why for the log and the audit only
     */
    record Unknown(String why) implements KeyAnswer {}
}
