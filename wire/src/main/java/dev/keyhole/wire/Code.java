package dev.keyhole.wire;

/**
 * Every code that a refusal may carry. A person sees {@code CODE: text}; the audit carries the code as {@code
 * event.reason}.
 *
 * <p>Words, not numbers, and never reused for another meaning. {@code docs/codes.md} is generated from this enum.
 */
public enum Code {
    ADDRESS_REFUSED(
            "That address is never shared.",
            "Name a host or socket that is nobody's metadata or door."),
    AUDIT_BROKEN(
            "The audit is not what was written.",
            "Keep its files as they are, and compare them with what lies elsewhere."),
    AUDIT_UNAVAILABLE(
            "The audit log cannot be written, so nothing new is allowed.",
            "Free disk space, then log in again."),
    AUDIT_UNREADABLE(
            "The audit's files or its index cannot be read.",
            "Look at the door's log, and at the disk of its home, then run it again."),
    AUTH_FAILED(
            "The key is not known here, or may not be used like this.",
            "Check the key with the operator."),
    AUTHORITY_REMOVED(
            "The authority that signed your certificate is not accepted any more.",
            "Ask the operator."),
    BASE_ARCHITECTURE(
            "The base is for another architecture than the one asked for.",
            "Name a base for it, or ask for the other by --arch."),
    BASE_UNREADABLE(
            "The base image is missing, damaged, or of a kind that cannot be read.",
            "Save or push it again as the message says."),
    BASE_WITHOUT_JUPYTER(
            "The base holds no Jupyter, so there is no notebook to open.",
            "Name a base with jupyter_server or notebook in it."),
    BROKER_UNAVAILABLE(
            "The privileged side does not answer, so no workspace can be started or stopped.",
            "Restart the door; workspaces go on meanwhile."),
    CERTIFICATE_EXPIRED("Your certificate is not valid now.", "Ask its authority for a new one."),
    CERTIFICATE_REVOKED("Your certificate was revoked.", "Ask the operator."),
    CERT_FORBIDS_FORWARDING(
            "Your certificate lacks permit-port-forwarding, so it opens no forwards.",
            "Ask its authority for one with it."),
    CHANGE_REFUSED(
            "What was asked contradicts what stands.",
            "Look at `keyhole principal list`, `key list` or `service list`."),
    CHANNEL_LIMIT(
            "Too many channels are open in this session.", "Close some, or open a second session."),
    CHANNEL_TYPE_REFUSED(
            "This kind of channel is not offered.",
            "Only forwards to own services and `keyhole` verbs work."),
    CHECKPOINT_NOT_PUSHED(
            "Signed checkpoints of the audit do not get to where the config pushes them.",
            "Look at the reason that stands beside it; what was missed is pushed as soon as it works."),
    COMMAND_FAILED(
            "The command could not be started in the workspace.",
            "Read what it says; ask the operator if it is not yours to change."),
    COMMAND_INVALID(
            "The command line is too long, or is no text.",
            "Put it into a file, send that, and run it."),
    COMMAND_UNKNOWN("Only `keyhole VERB` can be run.", "Run `ssh HOST keyhole help`."),
    DESTINATION_INVALID(
            "The host or port of the forward is not one.",
            "Use a service name, or localhost:PORT with 1-65535."),
    DISK_LOW(
            "The disk of the door's home is nearly full.",
            "Free space before the audit cannot be written any more."),
    DOOR_BUSY(
            "Too many connections wait for their login.",
            "Connect again in a moment; if you did not open them, tell the operator."),
    DRAINING("The door is closing and takes nothing new.", "Connect again in a moment."),
    FORWARD_LIMIT(
            "You have as many forwards open as you may.",
            "Close some, or ask the operator for more."),
    ENVIRONMENT_FAILED(
            "The OS user or the environment of a principal could not be made or given up.",
            "Read the reason, correct it, then run the same command again."),
    HOST_KEY_CHANGED(
            "The host behind the door proves another host key than the pinned one.",
            "If it was made anew on purpose, the operator attaches it again with the new key."),
    HOST_KEY_UNUSABLE(
            "The host key on disk is not the one that the door shows.",
            "Put the old one back before the next restart, or clients will warn."),
    HOST_LOGIN_REFUSED(
            "The host behind the door does not let the door log in.",
            "Ask the operator to put the door's key into its authorized_keys."),
    HOST_UNREACHABLE(
            "The host behind the door cannot be reached.",
            "Try again in a moment; if it stays so, ask the operator to look at that host."),
    IDLE_PEER("The other side stopped answering.", "Connect again."),
    IMAGE_NOT_BUILT(
            "The image cannot be made of that base on this machine.",
            "Do what the message says, then build it again."),
    IMAGE_REFERENCE_INVALID(
            "That is no image reference.",
            "Write it as HOST/REPOSITORY:TAG or HOST/REPOSITORY@sha256:DIGEST."),
    IMAGE_UNKNOWN(
            "The registry has no such image or tag.",
            "Look at its name and at the tags that there are."),
    INPUT_INVALID(
            "What was given cannot be used, so nothing was changed.",
            "Correct what is listed, then run it again."),
    KERNEL_DROPS_OFF(
            "The kernel does not drop connections of banned sources; the door refuses each of them by itself.",
            "Nothing has to be done; started by root with nftables the kernel helps."),
    KEY_EXPIRED("The key's expiry-time has passed.", "Ask the operator for a new one."),
    KEY_FORBIDS_FORWARDING(
            "Your key was enrolled without port forwarding.",
            "Use another key, or ask the operator."),
    KEY_REMOVED("Your key was taken off the list.", "Ask the operator."),
    KEY_UNUSABLE(
            "A key cannot be let in, so nothing was changed.",
            "Correct what is listed, then run it again."),
    KEX_TIMEOUT("The key exchange was not finished in time.", "Connect again."),
    LOGIN_TIMEOUT(
            "The login was not finished in time.",
            "Connect again; add the key to the agent first."),
    NOT_YOUR_LISTENER(
            "Nothing of yours listens on that port.",
            "Start your server on loopback, then open the forward."),
    OPERATOR_ONLY(
            "Only root and the door's own OS user operate a door.",
            "Run the command as one of them, for instance with sudo."),
    PRINCIPAL_EXPIRED("Your time here is over.", "Ask the operator for more."),
    PRINCIPAL_LOCKED("The operator has locked you out for now.", "Ask the operator."),
    PRINCIPAL_REMOVED("You are not known here any more.", "Ask the operator."),
    PROTOCOL_VIOLATION("The client broke the SSH protocol.", "Use an unmodified OpenSSH client."),
    REGISTRY_REFUSED(
            "The registry refuses the login, or asks for one.",
            "Log in by `docker login HOST` or `podman login HOST`, then run it again."),
    REGISTRY_UNREACHABLE(
            "The registry does not answer.",
            "Look at its address and at the network; nothing was changed."),
    REGISTRY_UNTRUSTED(
            "The registry does not prove who it is.",
            "Trust its authority on this machine, or choose --insecure knowingly."),
    REMOTE_FORWARD_REFUSED("Remote forwarding (-R) is not offered.", "Use -L from the laptop."),
    REQUEST_INVALID("The request was not understood.", "Compare it with docs/control-api.md."),
    SERVICE_NOT_READY(
            "The service did not become ready in time.",
            "Look at `ssh HOST keyhole logs`, then try again."),
    SERVICE_NOT_PERMITTED(
            "Your key was enrolled for other services only.",
            "Use another key, or ask the operator."),
    SERVICE_REFUSED(
            "The address of this shared service may not be reached through the door.",
            "Tell the operator; `keyhole service list` shows it."),
    SERVICE_UNKNOWN("There is no such service.", "Run `ssh HOST keyhole services`."),
    SESSION_LIMIT(
            "You have as many sessions open as you may.",
            "End one of them, or ask the operator for more."),
    SESSION_CLOSED("The operator ended this session.", "Ask the operator."),
    SESSION_REQUEST_REFUSED(
            "This session request is not offered.", "Only `keyhole VERB` and the status page are."),
    SESSION_TOO_BUSY("The client floods the session.", "Connect again with fewer requests."),
    SESSION_UNUSED(
            "Nothing was open in this session for a long time.", "Connect again when you need it."),
    SHARED_OS_USER(
            "This door was not started by root, so a second principal would share one OS user with the first, and each could read the other's files and keys.",
            "Start the door as root, with `sudo keyhole up`; then each principal gets an OS user of its own."),
    SOURCE_PENALISED(
            "Too many connections from your address failed, or the operator banned it; the message says until when.",
            "Wait until then, or have it lifted by its incident: `ssh HOST keyhole unban INCIDENT` from elsewhere, or the operator."),
    SOURCE_REFUSED("Your key may not be used from your address any more.", "Ask the operator."),
    STORE_UNAVAILABLE(
            "What was decided cannot be kept on disk.", "Free disk space, then run it again."),
    SUBJECT_UNKNOWN("There is nothing of that name.", "Look at the list that the message names."),
    SYSLOG_UNREACHABLE(
            "The receiver of syslog messages does not take the audit's events.",
            "Look at the reason that stands beside it; nothing is lost, and all of it is sent as soon as it works."),
    TOO_MANY_TRIES(
            "Too many keys were tried on this connection.",
            "Name the key: ssh -o IdentitiesOnly=yes -i KEY."),
    WORKSPACE_FAILED(
            "The workspace cannot start.",
            "Look at `ssh HOST keyhole logs`, then `ssh HOST keyhole start`."),
    WORKSPACE_LIMIT(
            "No more workspaces may run.", "Ask somebody to stop one, or the operator for more."),
    WORKSPACE_STOPPED(
            "The workspace was stopped.", "Log in again, or run `ssh HOST keyhole start`.");

    private final String meaning;
    private final String nextMove;

    Code(String meaning, String nextMove) {
        this.meaning = meaning;
        this.nextMove = nextMove;
    }

    /** What happened, in one sentence for a person. */
    public String meaning() {
        return meaning;
    }

    /** What the person can do about it, in one sentence. */
    public String nextMove() {
        return nextMove;
    }
}
