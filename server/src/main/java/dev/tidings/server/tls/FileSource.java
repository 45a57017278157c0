package dev.tidings.server.tls;

import java.io.IOException;
import java.nio.file.Path;

/// Reads certificate and key files. Called on a thread that may block.
@FunctionalInterface
public interface FileSource {
    byte[] read(Path path) throws IOException;
}
