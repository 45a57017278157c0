package dev.tidings.broker.consuming;

import dev.tidings.engine.Batch.StateChange;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Groups themselves, each changed in one append with rows of whoever asks. May be called by any thread. Stages
/// complete when the change is durable and in effect; exceptionally with [dev.tidings.engine.Unavailable].
public interface GroupKeeping {
    /// Creates a group that does not exist yet, with what an instance that opened it would ask for.
    CompletionStage<Void> create(ClientName client, Opening opening, List<StateChange> together);

    /// Lets a group read what an opening asks for; where it starts stays as it was. What it did not read before it
    /// reads from now on only; what it does not read any more is taken back, and settled with what is read past.
    CompletionStage<Void> change(ClientName client, Opening opening, List<StateChange> together);

    /// Ends what instances a group has, and forgets it, with its cursors. One that does not exist is passed over.
    CompletionStage<Void> delete(GroupName group, List<StateChange> together);

    /// Deletes a group of a client's own that has no instances; or tells why not.
    CompletionStage<Optional<Refusal>> deleteUnused(GroupName group);

    /// How a group is; nothing where it does not exist.
    CompletionStage<Optional<GroupStatus>> status(GroupName group);

    /// How the groups of a client are, but for those that only the broker uses.
    CompletionStage<List<GroupStatus>> of(ClientName client);
}
