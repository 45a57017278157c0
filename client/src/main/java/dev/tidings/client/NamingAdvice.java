package dev.tidings.client;

import dev.tidings.model.EventType;
import dev.tidings.model.naming.TypeNaming;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs advice on the names of the types that a program uses, once each. May be used by any thread.
final class NamingAdvice {
    /// A logger of its own, so that it can be told to be silent.
    private static final Logger LOG = LoggerFactory.getLogger("dev.tidings.client.naming");

    /// A program that makes up types has enough advice by then, and is not to fill the memory.
    private static final int MOST_TYPES = 1_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /// Names that are none are left to the broker, which refuses them.
    void about(String type) {
        if (!LOG.isInfoEnabled() || seen.contains(type) || seen.size() >= MOST_TYPES || !seen.add(type)) {
            return;
        }
        List<String> advice = EventType.parse(type).map(TypeNaming::advice).orElse(List.of());
        if (!advice.isEmpty()) {
            LOG.info("event type {}: {}", type, String.join("; ", advice));
        }
    }
}
