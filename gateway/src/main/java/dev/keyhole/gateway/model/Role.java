package dev.keyhole.gateway.model;

/** What a principal may do besides using its own workspace. */
public enum Role {
    /** Uses its own workspace. */
    MEMBER,
    /** May be granted what an operator asks over ssh; its accesses to others' workspaces are shown to them. */
    ADMIN;

    /** As people write it: lower case. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
