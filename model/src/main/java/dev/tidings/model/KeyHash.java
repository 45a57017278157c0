package dev.tidings.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The 64-bit hash by which partition keys are told apart once an event is stored. It is part of the storage
/// format and never changes: FNV-1a over the UTF-8 bytes, then the finalizer of MurmurHash3. Two keys that
/// collide merely wait for each other.
public final class KeyHash {
    /// What stands for "no key".
    public static final long NONE = 0;

    private KeyHash() {}

    public static long of(@Nullable String key) {
        if (key == null) {
            return NONE;
        }
        long hash = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == NONE ? 1 : hash;
    }
}
