package dev.tidings.broker.schemas;

import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// Compiles JSON Schemas of drafts 6, 7, 2019-09 and 2020-12. The draft is the one that `$schema` names; without
/// it, the newest draft whose keywords the schema uses, at least draft 7. `format` is an annotation. A schema
/// stands for itself: what it refers to lies in it, or it is unusable; nothing is ever fetched.
///
/// May be used by any thread.
public final class Schemas {
    private static final Pattern METASCHEMAS = Pattern.compile("https?://json-schema\\.org/draft(-0[67]/schema"
            + "|/2019-09/(schema|meta/(applicator|content|core|format|meta-data|validation))|/2020-12/(schema"
            + "|meta/(applicator|content|core|format-annotation|format-assertion|meta-data|unevaluated|validation)))");
    private static final List<String> PROBES = List.of("null", "true", "0", "\"\"", "[]", "{}");

    private final Map<String, String> remotes;
    private final BoundedPatterns patterns = new BoundedPatterns();
    private final Bounds bounds;
    private final ObjectReader reader;

    public Schemas(Limits limits) {
        this(limits, Map.of());
    }

    /// @param remotes documents that schemas may refer to, by their addresses
    Schemas(Limits limits, Map<String, String> remotes) {
        this.remotes = Map.copyOf(remotes);
        bounds = Bounds.of(limits);
        reader = reader(limits.nesting());
    }

    /// How much judging one event may cost.
    ///
    /// @param steps        how many schemas and keywords may be applied
    /// @param depth        how deep applied schemas may nest, references counted
    /// @param patternSteps how many characters the patterns may look at
    /// @param nesting      how deep the JSON of schemas and of data may nest
    public record Limits(long steps, int depth, long patternSteps, int nesting) {
        public static final Limits DEFAULT = new Limits(1_000_000, 500, 2_000_000, 200);

        public Limits {
            if (steps < 1 || depth < 1 || patternSteps < 1 || nesting < 1) {
                throw new IllegalArgumentException("the limits of schemas are numbers from 1");
            }
        }
    }

    public Compiled compile(String text) {
        try {
            JsonNode schema = reader.readTree(text);
            JsonNode named = schema.path("$schema");
            if (!schema.isObject() && !schema.isBoolean()) {
                return new Compiled.Unusable("a schema is a JSON object, true or false");
            }
            return named.isMissingNode() ? compile(schema, SchemaDraft.usedBy(schema)) : compile(schema, named);
        } catch (JacksonException complaint) {
            return new Compiled.Unusable("the schema is not JSON: " + complaint.getOriginalMessage());
        }
    }

    private Compiled compile(JsonNode schema, JsonNode named) {
        return SchemaDraft.named(named.asString(""))
                .map(draft -> compile(schema, draft))
                .orElseGet(
                        () -> new Compiled.Unusable("$schema must name draft 6, 7, 2019-09 or 2020-12 of JSON Schema,"
                                + " as https://json-schema.org/draft/2020-12/schema does; it is " + named));
    }

    Compiled compile(JsonNode schema, SchemaDraft draft) {
        try {
            return patterns.bounded(bounds.usual().patternSteps(), () -> compile(registry(draft), schema, draft));
        } catch (SchemaException | IllegalArgumentException | BoundedPatterns.TooCostly failure) {
            return new Compiled.Unusable("the schema cannot be used: " + failure.getMessage());
        } catch (StackOverflowError _) {
            // The library recurses on the schema, its references and its patterns.
            return new Compiled.Unusable("the schema cannot be used: it nests too deep, or goes in a circle");
        }
    }

    private Compiled compile(SchemaRegistry registry, JsonNode schema, SchemaDraft draft) {
        try {
            Schema metaschema = usable(registry.getSchema(SchemaLocation.of(draft.uri())));
            for (Violation flaw : metaschema.check(schema)) {
                return new Compiled.Unusable("the schema breaks the rules of " + draft.uri() + " at '" + flaw.pointer()
                        + "': " + flaw.reason());
            }
            Optional<String> dangling = References.dangling(schema, this::mayLoad);
            if (dangling.isPresent()) {
                return new Compiled.Unusable("the schema cannot be used: it leads out of itself, to " + dangling.get());
            }
            var compiled = registry.getSchema(schema);
            compiled.initializeValidators();
            return probed(usable(compiled));
        } catch (Schema.Unjudged unjudged) {
            return new Compiled.Unusable("the schema cannot be used: " + unjudged.getMessage());
        }
    }

    /// A schema that cannot judge the simplest data will never judge any.
    private Compiled probed(Schema schema) throws Schema.Unjudged {
        for (String probe : PROBES) {
            schema.check(reader.readTree(probe));
        }
        return new Compiled.Usable(schema);
    }

    private Schema usable(com.networknt.schema.Schema schema) {
        return new Schema(schema, bounds, patterns, reader);
    }

    /// A registry for one schema alone, so that no type's schema can refer to another's, or take its `$id`.
    private SchemaRegistry registry(SchemaDraft draft) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(false)
                .locale(Locale.ENGLISH)
                .pathType(PathType.JSON_POINTER)
                .regularExpressionFactory(patterns)
                .build();
        return SchemaRegistry.withDefaultDialect(
                draft.dialect(),
                registry -> registry.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .allow(address -> mayLoad(address.toString()))
                                .resourceLoaders(loaders -> loaders.resources(remotes))));
    }

    private boolean mayLoad(String address) {
        return remotes.containsKey(address) || METASCHEMAS.matcher(address).matches();
    }

    private static ObjectReader reader(int nesting) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(nesting).build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .reader();
    }
}
