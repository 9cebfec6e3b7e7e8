package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.audit.AuditIndex;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.Pseudonyms;
import dev.keyhole.gateway.ban.BanDesk;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.control.numbers.Numbers;
import dev.keyhole.gateway.control.operator.AddressRules;
import dev.keyhole.gateway.control.operator.AuditCheckpoint;
import dev.keyhole.gateway.control.operator.AuditErase;
import dev.keyhole.gateway.control.operator.AuditExport;
import dev.keyhole.gateway.control.operator.AuditSearch;
import dev.keyhole.gateway.control.operator.AuditSummary;
import dev.keyhole.gateway.control.operator.AuditTail;
import dev.keyhole.gateway.control.operator.AuditWords;
import dev.keyhole.gateway.control.operator.BackUp;
import dev.keyhole.gateway.control.operator.BanAdd;
import dev.keyhole.gateway.control.operator.BanList;
import dev.keyhole.gateway.control.operator.BanRemove;
import dev.keyhole.gateway.control.operator.BanWhy;
import dev.keyhole.gateway.control.operator.CaAdd;
import dev.keyhole.gateway.control.operator.CaList;
import dev.keyhole.gateway.control.operator.CaRemove;
import dev.keyhole.gateway.control.operator.CaRevoke;
import dev.keyhole.gateway.control.operator.DoorStatus;
import dev.keyhole.gateway.control.operator.Environments;
import dev.keyhole.gateway.control.operator.Health;
import dev.keyhole.gateway.control.operator.HopKeys;
import dev.keyhole.gateway.control.operator.HostCheck;
import dev.keyhole.gateway.control.operator.KeyAdd;
import dev.keyhole.gateway.control.operator.KeyList;
import dev.keyhole.gateway.control.operator.KeyRemove;
import dev.keyhole.gateway.control.operator.KeyText;
import dev.keyhole.gateway.control.operator.Metrics;
import dev.keyhole.gateway.control.operator.OperatorVerbs;
import dev.keyhole.gateway.control.operator.PrincipalAdd;
import dev.keyhole.gateway.control.operator.PrincipalImport;
import dev.keyhole.gateway.control.operator.PrincipalList;
import dev.keyhole.gateway.control.operator.PrincipalLock;
import dev.keyhole.gateway.control.operator.PrincipalRemove;
import dev.keyhole.gateway.control.operator.PrincipalSet;
import dev.keyhole.gateway.control.operator.PrincipalShow;
import dev.keyhole.gateway.control.operator.PrincipalUnlock;
import dev.keyhole.gateway.control.operator.PrincipalWords;
import dev.keyhole.gateway.control.operator.RosterDesk;
import dev.keyhole.gateway.control.operator.ServiceAdd;
import dev.keyhole.gateway.control.operator.ServiceGrant;
import dev.keyhole.gateway.control.operator.ServiceList;
import dev.keyhole.gateway.control.operator.ServiceNames;
import dev.keyhole.gateway.control.operator.ServiceRemove;
import dev.keyhole.gateway.control.operator.SessionClose;
import dev.keyhole.gateway.control.operator.SessionList;
import dev.keyhole.gateway.control.operator.SessionShow;
import dev.keyhole.gateway.control.operator.WorkspaceAttach;
import dev.keyhole.gateway.control.operator.WorkspaceDetach;
import dev.keyhole.gateway.control.operator.WorkspaceList;
import dev.keyhole.gateway.control.operator.WorkspaceLogs;
import dev.keyhole.gateway.control.operator.WorkspaceRestart;
import dev.keyhole.gateway.control.operator.WorkspaceStart;
import dev.keyhole.gateway.control.operator.WorkspaceStop;
import dev.keyhole.gateway.metrics.PrometheusText;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.Keeps;
import dev.keyhole.gateway.workspace.Workspaces;
import java.time.Clock;
import java.util.List;

/** Every operator verb of a door, wired. */
final class OperatorDesk {
    /**
     * What an operator cannot decide otherwise.
     *
     * @param keys which are strong enough
     * @param addresses which may be shared
     */
    record Rules(KeyRules keys, AddressRules addresses) {}

    /** What attaching a host takes. */
    record Attaching(Attachments attachments, HopKeys keys, Hops hops, HostCheck check) {}

    private OperatorDesk() {}

    static OperatorVerbs of(
            Principals principals,
            BackUp.Copies copies,
            ServiceCatalog catalog,
            Workspaces workspaces,
            Environments environments,
            Keeps keeps,
            Sessions sessions,
            BanDesk bans,
            Numbers numbers,
            Rules rules,
            Attaching attaching,
            AuditLog audit,
            AuditIndex index,
            AuditCheckpoint.Signer signer,
            Pseudonyms names,
            Clock clock) {
        RosterDesk desk = new RosterDesk(principals);
        PrincipalWords words = new PrincipalWords(clock, rules.keys().zone());
        KeyText keys = new KeyText(rules.keys());
        AuditWords auditWords = new AuditWords(clock, rules.keys().zone());
        ServiceNames services = new ServiceNames(catalog, desk);
        return new OperatorVerbs(
                List.of(
                        new AuditCheckpoint(signer),
                        new AuditErase(desk, names, index),
                        new PrincipalAdd(desk, keys, environments, words, clock),
                        new PrincipalList(desk, clock),
                        new PrincipalShow(desk, clock),
                        new PrincipalSet(desk, environments, words, clock),
                        new PrincipalLock(desk, clock),
                        new PrincipalUnlock(desk, clock),
                        new PrincipalRemove(desk, workspaces, environments, keeps, clock),
                        new PrincipalImport(desk, keys, environments, words, clock),
                        new KeyAdd(desk, keys, services, words, clock),
                        new KeyList(desk),
                        new KeyRemove(desk),
                        new CaAdd(desk, keys, clock),
                        new CaList(desk),
                        new CaRemove(desk),
                        new CaRevoke(desk, clock),
                        new ServiceAdd(desk, services, rules.addresses(), clock),
                        new ServiceList(desk),
                        new ServiceRemove(desk),
                        ServiceGrant.grant(desk),
                        ServiceGrant.withdraw(desk),
                        new SessionList(sessions),
                        new SessionShow(sessions),
                        new SessionClose(sessions),
                        new BanList(bans, clock),
                        new BanWhy(bans, clock),
                        new BanAdd(bans, sessions, clock),
                        new BanRemove(bans, clock),
                        new WorkspaceAttach(
                                desk,
                                workspaces,
                                attaching.attachments(),
                                attaching.keys(),
                                attaching.hops(),
                                attaching.check(),
                                catalog,
                                rules.addresses(),
                                clock),
                        new WorkspaceDetach(
                                desk,
                                workspaces,
                                attaching.attachments(),
                                attaching.keys(),
                                attaching.hops()),
                        new WorkspaceList(desk, workspaces),
                        new WorkspaceStart(desk, workspaces),
                        new WorkspaceStop(desk, workspaces),
                        new WorkspaceRestart(desk, workspaces),
                        new WorkspaceLogs(desk, workspaces, catalog),
                        new AuditTail(index),
                        new AuditSearch(index, auditWords),
                        new AuditExport(index, auditWords),
                        new AuditSummary(index, auditWords),
                        new BackUp(copies),
                        new DoorStatus(numbers),
                        new Health(numbers),
                        new Metrics(numbers, PrometheusText::write)),
                audit);
    }
}
