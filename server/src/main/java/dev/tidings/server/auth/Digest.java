package dev.tidings.server.auth;

import java.util.Arrays;

/// A SHA-256 as the key of a map.
@SuppressWarnings("ArrayRecordComponent") // equality and hash are its own, over the bytes
record Digest(byte[] bytes) {
    static Digest of(String text) {
        return new Digest(Sha256.of(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }
}
