package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.control.KeepVerb;
import dev.keyhole.gateway.control.LogVerb;
import dev.keyhole.gateway.control.LogsVerb;
import dev.keyhole.gateway.control.MeVerb;
import dev.keyhole.gateway.control.MemberVerbs;
import dev.keyhole.gateway.control.RestartVerb;
import dev.keyhole.gateway.control.ServicesVerb;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.control.StartVerb;
import dev.keyhole.gateway.control.StatusVerb;
import dev.keyhole.gateway.control.StopVerb;
import dev.keyhole.gateway.control.UnbanVerb;
import dev.keyhole.gateway.workspace.IdleRule;
import dev.keyhole.gateway.workspace.Idleness;
import dev.keyhole.gateway.workspace.Keeps;
import dev.keyhole.gateway.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Every verb of a member, with what it needs. Keeps no state. */
final class MembersDesk {
    /** What a workspace may do, and how long. */
    record Rest(Idleness idleness, IdleRule idleRule, Keeps keeps, Limits limits) {}

    private MembersDesk() {}

    /** @param live the sessions, known once the door is made */
    static MemberVerbs of(
            Config config,
            Principals principals,
            ServiceCatalog catalog,
            Workspaces workspaces,
            Rest rest,
            CompletableFuture<Sessions> live,
            BanDesk bans,
            AuditLog audit,
            Clock clock) {
        return new MemberVerbs(
                List.of(
                        new StatusVerb(workspaces, catalog, rest.idleness(), live::join, clock),
                        new ServicesVerb(catalog, config.services().ownLoopback(), principals::now),
                        new StartVerb(workspaces),
                        new StopVerb(workspaces),
                        new RestartVerb(workspaces),
                        new LogsVerb(workspaces, catalog),
                        new KeepVerb(
                                rest.keeps(),
                                rest.idleRule(),
                                config.workspace().keepMost().duration(),
                                audit,
                                clock),
                        new MeVerb(principals::now, rest.limits(), live::join, workspaces, clock),
                        new LogVerb(audit),
                        new UnbanVerb(bans)),
                audit);
    }
}
