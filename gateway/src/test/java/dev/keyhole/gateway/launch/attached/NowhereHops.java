package dev.keyhole.gateway.launch.attached;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;

/** Reaches nothing. */
final class NowhereHops implements Hops {
    @Override
    public ByteStream connect(SshHost host, String destination, int port) throws HopFailure {
        throw unreachable();
    }

    @Override
    public RunningCommand exec(SshHost host, Command command) throws HopFailure {
        throw unreachable();
    }

    @Override
    public String ask(SshHost host, String line) throws HopFailure {
        throw unreachable();
    }

    @Override
    public void close(SshHost host) {}

    private static HopFailure unreachable() {
        return HopFailure.of(Refusal.of(Code.HOST_UNREACHABLE, "nowhere"));
    }
}
