package dev.tidings.broker.consuming;

import dev.tidings.broker.groups.Group;
import java.util.concurrent.CompletionStage;

/// A group that is in use, or about to be.
final class Seat {
    final Group group;
    /// When it has been created or resumed.
    final CompletionStage<Void> ready;
    /// How many instances are being opened in it.
    int expected;

    Seat(Group group, CompletionStage<Void> ready) {
        this.group = group;
        this.ready = ready;
    }
}
