package dev.keyhole.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The argument list that {@code ssh} is started with.
 *
 * <p>What a configuration file might switch on and a tunnel must not have (agent and X11 forwarding, shared connections,
 * local commands) is switched off by name, because the command line wins over the file.
 */
record SshCommand(
        Route route,
        List<Forward> forwards,
        HostKeyRule rule,
        Optional<Path> key,
        boolean unattended,
        boolean ipv6) {
    private static final List<String> ALWAYS =
            List.of(
                    "ExitOnForwardFailure=yes",
                    "ForwardAgent=no",
                    "ForwardX11=no",
                    "Tunnel=no",
                    "PermitLocalCommand=no",
                    "RemoteCommand=none",
                    "ControlMaster=no",
                    "ControlPath=none",
                    "GatewayPorts=no",
                    "PreferredAuthentications=publickey",
                    "VisualHostKey=no",
                    "ConnectTimeout=10",
                    "ConnectionAttempts=1",
                    "ServerAliveInterval=5",
                    "ServerAliveCountMax=2");

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("ssh", "-v", "-n", "-N", "-T"));
        ALWAYS.forEach(option -> add(arguments, "-o", option));
        hostKeyOptions().forEach(option -> add(arguments, "-o", option));
        if (unattended) {
            add(arguments, "-o", "BatchMode=yes");
        }
        key.ifPresent(file -> {
            add(arguments, "-i", file.toAbsolutePath().toString());
            add(arguments, "-o", "IdentitiesOnly=yes");
        });
        for (Forward forward : forwards) {
            String target =
                    forward.local()
                            + ":"
                            + forward.service().host()
                            + ":"
                            + forward.service().port();
            add(arguments, "-L", "127.0.0.1:" + target);
            if (ipv6) {
                add(arguments, "-L", "[::1]:" + target);
            }
        }
        route.port().ifPresent(port -> add(arguments, "-p", Integer.toString(port)));
        add(arguments, "--", route.target());
        return List.copyOf(arguments);
    }

    private List<String> hostKeyOptions() {
        return switch (rule) {
            case HostKeyRule.Ask _ -> List.of("StrictHostKeyChecking=ask");
            case HostKeyRule.Known _ -> List.of("StrictHostKeyChecking=yes");
            case HostKeyRule.Pinned pinned ->
                    List.of(
                            "StrictHostKeyChecking=yes",
                            "UserKnownHostsFile=\"" + pinned.file() + "\"",
                            "GlobalKnownHostsFile=none",
                            "VerifyHostKeyDNS=no",
                            "UpdateHostKeys=no",
                            "CheckHostIP=no",
                            "HostKeyAlias=" + HostKeyRule.PINNED_NAME);
        };
    }

    private static void add(List<String> arguments, String first, String second) {
        arguments.add(first);
        arguments.add(second);
    }
}
