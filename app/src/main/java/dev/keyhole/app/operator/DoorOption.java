package dev.keyhole.app.operator;

import dev.keyhole.app.Whereabouts;
import dev.keyhole.gateway.boot.CannotStart;
import dev.keyhole.gateway.boot.ControlPlace;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.operator.ControlClient;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every operator verb, and the way to the door that they name. */
@SuppressWarnings(
        "UnusedVariable") // two are read through the parser, which also sees them before the verb
final class DoorOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The home of the door. Default: that of `keyhole up`.")
    private @Nullable Path directory;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config of the door, in place of --home.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec mixee;

    CommandSpec verb() {
        return Objects.requireNonNull(mixee);
    }

    HomeLayout home() throws CannotStart {
        return Whereabouts.of(verb());
    }

    /** Asks the door and prints its answer. */
    int ask(Request request) throws CannotStart {
        PrintWriter out = verb().commandLine().getOut();
        PrintWriter err = verb().commandLine().getErr();
        ControlClient.Reply reply = reply(request, new Spoken(out, err, json));
        // A check that found problems did what it was asked to.
        boolean done =
                reply.status() == ExitStatus.DONE || reply.status() == ExitStatus.PROBLEMS_FOUND;
        if (json) {
            out.println(reply.document());
        } else if (done) {
            out.print(reply.text());
        }
        if (!done) {
            err.print("keyhole: " + reply.text());
        }
        out.flush();
        err.flush();
        return reply.status().number();
    }

    /** Asks for lines, which go out as they are; what else is said goes to standard error. */
    int stream(Request request, PrintWriter lines) throws CannotStart {
        PrintWriter err = verb().commandLine().getErr();
        ControlClient.Reply reply =
                reply(
                        request,
                        new ControlClient.Listener() {
                            @Override
                            public void progress(String text) {
                                err.println(Printable.of(text));
                            }

                            @Override
                            public void line(String text) {
                                lines.println(text);
                            }
                        });
        lines.flush();
        err.print((reply.status() == ExitStatus.DONE ? "" : "keyhole: ") + reply.text());
        err.flush();
        return reply.status().number();
    }

    /** Whether the door knows a principal of that name. */
    boolean knows(String principal) throws CannotStart {
        StringWriter unseen = new StringWriter();
        PrintWriter nowhere = new PrintWriter(unseen);
        return reply(
                                new Request("principal show").with("name", principal),
                                new Spoken(nowhere, nowhere, false))
                        .status()
                == ExitStatus.DONE;
    }

    private ControlClient.Reply reply(Request request, ControlClient.Listener listener)
            throws CannotStart {
        HomeLayout layout = home();
        try {
            Path socket = ControlPlace.socket(layout).orElseThrow(() -> noDoor(layout));
            return new ControlClient(socket).ask(request.members(), listener);
        } catch (AccessDeniedException e) {
            throw notOurs();
        } catch (ConnectException e) {
            throw noDoor(layout);
        } catch (SocketException e) {
            throw String.valueOf(e.getMessage()).contains("ermission") ? notOurs() : noDoor(layout);
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.UNREACHABLE,
                    "The door of "
                            + layout.home()
                            + " did not answer: "
                            + e.getMessage()
                            + ". Look at what holds now before you try again.",
                    e);
        }
    }

    private static CannotStart noDoor(HomeLayout layout) {
        return new CannotStart(
                ExitStatus.UNREACHABLE,
                "No door is open on "
                        + layout.home()
                        + ". Start it with `keyhole up --home "
                        + layout.home()
                        + "`, or name the right one with --home DIR or --config FILE.");
    }

    private static CannotStart notOurs() {
        return new CannotStart(
                ExitStatus.REFUSED,
                Code.OPERATOR_ONLY
                        + ": "
                        + Code.OPERATOR_ONLY.meaning()
                        + " "
                        + Code.OPERATOR_ONLY.nextMove());
    }
}
