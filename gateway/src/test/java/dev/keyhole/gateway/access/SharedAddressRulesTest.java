package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedAddressRulesTest {
    private final SharedAddressRules rules =
            new SharedAddressRules(
                    InetAddress::isLoopbackAddress,
                    port -> port == 2222,
                    List.of(Path.of("/srv/keyhole"), Path.of("/run/keyhole-ab12")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "224.0.0.1",
                "ff02::1",
                "::169.254.169.254",
                "::7f00:1",
                "192.0.0.192",
                "fd20:ce::254",
                "255.255.255.255"
            })
    void linkLocalMetadataAndWhatIsNoHostIsNeverShared(String address) throws Exception {
        assertThat(rules.refusal(tcp(address, 5432))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "192.168.1.1", "2001:db8::5", "127.0.0.1", "::1"})
    void otherAddressesMayBe(String address) throws Exception {
        assertThat(rules.refusal(tcp(address, 5432))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void theDoorItselfIsNotShared(String address) throws Exception {
        assertThat(rules.refusal(tcp(address, 2222))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/srv/keyhole/run/c/d/s", "/run/keyhole-ab12/s", "/srv/x/../keyhole/door"})
    void itsOwnSocketsAreNotShared(String socket) {
        assertThat(rules.refusal(new SharedAddress.Unix(Path.of(socket)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/postgresql/.s.PGSQL.5432", "/srv/keyholes.sock"})
    void otherSocketsMayBe(String socket) {
        assertThat(rules.refusal(new SharedAddress.Unix(Path.of(socket)))).isEmpty();
    }

    private static SharedAddress tcp(String address, int port) throws UnknownHostException {
        return new SharedAddress.Tcp(InetAddress.getByName(address), port);
    }
}
