package dev.tidings.callback.delivery;

import dev.tidings.broker.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A loop beside another, which runs its tasks: at once, or all together once a test lets them go.
final class Aside implements Loop {
    private final Loop other;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    Aside(Loop other) {
        this.other = other;
    }

    @Override
    public void execute(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            other.execute(task);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return other.after(delay, () -> execute(task));
    }

    void hold() {
        holding = true;
    }

    void letGo() {
        holding = false;
        held.forEach(other::execute);
        held.clear();
    }
}
