package dev.tidings.broker.dispatch;

/// How many unsettled events a group may hold in memory, besides what others hold.
public interface Allowance {
    /// As many as come.
    Allowance UNLIMITED = new Allowance() {
        @Override
        public boolean hasRoom(int held) {
            return true;
        }

        @Override
        public void take() {}

        @Override
        public void give(int events) {}
    };

    /// Whether a group that holds so many may take more.
    boolean hasRoom(int held);

    /// One more is held.
    void take();

    /// So many are held no more.
    void give(int events);
}
