package dev.tidings.broker.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.List;

/// One check, which ends early where there is too much to complain of: each of the library's steps may find as many
/// errors as a list in the schema is long, and it would hold them all.
final class CountingContext extends ExecutionContext {
    /// More than are ever told, since most may lie in alternatives that come to nothing.
    private static final int MOST_ERRORS = 10_000;

    private final List<Error> told;
    private int errors;

    CountingContext(ExecutionConfig config) {
        super(config);
        told = getErrors();
    }

    /// What is wrong for certain, whichever alternative is being looked into.
    List<Error> told() {
        return told;
    }

    @Override
    public void addError(Error error) {
        if (++errors > MOST_ERRORS) {
            throw new TooManyErrors();
        }
        super.addError(error);
    }

    static final class TooManyErrors extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyErrors() {
            super("it breaks the schema in more than " + MOST_ERRORS + " places", null, false, false);
        }
    }
}
