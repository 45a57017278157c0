package dev.tidings.broker.dispatch;

/// A gate that lets so many deliveries be unconfirmed at once.
final class CountingGate implements Gate {
    int most;
    int inside;
    int waiting;
    int asked;
    int failed;
    int undone;

    CountingGate(int most) {
        this.most = most;
    }

    @Override
    public boolean pass(long acceptedMillis) {
        asked++;
        if (inside >= most) {
            return false;
        }
        inside++;
        return true;
    }

    @Override
    public void enter() {
        inside++;
    }

    @Override
    public void leave() {
        inside--;
    }

    @Override
    public void fail() {
        inside--;
        failed++;
    }

    @Override
    public void undo() {
        inside--;
        undone++;
    }

    @Override
    public void waiting(int events) {
        waiting = events;
    }
}
