package dev.tidings.server.auth;

import dev.tidings.model.ClientName;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The hashes of static API keys.
///
/// What a caller presents is hashed before it is compared, so what a comparison's time could tell is about a hash,
/// not about a key. The first 16 bits of that hash choose a bucket; within it each candidate is compared in
/// constant time and none is skipped once one matched, so the time does not tell which client it was. What an
/// attacker could learn, that some stored hash begins with 16 bits that he chose, spares him nothing: a key
/// of the advised length (256 random bits) is not found by guessing whatever its hash begins with.
final class ApiKeys {
    private final Map<Integer, List<Entry>> buckets = new HashMap<>();

    void add(byte[] sha256, ClientName client) {
        buckets.computeIfAbsent(bucket(sha256), _ -> new ArrayList<>()).add(new Entry(sha256.clone(), client));
    }

    /// Whose key has this hash, or null where it is nobody's, or two clients'.
    @Nullable
    ClientName owner(byte[] sha256) {
        ClientName found = null;
        boolean disputed = false;
        for (Entry entry : buckets.getOrDefault(bucket(sha256), List.of())) {
            boolean equal = MessageDigest.isEqual(entry.sha256, sha256);
            disputed |= equal && found != null && !found.equals(entry.client);
            found = equal ? entry.client : found;
        }
        return disputed ? null : found;
    }

    private static int bucket(byte[] sha256) {
        return (sha256[0] & 0xff) << 8 | sha256[1] & 0xff;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Entry(byte[] sha256, ClientName client) {}
}
