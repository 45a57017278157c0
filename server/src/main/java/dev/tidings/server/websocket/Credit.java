package dev.tidings.server.websocket;

import dev.tidings.broker.consuming.Instance;

/// How much JSON may be on its way to a consumer. What the network has taken is granted anew, in pieces of a quarter
/// of the window: often enough that deliveries never stop for want of credit, seldom enough to cost nothing.
final class Credit {
    private final Instance instance;
    private final int window;
    private int taken;

    Credit(Instance instance, int window) {
        this.instance = instance;
        this.window = window;
    }

    void open() {
        instance.grant(window);
    }

    /// The network took messages with so much JSON in them.
    void taken(int bytes) {
        taken += bytes;
        if (taken >= window / 4) {
            instance.grant(taken);
            taken = 0;
        }
    }
}
