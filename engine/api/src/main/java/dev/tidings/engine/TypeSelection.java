package dev.tidings.engine;

import dev.tidings.model.EventType;
import java.util.Set;

/// Which types a reader is to find.
public sealed interface TypeSelection {
    TypeSelection ALL = new All();

    boolean includes(EventType type);

    record All() implements TypeSelection {
        @Override
        public boolean includes(EventType type) {
            return true;
        }
    }

    record Of(Set<EventType> types) implements TypeSelection {
        public Of {
            types = Set.copyOf(types);
        }

        @Override
        public boolean includes(EventType type) {
            return types.contains(type);
        }
    }
}
