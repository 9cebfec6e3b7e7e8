package dev.keyhole.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyhole print}: files for other tools; the same texts lie under deploy/. */
@Command(
        name = "print",
        mixinStandardHelpOptions = true,
        description = "Prints ready-to-use files for other tools.")
final class PrintCommand {
    static final String USUAL_HOME = "/var/lib/keyhole";
    static final String USUAL_PORT = "2222";

    @Spec private @Nullable CommandSpec spec;

    @Command(
            name = "systemd",
            mixinStandardHelpOptions = true,
            description =
                    "A unit for `keyhole serve`: keyhole print systemd > /etc/systemd/system/keyhole.service")
    void systemd() throws IOException {
        print(text("keyhole.service"));
    }

    @Command(
            name = "fail2ban",
            mixinStandardHelpOptions = true,
            description =
                    "A filter and a jail for the door's auth log; both, or one of them for a file of its own.")
    void fail2ban(
            @Option(names = "--filter", description = "Only what goes into filter.d/keyhole.conf.")
                    boolean filter,
            @Option(names = "--jail", description = "Only what goes into jail.d/keyhole.conf.")
                    boolean jail,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            defaultValue = USUAL_HOME,
                            description = "The door's home. Default: ${DEFAULT-VALUE}.")
                    Path home,
            @Option(
                            names = "--port",
                            defaultValue = USUAL_PORT,
                            description = "The door's port. Default: ${DEFAULT-VALUE}.")
                    int port)
            throws IOException {
        if (filter || !jail) {
            print(text("fail2ban-filter.conf"));
        }
        if (jail || !filter) {
            print((jail ? "" : "\n") + jail(plain(home), valid(port)));
        }
    }

    @Command(
            name = "nftables",
            mixinStandardHelpOptions = true,
            description =
                    "Packet rules that bound new connections of each source: keyhole print nftables | nft -f -")
    void nftables(
            @Option(
                            names = "--port",
                            defaultValue = USUAL_PORT,
                            description = "The door's port. Default: ${DEFAULT-VALUE}.")
                    int port)
            throws IOException {
        print(nftables(valid(port)));
    }

    static String jail(String home, String port) throws IOException {
        return text("fail2ban-jail.conf").replace("@HOME@", home).replace("@PORT@", port);
    }

    static String nftables(String port) throws IOException {
        return text("keyhole.nft").replace("@PORT@", port);
    }

    /** Both file formats would read something else in a path with such letters. */
    private String plain(Path home) {
        String path = home.toAbsolutePath().normalize().toString();
        if (!path.matches("/[A-Za-z0-9._/@+-]*")) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "fail2ban cannot be told of a path with other letters than A-Z a-z 0-9 . _ / @ + -: "
                            + path);
        }
        return path;
    }

    private String valid(int port) {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    port + " is no port; give one from 1 to 65535.");
        }
        return Integer.toString(port);
    }

    private void print(String text) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(text);
        out.flush();
    }

    static String text(String file) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(PrintCommand.class.getResourceAsStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
