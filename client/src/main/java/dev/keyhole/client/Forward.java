package dev.keyhole.client;

/** One local port and the service that it leads to. */
public record Forward(int local, Service service) {
    /** The address to open in a browser. */
    public String url() {
        return "http://localhost:" + local + service.openPath();
    }
}
