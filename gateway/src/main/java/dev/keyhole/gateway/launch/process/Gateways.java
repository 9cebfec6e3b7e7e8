package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.SourceGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The routers that this machine sends everything to. Where addresses are translated on the way in, as before many
 * containers, everybody seems to come from there.
 */
class Gateways {
    private static final Path VERSION_4 = Path.of("/proc/net/route");
    private static final Path VERSION_6 = Path.of("/proc/net/ipv6_route");
    private static final String TO_ALL_4 = "00000000";
    private static final String TO_ALL_6 = "0".repeat(32);

    boolean include(SourceGroup source) {
        return source.isVersion4() ? lists(VERSION_4, source) : lists(VERSION_6, source);
    }

    private static boolean lists(Path table, SourceGroup source) {
        try {
            return routers(table.equals(VERSION_4), Files.readAllLines(table)).contains(source);
        } catch (IOException e) {
            return false; // the kernel was built without
        }
    }

    /** Of lines as they stand in the kernel's files. */
    static List<SourceGroup> routers(boolean version4, List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 4)
                .filter(fields ->
                        version4
                                ? fields[1].equals(TO_ALL_4) && !fields[2].equals(TO_ALL_4)
                                : fields[0].equals(TO_ALL_6)
                                        && fields[1].equals("00")
                                        && !fields[4].equals(TO_ALL_6))
                .map(fields -> group(version4 ? swapped(fields[2]) : bytes(fields[4])))
                .toList();
    }

    private static SourceGroup group(byte[] address) {
        try {
            return SourceGroup.of(InetAddress.getByAddress(address));
        } catch (IOException e) {
            throw new IllegalStateException("The kernel's addresses are whole", e);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** IPv4 stands there as a number of the machine, the first byte last. */
    private static byte[] swapped(String hex) {
        byte[] bytes = bytes(hex);
        return new byte[] {bytes[3], bytes[2], bytes[1], bytes[0]};
    }
}
