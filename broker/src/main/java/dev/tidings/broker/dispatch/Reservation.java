package dev.tidings.broker.dispatch;

import java.util.ArrayList;
import java.util.List;

/// What an instance has left unconfirmed, and its process is to get first when it comes back.
public final class Reservation {
    final String process;
    /// What has no key was given one of its own.
    final List<KeyQueue> keys = new ArrayList<>();

    Reservation(String process) {
        this.process = process;
    }
}
