package dev.tidings.broker.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import dev.tidings.model.Bytes;
import dev.tidings.model.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/// A compiled JSON Schema. May be used by any thread.
public final class Schema {
    private static final int MAX_REASON = 300;

    private final com.networknt.schema.Schema schema;
    private final Bounds bounds;
    private final BoundedPatterns patterns;
    private final ObjectReader reader;

    Schema(com.networknt.schema.Schema schema, Bounds bounds, BoundedPatterns patterns, ObjectReader reader) {
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

    /// The same within a moment, for a thread that must not be held up; empty where it takes longer.
    public Optional<List<Violation>> checkQuickly(Bytes data) {
        try {
            JsonNode json = reader.readTree(data.array(), data.offset(), data.length());
            return Optional.of(violations(judge(json, bounds.quick())));
        } catch (Unjudged | JacksonException _) {
            return Optional.empty();
        }
    }

    List<Violation> check(JsonNode data) throws Unjudged {
        return violations(judge(data));
    }

    private List<Error> judge(JsonNode data) throws Unjudged {
        return judge(data, bounds.usual());
    }

    private List<Error> judge(JsonNode data, Bounds.Budget within) throws Unjudged {
        CountingContext context = new CountingContext(within.evaluation());
        try {
            return patterns.bounded(within.patternSteps(), () -> schema.validate(context, data, OutputFormat.DEFAULT));
        } catch (CountingContext.TooManyErrors tooMany) {
            if (context.told().isEmpty()) {
                throw new Unjudged(tooMany.getMessage());
            }
            return context.told();
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
