package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;

/** Why a host is not attached, with what the operator can do about it. Keeps no state. */
final class AttachRefusal {
    private static final String NOTHING = " Nothing was changed.";

    private AttachRefusal() {}

    static OperatorRefusal of(
            AttachedHost host,
            HopKeys.Identity identity,
            ServiceName service,
            int port,
            Refusal why) {
        return switch (why.code()) {
            case HOST_UNREACHABLE ->
                    OperatorRefusal.of(
                            ExitStatus.UNREACHABLE,
                            why.code(),
                            why.detail()
                                    + " Look whether sshd runs there, and at the firewall between."
                                    + NOTHING);
            case HOST_KEY_CHANGED ->
                    OperatorRefusal.of(
                            ExitStatus.HOST_KEY_CHANGED,
                            why.code(),
                            why.detail()
                                    + " Read the right one on that host (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then give it with --host-key."
                                    + NOTHING);
            case HOST_LOGIN_REFUSED ->
                    OperatorRefusal.of(
                            ExitStatus.REFUSED,
                            why.code(),
                            why.detail()
                                    + " Put this line into ~/.ssh/authorized_keys of "
                                    + host.user()
                                    + " at that host, then run the same command again:\n"
                                    + identity.publicLine());
            default ->
                    OperatorRefusal.of(
                            ExitStatus.FAILED,
                            why.code(),
                            "Nothing of "
                                    + service
                                    + " is reached at localhost:"
                                    + port
                                    + " of "
                                    + host.address()
                                    + " ("
                                    + why.detail()
                                    + "). Let it listen on the loopback there, such as jupyter lab --ip=127.0.0.1 --port="
                                    + port
                                    + " --no-browser; or name its port with --service "
                                    + service
                                    + "=PORT; and let its sshd allow forwards (AllowTcpForwarding, PermitOpen)."
                                    + NOTHING);
        };
    }

    static OperatorRefusal notHttp(AttachedHost host, ServiceName service, int port) {
        return OperatorRefusal.of(
                ExitStatus.FAILED,
                Code.SERVICE_NOT_READY,
                "What listens on localhost:"
                        + port
                        + " of "
                        + host.address()
                        + " is no "
                        + service
                        + ": it does not answer in HTTP. Name the right port with --service "
                        + service
                        + "=PORT."
                        + NOTHING);
    }
}
