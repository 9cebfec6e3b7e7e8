package dev.keyhole.gateway.ssh;

/** The steps of a forward, shared by all channels. Immutable. */
record ForwardPath(
        Authorize authorize,
        ForwardLimit limit,
        Resolve resolve,
        Forward forward,
        Carried carried,
        Close close) {}
