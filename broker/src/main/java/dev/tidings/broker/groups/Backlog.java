package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.engine.EventLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a group in use has yet to settle.
record Backlog(EventLog log, Holdings holdings, GroupDispatch dispatch) {
    CompletionStage<LagProbe> probe() {
        CompletionStage<LagProbe> lag = CompletableFuture.completedStage(LagProbe.NONE);
        for (Share share : holdings.all()) {
            lag = lag.thenCombine(of(share), LagProbe::plus);
        }
        return lag;
    }

    private CompletionStage<LagProbe> of(Share share) {
        int outstanding = dispatch.outstanding(share.index);
        long oldest = dispatch.oldestMillis(share.index);
        long unread = log.extent(share.partition()).next() - dispatch.readTo(share.index);
        for (Gap gap : share.gaps) {
            unread += gap.left();
        }
        if (outstanding > 0) {
            return CompletableFuture.completedStage(new LagProbe(outstanding + Math.max(0, unread), oldest));
        }
        return LagProbe.of(
                log,
                share.partition(),
                holdings.selection().in(share.partition().stream()),
                dispatch.cursor(share.index));
    }
}
