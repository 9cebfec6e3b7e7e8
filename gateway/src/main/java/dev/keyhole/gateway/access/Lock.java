package dev.keyhole.gateway.access;

import java.time.Instant;

/**
 * Why a principal may not come in for now.
 *
 * @param reason the operator's words; the locked person reads them
 * @param since when it was locked
 */
public record Lock(String reason, Instant since) {}
