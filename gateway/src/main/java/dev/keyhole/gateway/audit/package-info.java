/**
 * What happened, for people who answer questions later: one JSON object a line, on disk before the effect that it
 * allows. Nothing here is a log line for operators, and no log line is an audit event.
 *
 * <p>Imports only {@code model} and {@code dev.keyhole.wire}.
 */
@NullMarked
package dev.keyhole.gateway.audit;

import org.jspecify.annotations.NullMarked;
