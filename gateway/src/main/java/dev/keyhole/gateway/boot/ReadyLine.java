package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code up} says when a person can connect: one line for scripts, a few for people. */
public record ReadyLine(
        Advertised host,
        int port,
        Fingerprint hostKey,
        PrincipalName principal,
        Map<ServiceName, Integer> services) {
    /** The port on the laptop; not 8888, which a local Jupyter may have. */
    private static final int LAPTOP_PORT = 8000;

    /** The command for the laptop. */
    public String command() {
        int jupyter = services.getOrDefault(ServiceName.JUPYTER, 8888);
        return "ssh -N -L %d:localhost:%d %s@%s -p %d"
                .formatted(LAPTOP_PORT, jupyter, principal, host.host(), port);
    }

    /** One JSON object; its members never change their meaning. */
    public String json() {
        Map<String, Object> ssh = new LinkedHashMap<>();
        ssh.put("host", host.host());
        ssh.put("port", port);
        ssh.put("hostKey", hostKey.value());
        List<Map<String, Object>> listed =
                services.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(ReadyLine::member)
                        .toList();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ready", true);
        line.put("ssh", ssh);
        line.put("principal", principal.value());
        line.put("services", listed);
        line.put("command", command());
        return Json.write(line);
    }

    private static Map<String, Object> member(Map.Entry<ServiceName, Integer> service) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("name", service.getKey().value());
        member.put("port", service.getValue());
        return member;
    }

    /** The same for a person. */
    public String text() {
        String guess =
                host.isGuess()
                        ? """

                        '%s' is a guess: if ssh does not find it, use the address that you log in to, or --advertise HOST.
                        """
                                .formatted(host.host())
                        : "";
        return """
        Ready. On your laptop run

          %s

        and open http://localhost:%d
        %s
        Host key: %s (ssh shows it at the first connection; compare)
        If the connection times out, open TCP port %d in your provider's firewall.
        """
                .formatted(command(), LAPTOP_PORT, guess, hostKey, port);
    }
}
