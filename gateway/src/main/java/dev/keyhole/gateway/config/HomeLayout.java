package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;

/**
 * Where everything lies under a home. No other class spells such a path. Immutable; it touches no disk.
 *
 * <p>When started as root: {@code door/} and {@code audit/} belong to the door's user, {@code home} and {@code
 * env} in {@code workspaces/NAME/} to the principal's, everything else to root.
 */
public record HomeLayout(Path home) {
    /** @throws IllegalArgumentException when the home is relative: a door must not depend on where it was started */
    public HomeLayout {
        if (!home.isAbsolute()) {
            throw new IllegalArgumentException(
                    "The home must be an absolute path, not '" + home + "'");
        }
        home = home.normalize();
    }

    /** What only the door may read; 0700. */
    public Path door() {
        return home.resolve("door");
    }

    public Path hostKey() {
        return door().resolve("ssh_host_ed25519_key");
    }

    public Path hostPublicKey() {
        return door().resolve("ssh_host_ed25519_key.pub");
    }

    /** The private key that logs in at the host that is somebody's workspace; 0600, the door's. */
    public Path hopIdentity(PrincipalName owner) {
        return door().resolve("hop-" + owner + "_key");
    }

    /** The private key by which the door logs in at the inner doors of containers; 0600, the door's. */
    public Path innerIdentity() {
        return door().resolve("inner-doors_key");
    }

    /** One line: the socket of the engine that has this home's containers. */
    public Path engine() {
        return home.resolve("engine");
    }

    /** Until when a workspace is held although nobody uses it, one file each. */
    public Path keeps() {
        return door().resolve("keep");
    }

    /** Principals, keys and what else operators decide; with files of SQLite's beside it. */
    public Path database() {
        return door().resolve("keyhole.db");
    }

    /** 0700, the door's. */
    public Path audit() {
        return home.resolve("audit");
    }

    /** Signs the audit's checkpoints; 0600, the door's. */
    public Path auditSigningKey() {
        return door().resolve("audit-signing-key");
    }

    /** What makes the audit quick to search; made anew when it is missing. */
    public Path auditIndex() {
        return audit().resolve("index.db");
    }

    /** Up to where the receiver of syslog messages has the audit. */
    public Path syslogPlace() {
        return audit().resolve("syslog-place");
    }

    /** Up to where checkpoints were pushed, a file for each way. */
    public Path pushedPlace(String way) {
        return audit().resolve("pushed-" + way);
    }

    /** SQLite's own code, unpacked by the store and by the audit's index. */
    public Path sqliteCode() {
        return door().resolve("native");
    }

    /** What is true only while something runs, or about what runs. */
    public Path run() {
        return home.resolve("run");
    }

    /** Locked by the one {@code up} or {@code serve} of this home, for as long as it runs. */
    public Path upLock() {
        return run().resolve("up.lock");
    }

    /** Process id and start time of that {@code up} or {@code serve}. */
    public Path upPid() {
        return run().resolve("up.pid");
    }

    /** Process id and start time of the door, where it is a process of its own. */
    public Path doorPid() {
        return run().resolve("door.pid");
    }

    /** The ready line of the {@code up} that runs. */
    public Path readyFile() {
        return run().resolve("ready.json");
    }

    /** The same for people. */
    public Path readyText() {
        return run().resolve("ready.txt");
    }

    /** The config that {@code up} made from its flags, read by the door. */
    public Path doorConfig() {
        return run().resolve("door.yaml");
    }

    /** One line: the path of the broker's socket, which lies in a short directory. */
    public Path brokerAddress() {
        return run().resolve("broker");
    }

    /** Holds the broker's socket, where its path is short enough. */
    public Path brokerDirectory() {
        return run().resolve("b");
    }

    /** One line: the path of the control socket of the running door. */
    public Path controlAddress() {
        return run().resolve("control");
    }

    /** Holds the control socket, where its path is short enough; 0700, the door's. */
    public Path controlDirectory() {
        return run().resolve("c");
    }

    /** One line: the short directory outside the home that holds the control socket otherwise. */
    public Path shortControlDirectory() {
        return run().resolve("short-control");
    }

    /** One line: the short directory outside the home that holds the broker's socket otherwise. */
    public Path shortDirectories() {
        return run().resolve("short-directories");
    }

    /** Log lines of {@code up} and the door, for the operator; the door itself may only pass through. */
    public Path log() {
        return home.resolve("log");
    }

    public Path upLog() {
        return log().resolve("up.log");
    }

    public Path doorLog() {
        return log().resolve("door.log");
    }

    /** What the door itself writes there; 0750, the door's. */
    public Path authLogs() {
        return log().resolve("auth");
    }

    /** Refused connections, one line each, for fail2ban and the like; full ones lie beside it. */
    public Path authLog() {
        return authLogs().resolve("auth.log");
    }

    /** Copy of the program, where the door's user cannot read the original. */
    public Path app() {
        return home.resolve("app");
    }

    /** Python environments that workspaces share. */
    public Path environments() {
        return home.resolve("env");
    }

    /** Which principals run as accounts that exist; lines of a name and an account, root's. */
    public Path osUsers() {
        return home.resolve("os-users");
    }

    /** What removed principals left; 0700, root's where there is root. */
    public Path removed() {
        return home.resolve("removed");
    }

    /** Which image the next container of everybody is made of; written by operators, read by who starts containers. */
    public Path offeredImage() {
        return home.resolve("images").resolve("offered");
    }

    /** One directory for each principal. */
    public Path workspaces() {
        return home.resolve("workspaces");
    }

    public Path workspace(PrincipalName owner) {
        return workspaces().resolve(owner.value());
    }

    /** The principal's files: home directory of its OS user where there is one. */
    public Path workspaceHome(PrincipalName owner) {
        return workspace(owner).resolve("home");
    }

    /** What the principal's services wrote, one file each. */
    public Path workspaceLog(PrincipalName owner) {
        return workspace(owner).resolve("log");
    }

    /** Process ids and start times of the principal's services, one file each; written by who starts them. */
    public Path workspaceRun(PrincipalName owner) {
        return workspace(owner).resolve("run");
    }

    /** The private Jupyter and Python environment of the principal. */
    public Path workspaceEnvironment(PrincipalName owner) {
        return workspace(owner).resolve("env");
    }
}
