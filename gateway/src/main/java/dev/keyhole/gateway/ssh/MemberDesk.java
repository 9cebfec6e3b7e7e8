package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.control.MemberVerbs;

/** What a session channel can get: the member verbs and the status page. Immutable. */
record MemberDesk(MemberVerbs verbs, StatusPage page, RefuseRest refuseRest) {}
