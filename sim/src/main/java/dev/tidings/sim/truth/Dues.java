package dev.tidings.sim.truth;

import dev.tidings.sim.node.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Until when events of a group have to wait that were released.
public final class Dues {
    private final Truth truth;
    private final Map<String, Due> dues = new HashMap<>();

    /// A wait: known to the process that was asked, and to all that come after it once it is durable.
    public static final class Due {
        private final long millis;
        private final Node node;
        private boolean durable;

        private Due(long millis, Node node) {
            this.millis = millis;
            this.node = node;
        }

        /// It outlives the process.
        public void isDurable() {
            durable = true;
        }
    }

    Dues(Truth truth) {
        this.truth = truth;
    }

    /// An event waits until then at least, whatever it waited for before.
    Due add(String id, long millis, Node node) {
        Due due = new Due(millis, node);
        dues.put(id, due);
        return due;
    }

    /// It is delivered: a clock may have been set back since it was due.
    void expectDue(Member member, Sent event) {
        Due due = dues.get(event.id);
        truth.expect(
                due == null || !binds(due, member.node) || due.millis <= truth.latestMillis(),
                "what is released comes when it is due",
                () -> member + " got " + event);
    }

    void delivered(String id) {
        dues.remove(id);
    }

    private static boolean binds(@Nullable Due due, Node node) {
        return due != null && (due.durable || due.node == node);
    }
}
