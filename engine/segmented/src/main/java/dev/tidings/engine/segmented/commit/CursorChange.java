package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.model.GroupName;

/// What a batch does to cursors, once it is durable.
sealed interface CursorChange {
    void apply(Cursors cursors);

    record Moved(CursorMove move) implements CursorChange {
        @Override
        public void apply(Cursors cursors) {
            cursors.set(move.group(), move.partition(), move.cursor());
        }
    }

    record Forgotten(GroupName group) implements CursorChange {
        @Override
        public void apply(Cursors cursors) {
            cursors.forget(group);
        }
    }
}
