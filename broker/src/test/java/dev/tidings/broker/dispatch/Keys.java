package dev.tidings.broker.dispatch;

import dev.tidings.broker.dispatch.Fact.State;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is so of all events of one key, in the model that [History] compares the dispatch with.
record Keys(List<List<Fact>> partitions) {
    /// Who holds one of them; null: nobody.
    History.@Nullable Reader holder(Fact fact) {
        return of(fact).filter(other -> other.state == State.HELD)
                .findFirst()
                .map(held -> held.holder)
                .orElse(null);
    }

    /// Whether one of them is dying.
    boolean isDying(Fact fact) {
        return of(fact).anyMatch(other -> other.state == State.DYING);
    }

    /// Whether one before it is parked.
    boolean isParkedBefore(Fact fact) {
        return of(fact).anyMatch(other -> other.state == State.PARKED && other.position < fact.position);
    }

    /// A key is reserved as a whole.
    void claimTheRest(Fact claimed) {
        if (claimed.isClaimed()) {
            of(claimed).filter(Fact::isClaimed).forEach(other -> other.claim = claimed.claim);
        }
    }

    Stream<Fact> of(Fact fact) {
        return partitions.get(fact.partition).stream().filter(other -> other.sameKey(fact));
    }
}
