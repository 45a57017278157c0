package dev.tidings.broker.groups;

import dev.tidings.engine.StoredEvent;
import org.jspecify.annotations.Nullable;

/// An event whose payload somebody waits for.
public interface Wanted {
    long position();

    /// Whether nobody waits for it any more: it need not be read.
    boolean isVoid();

    /// @param event null where it is not there any more
    void arrived(@Nullable StoredEvent event);
}
