package dev.tidings.broker.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// A compiled JSON Schema. May be used by any thread.
public final class Schema {
    private static final int MAX_REASON = 300;

    private final com.networknt.schema.Schema schema;
    private final ExecutionConfig bounds;
    private final BoundedPatterns patterns;
    private final ObjectReader reader;

    Schema(com.networknt.schema.Schema schema, ExecutionConfig bounds, BoundedPatterns patterns, ObjectReader reader) {
        this.schema = schema;
        this.bounds = bounds;
        this.patterns = patterns;
        this.reader = reader;
    }

    /// Where the data does not follow the schema: nothing if it does, at most [Flaw#MAX_TOLD] violations. Data that
    /// cannot be judged, or not within bounds, is in violation, too.
    ///
    /// @param data a JSON value
    public List<Violation> check(Bytes data) {
        try {
            return violations(judge(reader.readTree(data.array(), data.offset(), data.length())));
        } catch (Unjudged unjudged) {
            return List.of(violation("", "cannot be judged: " + unjudged.getMessage()));
        } catch (JacksonException complaint) {
            return List.of(violation("", "cannot be judged: " + complaint.getOriginalMessage()));
        }
    }

    List<Violation> check(JsonNode data) throws Unjudged {
        return violations(judge(data));
    }

    private List<Error> judge(JsonNode data) throws Unjudged {
        try {
            return patterns.bounded(() -> schema.validate(data, context -> context.setExecutionConfig(bounds)));
        } catch (ValidationLimitExceededException _) {
            throw new Unjudged("the schema takes too many steps on it, or goes in a circle");
        } catch (StackOverflowError _) {
            // The validator recurses on schema and data; its own bound of depth counts schemas, not frames.
            throw new Unjudged("schema and data nest too deep");
        } catch (BoundedPatterns.TooCostly | SchemaException | ArithmeticException | IllegalArgumentException failure) {
            throw new Unjudged(failure.getMessage());
        }
    }

    /// The schema came to no verdict.
    static final class Unjudged extends Exception {
        private static final long serialVersionUID = 1L;

        Unjudged(@Nullable String reason) {
            super(reason, null, false, false);
        }
    }

    private static List<Violation> violations(List<Error> errors) {
        if (errors.isEmpty()) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        for (Error error : errors.subList(0, Math.min(errors.size(), Flaw.MAX_TOLD))) {
            violations.add(violation(error.getInstanceLocation().toString(), error.getMessage()));
        }
        return violations;
    }

    private static Violation violation(String pointer, String reason) {
        return new Violation(pointer, reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…");
    }
}
