package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.control.MemberVerbs;

/** What a session channel can get: the member verbs, the status page, and commands where granted. Immutable. */
record MemberDesk(
        MemberVerbs verbs, StatusPage page, CommandDesk commands, RefuseRest refuseRest) {}
