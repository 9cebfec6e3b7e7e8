package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.workspace.ByteStream;

/** A granted forward whose endpoint is connected, its listener proven to be the owner's. */
record OpenForward(Grant grant, ByteStream stream) {}
