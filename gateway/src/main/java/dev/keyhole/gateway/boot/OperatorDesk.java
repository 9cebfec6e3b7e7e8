package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.control.operator.Environments;
import dev.keyhole.gateway.control.operator.KeyAdd;
import dev.keyhole.gateway.control.operator.KeyList;
import dev.keyhole.gateway.control.operator.KeyRemove;
import dev.keyhole.gateway.control.operator.KeyText;
import dev.keyhole.gateway.control.operator.OperatorVerbs;
import dev.keyhole.gateway.control.operator.PrincipalAdd;
import dev.keyhole.gateway.control.operator.PrincipalList;
import dev.keyhole.gateway.control.operator.PrincipalLock;
import dev.keyhole.gateway.control.operator.PrincipalRemove;
import dev.keyhole.gateway.control.operator.PrincipalSet;
import dev.keyhole.gateway.control.operator.PrincipalShow;
import dev.keyhole.gateway.control.operator.PrincipalUnlock;
import dev.keyhole.gateway.control.operator.PrincipalWords;
import dev.keyhole.gateway.control.operator.RosterDesk;
import dev.keyhole.gateway.control.operator.ServiceNames;
import dev.keyhole.gateway.workspace.Workspaces;
import java.time.Clock;
import java.util.List;

/** Every operator verb of a door, wired. */
final class OperatorDesk {
    private OperatorDesk() {}

    static OperatorVerbs of(
            Principals principals,
            ServiceCatalog catalog,
            Workspaces workspaces,
            Environments environments,
            KeyRules rules,
            AuditLog audit,
            Clock clock) {
        RosterDesk desk = new RosterDesk(principals);
        PrincipalWords words = new PrincipalWords(clock, rules.zone());
        KeyText keys = new KeyText(rules);
        ServiceNames services = new ServiceNames(catalog, desk);
        return new OperatorVerbs(
                List.of(
                        new PrincipalAdd(desk, keys, environments, words, clock),
                        new PrincipalList(desk, clock),
                        new PrincipalShow(desk, clock),
                        new PrincipalSet(desk, environments, words, clock),
                        new PrincipalLock(desk, clock),
                        new PrincipalUnlock(desk, clock),
                        new PrincipalRemove(desk, workspaces, environments),
                        new KeyAdd(desk, keys, services, words, clock),
                        new KeyList(desk),
                        new KeyRemove(desk)),
                audit);
    }
}
