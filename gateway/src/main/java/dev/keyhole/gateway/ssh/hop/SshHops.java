package dev.keyhole.gateway.ssh.hop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.ssh.Timers;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.OpenFuture;

/** The hops of one door, over MINA's client. It starts with the first use. Thread-safe. */
public final class SshHops implements Hops, Closeable {
    /** For the host's answer to one wish. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SshClient client;
    private final Timers timers = new Timers();
    private final Login login;
    private final ConcurrentHashMap<SshHost, KeptSession> sessions = new ConcurrentHashMap<>();

    public SshHops() {
        this(HopClient.KEEPALIVE);
    }

    SshHops(Duration keepalive) {
        client = HopClient.make(keepalive);
        login = new Login(client, timers);
    }

    @Override
    public ByteStream connect(SshHost host, String destination, int port)
            throws HopFailure, InterruptedException {
        return new FarStream(open(host, FarChannel.forward(destination, port)));
    }

    @Override
    public RunningCommand exec(SshHost host, Command command)
            throws HopFailure, InterruptedException {
        FarChannel channel = open(host, FarChannel.session());
        boolean runs = false;
        try {
            for (CompletableFuture<Boolean> answer : FarCommand.ask(channel, command)) {
                if (!Wait.value(answer, PATIENCE)) {
                    throw HopFailure.byPolicy(
                            Refusal.of(
                                    Code.SESSION_REQUEST_REFUSED,
                                    host.place() + " runs no " + command.program().word()));
                }
            }
            runs = true;
            return FarCommand.of(channel, command);
        } catch (IOException | TimeoutException e) {
            throw notReady(host, "it does not answer to a command");
        } finally {
            if (!runs) {
                channel.letGo();
            }
        }
    }

    @Override
    public String ask(SshHost host, String line) throws HopFailure, InterruptedException {
        Command command =
                new Command(new Command.Line(line), CommandEnvironment.NONE, Optional.empty());
        try (RunningCommand running = exec(host, command)) {
            Runnable callOff = timers.after(PATIENCE, running::close);
            try {
                return new String(new Answer(running).text(), UTF_8);
            } catch (IOException e) {
                String why = host.place() + ": " + line + ": " + e.getMessage();
                throw HopFailure.of(Refusal.of(Code.COMMAND_FAILED, why));
            } finally {
                callOff.run();
            }
        }
    }

    private FarChannel open(SshHost host, FarChannel channel)
            throws HopFailure, InterruptedException {
        HopSession session = kept(host).session();
        try {
            session.register(channel);
            OpenFuture opening = channel.open();
            try {
                Wait.done(opening, PATIENCE);
            } catch (TimeoutException | InterruptedException e) {
                opening.cancel(); // an answer that still comes closes it again
                throw e;
            }
            if (opening.isOpened()) {
                return channel;
            }
            throw OpenFailure.of(host, opening.getException());
        } catch (TimeoutException e) {
            throw notReady(host, "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (IOException | RuntimeException e) {
            throw notReady(host, String.valueOf(e.getMessage()));
        }
    }

    private static HopFailure notReady(SshHost host, String why) {
        return HopFailure.of(Refusal.of(Code.SERVICE_NOT_READY, host.place() + ": " + why));
    }

    private KeptSession kept(SshHost host) {
        startOnce();
        return sessions.computeIfAbsent(host, one -> new KeptSession(one, login::step));
    }

    private synchronized void startOnce() {
        client.start(); // does nothing the second time
    }

    @Override
    public void close(SshHost host) {
        KeptSession session = sessions.remove(host);
        if (session != null) {
            session.close();
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        sessions.keySet().forEach(this::close);
        client.stop();
        timers.close();
    }
}
