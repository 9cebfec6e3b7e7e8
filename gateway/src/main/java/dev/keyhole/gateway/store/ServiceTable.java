package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tables {@code shared_services} and {@code service_grants}. Used on the store's thread only. */
final class ServiceTable {
    private final Handle handle;

    ServiceTable(Handle handle) {
        this.handle = handle;
    }

    List<SharedService> all() {
        return handle.createQuery("SELECT * FROM shared_services ORDER BY name")
                .map((row, context) -> read(row))
                .list();
    }

    private SharedService read(ResultSet row) throws SQLException {
        ServiceName name = new ServiceName(Column.text(row, "name"));
        return new SharedService(
                name,
                Column.text(row, "asked"),
                address(row),
                grantees(name),
                Column.time(row, "added"));
    }

    private static SharedAddress address(ResultSet row) throws SQLException {
        Optional<String> address = Column.optional(row, "address");
        return address.isPresent()
                // A literal: nothing is looked up.
                ? new SharedAddress.Tcp(InetAddress.ofLiteral(address.get()), row.getInt("port"))
                : new SharedAddress.Unix(Path.of(Column.text(row, "socket")));
    }

    private Set<PrincipalName> grantees(ServiceName service) {
        return new HashSet<>(
                handle.createQuery("SELECT grantee FROM service_grants WHERE service = :service")
                        .bind("service", service.value())
                        .map((row, context) -> new PrincipalName(Column.text(row, "grantee")))
                        .list());
    }

    void insert(SharedService service) {
        Optional<SharedAddress.Tcp> tcp =
                service.address() instanceof SharedAddress.Tcp known
                        ? Optional.of(known)
                        : Optional.empty();
        Optional<String> socket =
                service.address() instanceof SharedAddress.Unix(Path path)
                        ? Optional.of(path.toString())
                        : Optional.empty();
        handle.createUpdate(
                        """
                        INSERT INTO shared_services (name, asked, address, port, socket, added)
                        VALUES (:name, :asked, :address, :port, :socket, :added)
                        """)
                .bind("name", service.name().value())
                .bind("asked", service.asked())
                .bind("address", tcp.map(known -> known.address().getHostAddress()))
                .bind("port", tcp.map(SharedAddress.Tcp::port))
                .bind("socket", socket)
                .bind("added", service.added().toString())
                .execute();
        service.grantees().forEach(grantee -> grant(service.name(), grantee));
    }

    void delete(ServiceName name) {
        handle.createUpdate("DELETE FROM shared_services WHERE name = :name")
                .bind("name", name.value())
                .execute();
    }

    void grant(ServiceName service, PrincipalName grantee) {
        handle.createUpdate(
                        "INSERT INTO service_grants (service, grantee) VALUES (:service, :grantee)")
                .bind("service", service.value())
                .bind("grantee", grantee.value())
                .execute();
    }

    void withdraw(ServiceName service, PrincipalName grantee) {
        handle.createUpdate(
                        "DELETE FROM service_grants WHERE service = :service AND grantee = :grantee")
                .bind("service", service.value())
                .bind("grantee", grantee.value())
                .execute();
    }
}
