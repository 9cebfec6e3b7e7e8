package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.StartupRules;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How one kind of value is written.
 *
 * @param notation as the reference shows it
 * @param parse throws {@link IllegalArgumentException} with a sentence for a person
 */
record Unit<T>(String notation, Function<String, T> parse) {
    static final Unit<ListenAddress> LISTEN =
            new Unit<>("ADDRESS:PORT or unix:PATH", ListenAddress::parse);
    static final Unit<Path> DIRECTORY = new Unit<>("absolute path", Unit::absolutePath);
    static final Unit<Path> PATH = new Unit<>("path", Path::of);
    static final Unit<LauncherKind> LAUNCHER =
            new Unit<>("process or container", LauncherKind::parse);
    static final Unit<Integer> PORT = new Unit<>("1-65535", text -> number(text, 1, 65535));
    static final Unit<Integer> RSA_BITS = new Unit<>("2048-8192", text -> number(text, 2048, 8192));
    static final Unit<Integer> COUNT = new Unit<>("1-100000", text -> number(text, 1, 100_000));
    static final Unit<Boolean> ALLOW_OR_DENY = new Unit<>("allow or deny", Unit::allowed);
    static final Unit<Boolean> ON_OR_OFF = new Unit<>("on or off", Unit::on);
    static final Unit<ByteSize> SIZE = new Unit<>("size, such as 16GiB", ByteSize::parse);
    static final Unit<TimeSpan> TIME = new Unit<>("time, such as 2h or 365d", TimeSpan::parse);
    static final Unit<BigDecimal> CPUS = new Unit<>("number, such as 4 or 0.5", Unit::cpus);
    static final Unit<Integer> PIDS = new Unit<>("64-1000000", text -> number(text, 64, 1_000_000));
    static final Unit<Gpus> GPUS = new Unit<>("all, none, a number, or names", Gpus::parse);
    static final Unit<AddressBlock> NETWORK =
            new Unit<>("range of IPv4 addresses, /8 to /24", Unit::network);
    static final Unit<AddressBlock> RANGE =
            new Unit<>("address or range, such as 10.0.0.0/8", AddressBlock::parse);
    static final Unit<StartupRules> STARTUPS =
            new Unit<>("BEGIN:PERCENT:FULL", StartupRules::parse);
    static final Unit<URI> SYSLOG = new Unit<>("tls://HOST:PORT or tcp://HOST:PORT", Unit::syslog);
    static final Unit<SyslogFacility> FACILITY =
            new Unit<>(SyslogFacility.NOTATION, SyslogFacility::parse);
    static final Unit<Path> FILE = new Unit<>("absolute path of a file", Unit::absolutePath);
    static final Unit<String> HOST_NAME = new Unit<>("name or address", Unit::hostName);
    static final Unit<String> ARGUMENT = new Unit<>("argument", Unit::argument);
    static final Unit<ContainerNetwork> CONTAINER_NETWORK =
            new Unit<>("none or open", ContainerNetwork::parse);
    static final Unit<String> IMAGE =
            new Unit<>("HOST/REPOSITORY:TAG, best with @sha256:DIGEST", Unit::image);
    static final Unit<String> KEY_LINE = new Unit<>("line of authorized_keys", Unit::oneLine);

    /** Whether it exists is the registry's to say; this keeps out what is something else. */
    private static String image(String text) {
        if (!text.matches("[a-z0-9][A-Za-z0-9._:/@-]{0,400}")) {
            throw new IllegalArgumentException("'" + text + "' is no image reference");
        }
        return text;
    }

    private static Path absolutePath(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no absolute path; start it with /");
        }
        return path.normalize();
    }

    private static int number(String text, int least, int most) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no number from " + least + " to " + most);
    }

    private static boolean allowed(String text) {
        return switch (text) {
            case "allow" -> true;
            case "deny" -> false;
            default ->
                    throw new IllegalArgumentException("'" + text + "' is neither allow nor deny");
        };
    }

    private static boolean on(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
        };
    }

    private static AddressBlock network(String text) {
        AddressBlock block = AddressBlock.parse(text);
        if (block.network() instanceof Inet4Address && block.bits() >= 8 && block.bits() <= 24) {
            return block;
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no range of IPv4 addresses from /8 to /24");
    }

    private static BigDecimal cpus(String text) {
        if (!text.matches("\\d{1,4}(\\.\\d{1,3})?") || new BigDecimal(text).signum() == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no number of CPUs; write one such as 4 or 0.5");
        }
        return new BigDecimal(text).stripTrailingZeros();
    }

    private static URI syslog(String text) {
        try {
            URI uri = URI.create(text);
            boolean known = "tls".equals(uri.getScheme()) || "tcp".equals(uri.getScheme());
            boolean bare =
                    uri.getRawUserInfo() == null
                            && "".equals(uri.getRawPath())
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            if (known && bare && uri.getHost() != null && isPort(uri.getPort())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // the sentence below says more than the parser's
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no syslog receiver; write tls://HOST:PORT or tcp://HOST:PORT");
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= 65535;
    }

    private static String hostName(String text) {
        if (!text.matches("[A-Za-z0-9.:-]{1,253}")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a machine");
        }
        return text;
    }

    private static String argument(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument holds no zero byte");
        }
        return text;
    }

    private static String oneLine(String text) {
        if (text.strip().contains("\n")) {
            throw new IllegalArgumentException("a key is one line; write several as a list");
        }
        return text.strip();
    }
}
