package dev.tidings.broker.schemas;

import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A draft of JSON Schema, from the oldest to the newest.
enum SchemaDraft {
    DRAFT_6("http://json-schema.org/draft-06/schema"),
    DRAFT_7("http://json-schema.org/draft-07/schema"),
    DRAFT_2019_09("https://json-schema.org/draft/2019-09/schema"),
    DRAFT_2020_12("https://json-schema.org/draft/2020-12/schema");

    /// Keywords whose value maps names of the author's own to schemas.
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies");
    /// Keywords whose value is no schema, whatever it looks like.
    static final Set<String> LITERALS = Set.of("const", "enum", "default", "examples");

    private final String uri;

    SchemaDraft(String uri) {
        this.uri = uri;
    }

    String uri() {
        return uri;
    }

    Dialect dialect() {
        Dialect dialect = switch (this) {
            case DRAFT_6 -> Dialects.getDraft6();
            case DRAFT_7 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
        };
        // The library's own factory logs a warning for each unknown keyword.
        return Dialect.builder(dialect)
                .unknownKeywordFactory((keyword, _) -> new AnnotationKeyword(keyword))
                .build();
    }

    /// The draft that a `$schema` names, with or without an empty fragment.
    static Optional<SchemaDraft> named(String schema) {
        String bare = schema.endsWith("#") ? schema.substring(0, schema.length() - 1) : schema;
        for (SchemaDraft draft : values()) {
            if (draft.uri.equals(bare)) {
                return Optional.of(draft);
            }
        }
        return Optional.empty();
    }

    /// The newest draft whose keywords the schema uses, at least draft 7.
    static SchemaDraft usedBy(JsonNode schema) {
        SchemaDraft newest = DRAFT_7;
        if (schema.isArray()) {
            for (JsonNode item : schema) {
                newest = newer(newest, usedBy(item));
            }
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            newest = newer(newest, usedBy(member.getKey(), member.getValue()));
        }
        return newest;
    }

    private static SchemaDraft usedBy(String keyword, JsonNode value) {
        SchemaDraft newest = usedBy(keyword);
        if (MAPS.contains(keyword)) {
            for (JsonNode named : value) {
                newest = newer(newest, usedBy(named));
            }
        } else if (!LITERALS.contains(keyword)) {
            newest = newer(newest, usedBy(value));
        }
        return newest;
    }

    private static SchemaDraft usedBy(String keyword) {
        return switch (keyword) {
            case "prefixItems", "$dynamicRef", "$dynamicAnchor" -> DRAFT_2020_12;
            case "dependentRequired",
                    "dependentSchemas",
                    "unevaluatedProperties",
                    "unevaluatedItems",
                    "$recursiveRef",
                    "$recursiveAnchor",
                    "minContains",
                    "maxContains" -> DRAFT_2019_09;
            default -> DRAFT_7;
        };
    }

    private static SchemaDraft newer(SchemaDraft one, SchemaDraft other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
