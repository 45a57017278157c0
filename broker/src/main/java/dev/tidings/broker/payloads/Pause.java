package dev.tidings.broker.payloads;

import java.io.IOException;

/// Something that is done while no payload is removed.
@FunctionalInterface
public interface Pause<T> {
    T run() throws IOException;
}
