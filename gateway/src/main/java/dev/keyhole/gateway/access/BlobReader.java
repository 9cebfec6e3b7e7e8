package dev.keyhole.gateway.access;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the fields of a key's blob one by one, RFC 4251 section 5, accepting only the one right encoding. */
final class BlobReader {
    private final ByteBuffer blob;

    BlobReader(byte[] blob) {
        this.blob = ByteBuffer.wrap(blob);
    }

    byte[] bytes() throws LineRefused {
        if (blob.remaining() < 4) {
            throw KeyBlob.broken("its key ends too early");
        }
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw KeyBlob.broken("its key ends too early");
        }
        byte[] field = new byte[length];
        blob.get(field);
        return field;
    }

    String text() throws LineRefused {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    /** A uint32 as a number that is never negative. */
    long uint32() throws LineRefused {
        if (blob.remaining() < 4) {
            throw KeyBlob.broken("its key ends too early");
        }
        return Integer.toUnsignedLong(blob.getInt());
    }

    /** A uint64; compare it as an unsigned number. */
    long uint64() throws LineRefused {
        if (blob.remaining() < 8) {
            throw KeyBlob.broken("its key ends too early");
        }
        return blob.getLong();
    }

    boolean hasMore() {
        return blob.hasRemaining();
    }

    /** A positive number without superfluous zeros in front. */
    BigInteger positive(int mostBits) throws LineRefused {
        byte[] field = bytes();
        if (field.length == 0 || field[0] < 0) {
            throw KeyBlob.broken("a number of its key is not positive");
        }
        if (field[0] == 0 && (field.length == 1 || field[1] >= 0)) {
            throw KeyBlob.broken("a number of its key has zeros in front");
        }
        if (field.length > mostBits / 8 + 1) {
            throw KeyBlob.broken("a number of its key has more than " + mostBits + " bits");
        }
        return new BigInteger(field);
    }

    void end() throws LineRefused {
        if (blob.hasRemaining()) {
            throw KeyBlob.broken("its key has bytes after its end");
        }
    }
}
