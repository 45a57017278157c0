package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.state.Tail;

/// Reads from memory.
final class TailReads {
    private TailReads() {}

    /// Gathers until done, or until the next event is not in memory.
    static void gather(Gather gather) {
        Tail tail = gather.stream.tail();
        Selection selection = gather.selection;
        while (!gather.done()) {
            StoredEvent event = tail.get(gather.at);
            if (event == null) {
                return;
            }
            if (selection.all() || selection.includes(typeNumber(event))) {
                gather.add(event);
            }
            gather.at++;
        }
    }

    private static int typeNumber(StoredEvent event) {
        return EntryFormat.type(event.json().array(), EntryFormat.startOf(event));
    }
}
