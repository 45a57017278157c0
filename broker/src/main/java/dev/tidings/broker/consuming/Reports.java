package dev.tidings.broker.consuming;

import dev.tidings.broker.consuming.Instance.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The reports of dead events of an instance that are being kept.
final class Reports {
    private final List<CompletableFuture<Settlement>> underWay = new ArrayList<>();

    void add(CompletionStage<Settlement> reported) {
        CompletableFuture<Settlement> report = reported.toCompletableFuture();
        if (!report.isDone()) {
            underWay.add(report);
            var _ = report.whenComplete((_, _) -> underWay.removeIf(other -> other == report));
        }
    }

    /// Completes when this and they have.
    CompletionStage<Void> with(CompletionStage<Void> stage) {
        CompletionStage<Void> all = stage;
        for (CompletableFuture<Settlement> report : underWay) {
            all = all.runAfterBoth(report, () -> {});
        }
        return all;
    }
}
