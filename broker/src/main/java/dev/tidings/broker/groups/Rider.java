package dev.tidings.broker.groups;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;

/// Something that is stored in one batch with the cursor that settles an event: the report of a dead event, say.
/// The event is settled if and only if the batch is stored; from [CursorStore#ride] on, cursors show it as settled.
public interface Rider {
    /// The partition of the event it settles.
    Partition partition();

    /// What to store besides the cursor.
    Batch batch();

    void stored();

    /// Nothing was stored, or it is not known: the event is as it was before.
    void failed(Throwable failure);
}
