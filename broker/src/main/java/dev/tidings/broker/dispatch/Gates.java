package dev.tidings.broker.dispatch;

import dev.tidings.model.EventType;
import org.jspecify.annotations.Nullable;

/// The gates that a group's deliveries pass.
public interface Gates {
    /// Everything passes.
    Gates NONE = _ -> null;

    /// Null where nothing bounds the deliveries of this type.
    @Nullable
    Gate of(EventType type);
}
