package dev.tidings.broker.catalog;

import java.util.function.Consumer;

/// The catalog in force. May be used by any thread.
public interface Catalogs {
    Catalog current();

    /// Calls the listener after each change, with the catalog then in force, on the thread that made the change.
    void onChange(Consumer<Catalog> listener);
}
