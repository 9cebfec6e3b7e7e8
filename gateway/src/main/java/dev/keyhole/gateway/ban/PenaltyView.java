package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Instant;

/**
 * A penalty that is enforced, as people see it.
 *
 * @param counts the offences that led to it
 */
public record PenaltyView(SourceGroup source, Incident incident, Instant until, String counts) {}
