package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;

/** One thing that an operator decides. {@link Roster#with} knows which are possible; a {@link RosterStore} keeps them. */
public sealed interface RosterChange {
    record AddPrincipal(Principal principal) implements RosterChange {}

    /** Its role, shell, expiry, lock or limits. */
    record ReplacePrincipal(Principal principal) implements RosterChange {}

    /** Its keys and grants go with it. */
    record RemovePrincipal(PrincipalName name) implements RosterChange {}

    record AddKey(EnrolledKey key) implements RosterChange {}

    record RemoveKey(Fingerprint key) implements RosterChange {}

    record AddAuthority(Authority authority) implements RosterChange {}

    /** Its revocations go with it: without the authority its certificates mean nothing. */
    record RemoveAuthority(String name) implements RosterChange {}

    record RevokeCertificate(RevokedCertificate certificate) implements RosterChange {}

    record AddService(SharedService service) implements RosterChange {}

    record RemoveService(ServiceName name) implements RosterChange {}

    record GrantService(ServiceName service, PrincipalName grantee) implements RosterChange {}

    record WithdrawService(ServiceName service, PrincipalName grantee) implements RosterChange {}
}
