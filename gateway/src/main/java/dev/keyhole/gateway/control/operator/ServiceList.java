package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import java.util.List;
import java.util.Map;

/** {@code keyhole service list}: the shared services, where they lead, and who may reach them. */
public final class ServiceList implements OperatorVerb {
    private final RosterDesk desk;

    public ServiceList(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "service list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("every service", talk -> list());
    }

    private Answer list() {
        List<ServiceView> views = desk.now().services().stream().map(ServiceView::of).toList();
        Table table = new Table("NAME", "ADDRESS", "NAMED AS", "GRANTED TO");
        for (ServiceView view : views) {
            table.row(view.name(), view.address(), view.asked(), String.join(",", view.grantees()));
        }
        return Answer.done(table.orElse("No services are shared."), Map.of("services", views));
    }
}
