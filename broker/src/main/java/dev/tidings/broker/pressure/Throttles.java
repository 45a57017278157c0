package dev.tidings.broker.pressure;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.catalog.TypeEntry;
import dev.tidings.model.EventType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The types that may not be delivered as fast as they can, by the catalog in force. One for the whole process.
public final class Throttles {
    private final TypeThrottle.Clocks clocks;
    private long version = -1;
    private volatile Map<EventType, TypeThrottle> types = Map.of();

    /// @param time  tells the age of events
    /// @param nanos only goes forward
    public Throttles(InstantSource time, LongSupplier nanos) {
        this.clocks = new TypeThrottle.Clocks(time, nanos);
    }

    /// Takes over what the catalog says; limits of types that had some change at once.
    public synchronized void adopt(Catalog catalog) {
        if (catalog.version() <= version) {
            return;
        }
        version = catalog.version();
        Map<EventType, TypeThrottle> next = new TreeMap<>();
        for (TypeEntry entry : catalog.types().values()) {
            if (!entry.delivery().isNone()) {
                next.put(entry.type(), limited(entry));
            }
        }
        types.forEach((type, throttle) -> {
            if (!next.containsKey(type)) {
                throttle.limit(DeliveryLimits.NONE);
            }
        });
        types = Map.copyOf(next);
    }

    /// How the types with limits are delivered, by their names.
    public List<TypeLoad> loads() {
        return new TreeMap<>(types).values().stream().map(TypeThrottle::load).toList();
    }

    boolean isEmpty() {
        return types.isEmpty();
    }

    @Nullable
    TypeThrottle of(EventType type) {
        return types.get(type);
    }

    private TypeThrottle limited(TypeEntry entry) {
        TypeThrottle known = types.get(entry.type());
        if (known == null) {
            return new TypeThrottle(entry.type(), entry.delivery(), clocks, SlowStart.Rules.DEFAULT);
        }
        known.limit(entry.delivery());
        return known;
    }
}
