package dev.tidings.engine.segmented;

import java.io.IOException;
import java.util.Comparator;

/// Stores with something of everything in them.
final class FilledStores {
    private FilledStores() {}

    /// Some sealed segments, one that grows, and a clean stop after the second checkpoint.
    static Store withSegments() throws IOException {
        Store store = new Store(SmallStores.CONFIG);
        for (int i = 0; i < 30; i++) {
            store.append("e" + i, 1_000);
        }
        store.engine.checkpoint();
        for (int i = 30; i < 60; i++) {
            store.append("e" + i, 1_000);
        }
        Store.join(store.engine);
        store.moveTo(17);
        store.engine.close();
        return store;
    }

    /// The newest snapshot.
    static String snapshot(Store store) {
        return store.disk.files().stream()
                .filter(path -> path.startsWith("state/"))
                .max(Comparator.comparingInt(path -> Integer.parseInt(path.substring(path.indexOf('-') + 1))))
                .orElseThrow();
    }
}
