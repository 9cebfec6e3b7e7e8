package dev.keyhole.gateway.store;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.SshHost;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The tables {@code attached_hosts} and {@code attached_services}. Used on the store's thread only. */
final class AttachedTable {
    private final Handle handle;

    AttachedTable(Handle handle) {
        this.handle = handle;
    }

    List<AttachedHost> all() {
        return handle.createQuery("SELECT * FROM attached_hosts ORDER BY principal")
                .map((row, context) -> read(row))
                .list();
    }

    private AttachedHost read(ResultSet row) throws SQLException {
        String owner = Column.text(row, "principal");
        return new AttachedHost(
                new PrincipalName(owner),
                new SshHost.Place.Tcp(Column.text(row, "host"), row.getInt("port")),
                Column.text(row, "login"),
                Column.text(row, "host_key"),
                services(owner),
                Column.time(row, "since"));
    }

    private SortedMap<ServiceName, Integer> services(String owner) {
        SortedMap<ServiceName, Integer> services = new TreeMap<>();
        handle.createQuery("SELECT * FROM attached_services WHERE principal = :principal")
                .bind("principal", owner)
                .map((row, context) ->
                        services.put(
                                new ServiceName(Column.text(row, "service")), row.getInt("port")))
                .list();
        return services;
    }

    /** In place of another one of the same owner. */
    void put(AttachedHost host) {
        delete(host.owner());
        handle.createUpdate(
                        """
                        INSERT INTO attached_hosts (principal, host, port, login, host_key, since)
                        VALUES (:principal, :host, :port, :login, :hostKey, :since)
                        """)
                .bind("principal", host.owner().value())
                .bind("host", host.place().host())
                .bind("port", host.place().port())
                .bind("login", host.user())
                .bind("hostKey", host.hostKey())
                .bind("since", host.since().toString())
                .execute();
        host.services()
                .forEach((service, port) ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO attached_services (principal, service, port)
                                        VALUES (:principal, :service, :port)
                                        """)
                                .bind("principal", host.owner().value())
                                .bind("service", service.value())
                                .bind("port", port)
                                .execute());
    }

    void delete(PrincipalName owner) {
        handle.createUpdate("DELETE FROM attached_hosts WHERE principal = :principal")
                .bind("principal", owner.value())
                .execute();
    }
}
