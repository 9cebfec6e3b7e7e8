package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.SharedAddressRules;
import dev.keyhole.gateway.config.HomeLayout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/** What of this machine is the door's own, so that no shared service leads there. Keeps no state. */
final class SharedPlaces {
    private SharedPlaces() {}

    /** @param doorPort the port that the door listens on; asked each time, because the system may choose it */
    static SharedAddressRules rules(HomeLayout home, IntSupplier doorPort) throws IOException {
        List<Path> places = new ArrayList<>(List.of(home.home()));
        if (Files.exists(home.home())) {
            places.add(home.home().toRealPath());
        }
        for (Path note : List.of(home.controlAddress(), home.brokerAddress())) {
            if (Files.exists(note)) {
                Path socket = Path.of(Files.readString(note).strip());
                places.add(Objects.requireNonNullElse(socket.getParent(), socket));
            }
        }
        return new SharedAddressRules(
                SharedPlaces::onThisMachine, port -> port == doorPort.getAsInt(), places);
    }

    private static boolean onThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // what cannot be told is taken for the worse
        }
    }
}
