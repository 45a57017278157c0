package dev.tidings.engine;

/// Told what an engine does, for metrics; called on the engine's threads, so it must be quick and must not throw.
public interface EngineObserver {
    EngineObserver NONE = new EngineObserver() {
        @Override
        public void committed(int batches, int bytes, long nanos) {}

        @Override
        public void failed(String what) {}
    };

    /// A group of batches became durable.
    ///
    /// @param nanos from the start of its write to the end of its sync
    void committed(int batches, int bytes, long nanos);

    /// A write, a sync or a check failed.
    void failed(String what);
}
