package dev.tidings.engine;

import dev.tidings.model.DataSize;
import org.jspecify.annotations.Nullable;

/// How the store is. [#refusal] says why it takes no events now, and is null where it does.
public record EngineStatus(@Nullable String refusal, DataSize used, DataSize usable, double walUse) {
    public boolean writable() {
        return refusal == null;
    }
}
