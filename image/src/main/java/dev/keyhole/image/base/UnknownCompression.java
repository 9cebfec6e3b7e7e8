package dev.keyhole.image.base;

import java.io.IOException;

/** A layer is compressed by something that is neither gzip nor nothing. */
final class UnknownCompression extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownCompression(String name) {
        super(name);
    }
}
