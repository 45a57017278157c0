package dev.tidings.engine.segmented.backup;

import java.util.List;

/// A store as it was at one moment: files beside those of the running store that nobody changes, in so far as they
/// count.
public record Image(List<Part> parts) {
    public Image {
        parts = List.copyOf(parts);
    }

    /// A file of the store.
    ///
    /// @param path     where it belongs in a store
    /// @param file     where its content is, relative to the running store
    /// @param length   how much of that counts; what stands behind it may be anything
    /// @param constant whether it is complete: a file of this name will always have this content in this store
    public record Part(String path, String file, long length, boolean constant) {}
}
