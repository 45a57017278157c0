package dev.tidings.client;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// Nobody wants to know.
final class Unmeasured implements Metrics, Metrics.Sending, Metrics.Receiving {
    @Override
    public Sending sending(DataSize buffer) {
        return this;
    }

    @Override
    public Receiving receiving(String listener) {
        return this;
    }

    @Override
    public void fired(int bytes) {}

    @Override
    public void overflowed() {}

    @Override
    public void waiting(long events, long bytes) {}

    @Override
    public void answered(Answer answer, Duration took) {}

    @Override
    public void accepted(int events, int duplicates) {}

    @Override
    public void refused(int events) {}

    @Override
    public void connected(boolean now) {}

    @Override
    public void received() {}

    @Override
    public void handled(Duration took) {}

    @Override
    public void failed(Duration took) {}

    @Override
    public void postponed(Duration took) {}

    @Override
    public void dead() {}

    @Override
    public void released() {}

    @Override
    public void close() {}
}
