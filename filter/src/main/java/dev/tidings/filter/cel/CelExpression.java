package dev.tidings.filter.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.tidings.wire.json.Malformed;

/// An expression that yields a boolean. Any thread may evaluate it.
public final class CelExpression {
    /// How many characters it has at most.
    public static final int MAX_LENGTH = 4_096;

    private final CelRuntime.Program program;

    private CelExpression(CelRuntime.Program program) {
        this.program = program;
    }

    /// The first time this takes some tenths of a second: not for an event loop.
    public static CelExpression compile(String text) throws CelFlaw {
        return new CelExpression(CelEnvironment.get().compile(text));
    }

    public boolean evaluate(CelEvent event) throws CelFailure {
        try {
            if (program.trace(event, new CostMeter(event)) instanceof Boolean truth) {
                return truth;
            }
        } catch (Malformed malformed) {
            throw new CelFailure(malformed.complaint());
        } catch (CelEvaluationException | RuntimeException failure) {
            // the library lets out whatever its functions throw at values that they do not expect
            throw new CelFailure(String.valueOf(failure.getMessage()));
        }
        throw new CelFailure("the expression yields no boolean");
    }
}
