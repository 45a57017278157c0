package dev.tidings.broker.schemas;

import com.networknt.schema.ExecutionConfig;
import java.util.Locale;

/// How much one check may cost.
record Bounds(ExecutionConfig evaluation, long patternSteps) {
    /// Most checks take a tenth of that; it is over in a fraction of a millisecond.
    private static final long QUICK_STEPS = 2_000;

    private static final long QUICK_PATTERN_STEPS = 20_000;

    static Bounds of(Schemas.Limits limits) {
        return of(limits.steps(), limits.depth(), limits.patternSteps());
    }

    /// The same for a thread that must not be held up.
    static Bounds quick(Schemas.Limits limits) {
        return of(
                Math.min(QUICK_STEPS, limits.steps()),
                limits.depth(),
                Math.min(QUICK_PATTERN_STEPS, limits.patternSteps()));
    }

    private static Bounds of(long steps, int depth, long patternSteps) {
        ExecutionConfig config = ExecutionConfig.builder()
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(false)
                .maxEvaluationSteps(steps)
                .maxEvaluationDepth(depth)
                .build();
        return new Bounds(config, patternSteps);
    }
}
