/**
 * Keeps what operators decided: SQLite under the home, behind {@link dev.keyhole.gateway.access.RosterStore}.
 *
 * <p>One class for each table; the SQL is plain, so that PostgreSQL can follow. It knows no rules: what may be decided
 * is {@code access}'s. The only importer of JDBC, Jdbi, Flyway and SQLite; imports {@code access}, {@code audit}, {@code
 * config}, {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.store;

import org.jspecify.annotations.NullMarked;
