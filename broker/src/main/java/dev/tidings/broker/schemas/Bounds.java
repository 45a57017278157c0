package dev.tidings.broker.schemas;

import com.networknt.schema.ExecutionConfig;
import java.util.Locale;

/// How much one check may cost: usually, and on a thread that must not be held up.
record Bounds(Budget usual, Budget quick) {
    /// Most checks take a tenth of that; it is over in a fraction of a millisecond.
    private static final long QUICK_STEPS = 2_000;

    private static final long QUICK_PATTERN_STEPS = 20_000;

    static Bounds of(Schemas.Limits limits) {
        return new Bounds(
                Budget.of(limits.steps(), limits.depth(), limits.patternSteps()),
                Budget.of(
                        Math.min(QUICK_STEPS, limits.steps()),
                        limits.depth(),
                        Math.min(QUICK_PATTERN_STEPS, limits.patternSteps())));
    }

    /// What one check may spend.
    record Budget(ExecutionConfig evaluation, long patternSteps) {
        private static Budget of(long steps, int depth, long patternSteps) {
            ExecutionConfig config = ExecutionConfig.builder()
                    .locale(Locale.ENGLISH)
                    .formatAssertionsEnabled(false)
                    .maxEvaluationSteps(steps)
                    .maxEvaluationDepth(depth)
                    .build();
            return new Budget(config, patternSteps);
        }
    }
}
