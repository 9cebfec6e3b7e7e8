package dev.keyhole.gateway.model;

/** What a principal may do besides using its own workspace. */
public enum Role {
    /** Uses its own workspace. */
    MEMBER,
    /** May also read the door's numbers through a forward, where the config offers them. Operating takes the control socket. */
    ADMIN;

    /** As people write it: lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
