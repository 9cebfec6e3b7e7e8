package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code keyhole workspace attach}: an SSH host becomes a principal's workspace. The host is logged in to and each service
 * is tried first; only then is it kept, so nothing is half attached.
 */
public final class WorkspaceAttach implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;
    private final Attachments attachments;
    private final HopKeys keys;
    private final Hops hops;
    private final HostCheck check;
    private final ServiceCatalog catalog;
    private final AddressRules rules;
    private final Clock clock;

    public WorkspaceAttach(
            RosterDesk desk,
            Workspaces workspaces,
            Attachments attachments,
            HopKeys keys,
            Hops hops,
            HostCheck check,
            ServiceCatalog catalog,
            AddressRules rules,
            Clock clock) {
        this.desk = desk;
        this.workspaces = workspaces;
        this.attachments = attachments;
        this.keys = keys;
        this.hops = hops;
        this.check = check;
        this.catalog = catalog;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "workspace attach";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName owner = desk.named(fields).name();
        AttachWish wish =
                AttachWish.read(owner, fields, keys, catalog, rules, RosterDesk.moment(clock));
        requireFree(owner);
        return Act.on(owner, talk -> attach(wish, talk));
    }

    private void requireFree(PrincipalName owner) throws OperatorRefusal {
        if (attachments.of(owner).isPresent()) {
            throw taken(owner);
        }
        if (workspaces.of(owner).runs()) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.CHANGE_REFUSED,
                    "The workspace of "
                            + owner
                            + " runs on this machine. Stop it first: keyhole workspace stop "
                            + owner);
        }
    }

    private OperatorRefusal taken(PrincipalName owner) {
        return OperatorRefusal.of(
                ExitStatus.REFUSED,
                Code.CHANGE_REFUSED,
                attachments.of(owner).map(AttachedHost::address).orElse("A host")
                        + " is attached for "
                        + owner
                        + ". Detach it first: keyhole workspace detach "
                        + owner);
    }

    private Answer attach(AttachWish wish, Talk talk) throws OperatorRefusal, InterruptedException {
        PrincipalName owner = wish.host().owner();
        requireFree(owner);
        HopKeys.Identity identity = identity(wish);
        boolean attached = false;
        try {
            tryServices(wish.host(), identity, talk);
            attached = attachments.attach(wish.host());
            if (!attached) {
                throw taken(owner);
            }
        } catch (StoreUnavailable e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.STORE_UNAVAILABLE,
                    e.getMessage() + " Nothing was changed. " + Code.STORE_UNAVAILABLE.nextMove());
        } finally {
            if (!attached) {
                hops.close(attachments.host(wish.host()));
                forgetGiven(wish);
            }
        }
        talk.progress("looking whether they are reached without the door, too");
        return answer(wish, identity, open(wish.host()));
    }

    private HopKeys.Identity identity(AttachWish wish) throws OperatorRefusal {
        PrincipalName owner = wish.host().owner();
        try {
            return wish.privateKey().isPresent()
                    ? keys.given(owner, wish.privateKey().get())
                    : keys.made(owner);
        } catch (IOException e) {
            throw OperatorRefusal.of(
                    ExitStatus.USAGE,
                    Code.INPUT_INVALID,
                    "--key: "
                            + e.getMessage()
                            + ". Give a private key in OpenSSH's format without a passphrase, or leave --key away. Nothing was changed.");
        }
    }

    /** A key that the door made stays for the next try, because its public line is being enrolled meanwhile. */
    private void forgetGiven(AttachWish wish) throws OperatorRefusal {
        if (wish.privateKey().isEmpty() || attachments.of(wish.host().owner()).isPresent()) {
            return;
        }
        try {
            keys.forget(wish.host().owner());
        } catch (IOException e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.INPUT_INVALID,
                    "The key that was given could not be removed again: " + e.getMessage());
        }
    }

    private void tryServices(AttachedHost host, HopKeys.Identity identity, Talk talk)
            throws OperatorRefusal, InterruptedException {
        talk.progress("logging in at " + host.address());
        for (var service : host.services().entrySet()) {
            talk.progress("trying " + service.getKey() + " on its port " + service.getValue());
            var hop = new Endpoint.Hop(attachments.host(host), "localhost", service.getValue());
            try {
                if (!check.answers(hop, service.getKey())) {
                    throw AttachRefusal.notHttp(host, service.getKey(), service.getValue());
                }
            } catch (HopFailure e) {
                throw AttachRefusal.of(
                        host, identity, service.getKey(), service.getValue(), e.refusal());
            }
        }
    }

    /** Names of services that anybody who reaches the host may use. */
    private List<String> open(AttachedHost host) {
        return host.services().entrySet().stream()
                .filter(service -> check.isOpen(host.place(), service.getValue()))
                .map(service -> service.getKey().value())
                .toList();
    }

    private static String warning(AttachedHost host, List<String> open) {
        return open.isEmpty()
                ? ""
                : "Warning: "
                        + String.join(", ", open)
                        + " is reached at "
                        + host.place().host()
                        + " without the door, too. Let it listen on 127.0.0.1 there, and on nothing else.\n";
    }

    private static Answer answer(AttachWish wish, HopKeys.Identity identity, List<String> open) {
        AttachedHost host = wish.host();
        String services =
                host.services().entrySet().stream()
                        .map(service -> service.getKey() + " " + service.getValue())
                        .collect(Collectors.joining(", "));
        return Answer.done(
                host.address()
                        + " is the workspace of "
                        + host.owner()
                        + " from now on: "
                        + services
                        + ".\nIts host key: "
                        + wish.hostKey()
                        + "\nThe door's key there: "
                        + identity.fingerprint()
                        + "\n"
                        + warning(host, open),
                Map.of(
                        "attached",
                        AttachedView.of(
                                host,
                                wish.hostKey(),
                                identity.fingerprint(),
                                services(host),
                                open)));
    }

    private static Map<String, Integer> services(AttachedHost host) {
        return host.services().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                service -> ((ServiceName) service.getKey()).value(),
                                Map.Entry::getValue));
    }
}
