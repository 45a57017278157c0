package dev.tidings.engine.segmented.reading;

import java.io.IOException;

/// Where the bytes of runs come from. Nobody changes them.
@FunctionalInterface
public interface RunSource {
    /// Up to so many bytes; fewer at the end of the file. Fails where there is no such file.
    byte[] read(String file, long offset, int length) throws IOException;
}
