/**
 * The door as a client: sessions with other SSH servers, through which it reaches what lies behind them. {@link
 * dev.keyhole.gateway.ssh.hop.SshHops} is all that others see.
 *
 * <p>A session comes about in these files, in reading order: {@link dev.keyhole.gateway.ssh.hop.SshHops} finds the {@code
 * KeptSession} of a host; {@code Login} connects and logs in, over {@code HopRoad}, as a {@code HopSession} that knows the
 * one host key; {@code FarChannel} is one forward or one command in it.
 *
 * <p>Threads: MINA's workers are virtual threads and never wait; whoever uses a stream or a command waits on its own
 * thread (see docs/concurrency.md). Imports {@code ssh}, {@code workspace} and {@code model}.
 */
@NullMarked
package dev.keyhole.gateway.ssh.hop;

import org.jspecify.annotations.NullMarked;
